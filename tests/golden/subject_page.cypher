// subject
// {"p0": ["91440000XXXX00019F"], "p1": "2026-01-01", "p2": 20, "p3": 21}
CALL () {
  MATCH (entity_1:Entity) WHERE entity_1.key IN $p0
  WITH entity_1 ORDER BY entity_1.key
  CALL (entity_1) {
    MATCH (entity_1)-[:HAS_LISTING]->(listing:Listing)-[:ON_LIST]->(list:CreditList)
    WHERE listing.listedOn <= $p1 AND coalesce($p1 < listing.expiresOn, true) AND coalesce($p1 < listing.removedOn,
        true)
    RETURN collect(DISTINCT list.color) AS colors_1
  }
  CALL (entity_1) {
    CALL (entity_1) {
      MATCH (entity_1)-[:HAS_LISTING]->(listing:Listing)-[:ON_LIST]->(list:CreditList)
      WHERE listing.listedOn <= $p1 AND coalesce($p1 < listing.expiresOn, true) AND coalesce($p1 < listing.removedOn,
          true)
      RETURN 'DIRECT' AS via, listing, list, null AS affiliation, null AS organization, entity_1.kind AS target
      UNION ALL
      MATCH (entity_1)-[affiliation:AFFILIATED_WITH]->(organization:Entity)
      WHERE affiliation.since <= $p1 AND coalesce($p1 < affiliation.until, true)
      MATCH (organization)-[:HAS_LISTING]->(listing:Listing)-[:ON_LIST]->(list:CreditList)
      WHERE listing.listedOn <= $p1 AND coalesce($p1 < listing.expiresOn, true) AND coalesce($p1 < listing.removedOn,
          true)
      RETURN 'AFFILIATED' AS via, listing, list, affiliation, organization, affiliation.role AS target
    }
    MATCH (list)<-[:GOVERNS]-(memorandum:Memorandum)
    WHERE memorandum.effectiveFrom <= $p1 AND coalesce($p1 < memorandum.effectiveTo, true) AND NOT EXISTS {
        (memorandum)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p1 }
      AND NOT (list.color = 'RED' AND EXISTS { (entity_1)-[:HAS_LISTING]->(rule5:Listing)-[:ON_LIST]->(:CreditList
          {color: 'BLACK'}) WHERE rule5.listedOn <= $p1 AND coalesce($p1 < rule5.expiresOn, true) AND coalesce($p1 <
          rule5.removedOn, true) })
    MATCH (memorandum)-[:PRESCRIBES]->(measure:Measure)
    WHERE target IN measure.targets
      AND (list.color = 'RED') = (measure.nature = 'REWARD')
    WITH measure, collect({via: via, listing: listing, list: list, memorandum: memorandum, affiliation: affiliation,
        organization: organization}) AS grounds
    WITH {measure: measure, grounds: grounds} AS row ORDER BY measure.id LIMIT $p3
    WITH collect(row) AS page
    WITH page[..$p2] AS page, size(page) > $p2 AS more
    CALL (page) {
      UNWIND page AS row
      WITH row.measure AS measure_1, row.grounds AS grounds_1
      CALL (measure_1) {
        MATCH (measure_1)-[:IMPLEMENTED_BY]->(agency_1:Agency)
        WITH agency_1 ORDER BY agency_1.code
        RETURN collect({`code`: agency_1.code, `name`: agency_1.name}) AS list_1
      }
      CALL (grounds_1) {
        UNWIND range(0, size(grounds_1) - 1) AS place_1
        WITH place_1, grounds_1[place_1].via AS via_1, grounds_1[place_1].listing AS listing_1, grounds_1[place_1].list
            AS list_2, grounds_1[place_1].memorandum AS memorandum_1, grounds_1[place_1].affiliation AS affiliation_1,
            grounds_1[place_1].organization AS organization_1
        WITH via_1, listing_1, list_2, memorandum_1, affiliation_1, organization_1, place_1 ORDER BY via_1 DESC,
            listing_1.listingNo, memorandum_1.code, affiliation_1.role, organization_1.key, affiliation_1.since
        RETURN collect({`via`: via_1, `listing`: {`listingNo`: listing_1.listingNo, `listedOn`:
            toString(listing_1.listedOn)}, `list`: {`name`: list_2.name}, `memorandum`: {`title`: memorandum_1.title,
            `docNumber`: memorandum_1.docNumber}, `affiliation`: CASE WHEN affiliation_1 IS NULL THEN null ELSE {`role`:
            affiliation_1.role, `organization`: {`name`: organization_1.name}} END}) AS list_3
      }
      RETURN collect({`measure`: {`code`: measure_1.code, `nature`: measure_1.nature, `content`: measure_1.content,
          `legalBases`: coalesce(measure_1.legalBases, []), `agencies`: list_1}, `grounds`: list_3}) AS nodes_1
    }
    RETURN {`nodes`: nodes_1, `pageInfo`: {`hasNextPage`: more, `endCursor`: [row IN page[-1..] | row.measure.id][0]}}
        AS connection_1
  }
  RETURN collect({`id`: entity_1.id, `name`: entity_1.name, `standing`: CASE size(colors_1) WHEN 0 THEN 'CLEAR' WHEN 1
      THEN colors_1[0] ELSE 'MIXED' END, `applicableMeasures`: connection_1})[0] AS one_1
}
RETURN {`subject`: one_1} AS data, [] AS known
