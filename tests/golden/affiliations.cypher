// subject
// {"p0": ["b4764152399864b2decab906ee0b7ac1ca81c7f1f57bcfa2248c617695ef2a25"], "p1": "BLACK", "p2": "2026-01-01"}
CALL () {
  MATCH (entity_1:Entity) WHERE entity_1.key IN $p0
  WITH entity_1 ORDER BY entity_1.key
  CALL (entity_1) {
    MATCH (entity_1)-[:HAS_LISTING]->(listing_1:Listing)
    WHERE EXISTS { (listing_1)-[:ON_LIST]->(rule1:CreditList) WHERE rule1.color = $p1 }
    WITH listing_1 ORDER BY listing_1.listingNo
    CALL (listing_1) {
      MATCH (listing_1)<-[:HAS_LISTING]-(entity_2:Entity)
      WITH entity_2 ORDER BY entity_2.key
      RETURN collect({`name`: entity_2.name})[0] AS one_2
    }
    RETURN collect({`listingNo`: listing_1.listingNo, `entity`: one_2}) AS list_1
  }
  CALL (entity_1) {
    MATCH (entity_1)-[relationship_1:AFFILIATED_WITH]->(entity_3:Entity)
    WHERE relationship_1.since <= $p2 AND coalesce($p2 < relationship_1.until, true)
    WITH relationship_1, entity_3, entity_1 ORDER BY relationship_1.role, entity_3.key, relationship_1.since
    CALL (entity_3) {
      MATCH (entity_3)-[:HAS_LISTING]->(listing:Listing)-[:ON_LIST]->(list:CreditList)
      WHERE listing.listedOn <= $p2 AND coalesce($p2 < listing.expiresOn, true) AND coalesce($p2 < listing.removedOn,
          true)
      RETURN collect(DISTINCT list.color) AS colors_1
    }
    CALL (entity_3) {
      MATCH (entity_3)<-[relationship_2:AFFILIATED_WITH]-(entity_4:Entity)
      WHERE relationship_2.since <= $p2 AND coalesce($p2 < relationship_2.until, true)
      WITH relationship_2, entity_4, entity_3 ORDER BY relationship_2.role, entity_4.key, relationship_2.since
      RETURN collect({`holder`: {`name`: entity_4.name}}) AS list_3
    }
    RETURN collect({`role`: relationship_1.role, `since`: toString(relationship_1.since), `until`:
        toString(relationship_1.until), `organization`: {`name`: entity_3.name, `standing`: CASE size(colors_1) WHEN 0
        THEN 'CLEAR' WHEN 1 THEN colors_1[0] ELSE 'MIXED' END, `affiliates`: list_3}}) AS list_2
  }
  RETURN collect({`identifier`: entity_1.identifier, `listings`: list_1, `affiliations`: list_2})[0] AS one_1
}
RETURN {`subject`: one_1} AS data, [] AS known
