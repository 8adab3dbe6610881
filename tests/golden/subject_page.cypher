// subject
// {"p0": ["91440000XXXX00019F"], "p1": "2026-01-01", "p2": 20, "p3": 21}
CALL () {
  MATCH (entity1:Entity) WHERE entity1.key IN $p0
  WITH entity1 ORDER BY entity1.key
  CALL (entity1) {
    MATCH (entity1)-[:HAS_LISTING]->(listing:Listing)-[:ON_LIST]->(list:CreditList)
    WHERE listing.listedOn <= $p1 AND coalesce($p1 < listing.expiresOn, true) AND coalesce($p1 < listing.removedOn, true)
    RETURN collect(DISTINCT list.color) AS colors1
  }
  CALL (entity1) {
    CALL (entity1) {
      MATCH (entity1)-[:HAS_LISTING]->(listing:Listing)-[:ON_LIST]->(list:CreditList)
      WHERE listing.listedOn <= $p1 AND coalesce($p1 < listing.expiresOn, true) AND coalesce($p1 < listing.removedOn, true)
      RETURN 'DIRECT' AS via, listing, list, null AS affiliation, null AS organization, entity1.kind AS target
      UNION ALL
      MATCH (entity1)-[affiliation:AFFILIATED_WITH]->(organization:Entity)
      WHERE affiliation.since <= $p1 AND coalesce($p1 < affiliation.until, true)
      MATCH (organization)-[:HAS_LISTING]->(listing:Listing)-[:ON_LIST]->(list:CreditList)
      WHERE listing.listedOn <= $p1 AND coalesce($p1 < listing.expiresOn, true) AND coalesce($p1 < listing.removedOn, true)
      RETURN 'AFFILIATED' AS via, listing, list, affiliation, organization, affiliation.role AS target
    }
    MATCH (list)<-[:GOVERNS]-(memorandum:Memorandum)
    WHERE memorandum.effectiveFrom <= $p1 AND coalesce($p1 < memorandum.effectiveTo, true) AND NOT EXISTS { (memorandum)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p1 }
      AND NOT (list.color = 'RED' AND EXISTS { (entity1)-[:HAS_LISTING]->(rule5:Listing)-[:ON_LIST]->(:CreditList {color: 'BLACK'}) WHERE rule5.listedOn <= $p1 AND coalesce($p1 < rule5.expiresOn, true) AND coalesce($p1 < rule5.removedOn, true) })
    MATCH (memorandum)-[:PRESCRIBES]->(measure:Measure)
    WHERE target IN measure.targets
      AND (list.color = 'RED') = (measure.nature = 'REWARD')
    WITH measure, collect({via: via, listing: listing, list: list, memorandum: memorandum, affiliation: affiliation, organization: organization}) AS grounds
    WITH {measure: measure, grounds: grounds} AS row ORDER BY measure.id LIMIT $p3
    WITH collect(row) AS page
    WITH page[..$p2] AS page, size(page) > $p2 AS more
    CALL (page) {
      UNWIND page AS row
      WITH row.measure AS measure, row.grounds AS grounds
      CALL (measure) {
        MATCH (measure)-[:IMPLEMENTED_BY]->(agency1:Agency)
        WITH agency1 ORDER BY agency1.code
        RETURN collect({`code`: agency1.code, `name`: agency1.name}) AS list1
      }
      CALL (grounds) {
        UNWIND range(0, size(grounds) - 1) AS place1
        WITH place1, grounds[place1].via AS via1, grounds[place1].listing AS listing1, grounds[place1].list AS list2, grounds[place1].memorandum AS memorandum1, grounds[place1].affiliation AS affiliation1, grounds[place1].organization AS organization1
        WITH via1, listing1, list2, memorandum1, affiliation1, organization1, place1 ORDER BY via1 DESC, listing1.listingNo, memorandum1.code, affiliation1.role, organization1.key, affiliation1.since
        RETURN collect({`via`: via1, `listing`: {`listingNo`: listing1.listingNo, `listedOn`: toString(listing1.listedOn)}, `list`: {`name`: list2.name}, `memorandum`: {`title`: memorandum1.title, `docNumber`: memorandum1.docNumber}, `affiliation`: CASE WHEN affiliation1 IS NULL THEN null ELSE {`role`: affiliation1.role, `organization`: {`name`: organization1.name}} END}) AS list3
      }
      RETURN collect({`measure`: {`code`: measure.code, `nature`: measure.nature, `content`: measure.content, `legalBases`: coalesce(measure.legalBases, []), `agencies`: list1}, `grounds`: list3}) AS nodes1
    }
    RETURN {`nodes`: nodes1, `pageInfo`: {`hasNextPage`: more, `endCursor`: [row IN page[-1..] | row.measure.id][0]}} AS connection1
  }
  RETURN collect({`id`: entity1.id, `name`: entity1.name, `standing`: CASE size(colors1) WHEN 0 THEN 'CLEAR' WHEN 1 THEN colors1[0] ELSE 'MIXED' END, `applicableMeasures`: connection1})[0] AS one1
}
RETURN {`subject`: one1} AS data, [] AS known
