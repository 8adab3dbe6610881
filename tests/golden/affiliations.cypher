// subject
// {"p0": ["b4764152399864b2decab906ee0b7ac1ca81c7f1f57bcfa2248c617695ef2a25"], "p1": "BLACK", "p2": "2026-01-01"}
CALL () {
  MATCH (entity1:Entity) WHERE entity1.key IN $p0
  WITH entity1 ORDER BY entity1.key
  CALL (entity1) {
    MATCH (entity1)-[:HAS_LISTING]->(listing1:Listing)
    WHERE EXISTS { (listing1)-[:ON_LIST]->(rule1:CreditList) WHERE rule1.color = $p1 }
    WITH listing1 ORDER BY listing1.listingNo
    CALL (listing1) {
      MATCH (listing1)<-[:HAS_LISTING]-(entity2:Entity)
      WITH entity2 ORDER BY entity2.key
      RETURN collect({`name`: entity2.name})[0] AS one2
    }
    RETURN collect({`listingNo`: listing1.listingNo, `entity`: one2}) AS list1
  }
  CALL (entity1) {
    MATCH (entity1)-[relationship1:AFFILIATED_WITH]->(entity3:Entity)
    WHERE relationship1.since <= $p2 AND coalesce($p2 < relationship1.until, true)
    WITH relationship1, entity3, entity1 ORDER BY relationship1.role, entity3.key, relationship1.since
    CALL (entity3) {
      MATCH (entity3)-[:HAS_LISTING]->(listing:Listing)-[:ON_LIST]->(list:CreditList)
      WHERE listing.listedOn <= $p2 AND coalesce($p2 < listing.expiresOn, true) AND coalesce($p2 < listing.removedOn, true)
      RETURN collect(DISTINCT list.color) AS colors1
    }
    CALL (entity3) {
      MATCH (entity3)<-[relationship2:AFFILIATED_WITH]-(entity4:Entity)
      WHERE relationship2.since <= $p2 AND coalesce($p2 < relationship2.until, true)
      WITH relationship2, entity4, entity3 ORDER BY relationship2.role, entity4.key, relationship2.since
      RETURN collect({`holder`: {`name`: entity4.name}}) AS list3
    }
    RETURN collect({`role`: relationship1.role, `since`: toString(relationship1.since), `until`: toString(relationship1.until), `organization`: {`name`: entity3.name, `standing`: CASE size(colors1) WHEN 0 THEN 'CLEAR' WHEN 1 THEN colors1[0] ELSE 'MIXED' END, `affiliates`: list3}}) AS list2
  }
  RETURN collect({`identifier`: entity1.identifier, `listings`: list1, `affiliations`: list2})[0] AS one1
}
RETURN {`subject`: one1} AS data, [] AS known
