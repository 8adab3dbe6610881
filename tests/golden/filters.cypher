// subject
// {"p0": ["91440000XXXX00019F"], "p1": ["9LIM2SRLE9IJKSRO5KP30C9M5KO32"], "p2": 3, "p3": 4, "today": "2026-01-01", "p5": "DIRECT", "p6": "BLACK", "p7": ["PROHIBITION", "RESTRICTION"], "p8": ["gd-ndrc"], "p9": ["pi-gd-ga-01"], "p10": "APPROVAL"}
CALL () {
  MATCH (entity1:Entity) WHERE entity1.key IN $p0
  WITH entity1 ORDER BY entity1.key
  CALL (entity1) {
    CALL (entity1) {
      MATCH (entity1)-[:HAS_LISTING]->(listing:Listing)-[:ON_LIST]->(list:CreditList)
      WHERE listing.listedOn <= $today AND coalesce($today < listing.expiresOn, true) AND coalesce($today < listing.removedOn, true)
      RETURN 'DIRECT' AS via, listing, list, null AS affiliation, null AS organization, entity1.kind AS target
      UNION ALL
      MATCH (entity1)-[affiliation:AFFILIATED_WITH]->(organization:Entity)
      WHERE affiliation.since <= $today AND coalesce($today < affiliation.until, true)
      MATCH (organization)-[:HAS_LISTING]->(listing:Listing)-[:ON_LIST]->(list:CreditList)
      WHERE listing.listedOn <= $today AND coalesce($today < listing.expiresOn, true) AND coalesce($today < listing.removedOn, true)
      RETURN 'AFFILIATED' AS via, listing, list, affiliation, organization, affiliation.role AS target
    }
    MATCH (list)<-[:GOVERNS]-(memorandum:Memorandum)
    WHERE memorandum.effectiveFrom <= $today AND coalesce($today < memorandum.effectiveTo, true) AND NOT EXISTS { (memorandum)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $today }
      AND NOT (list.color = 'RED' AND EXISTS { (entity1)-[:HAS_LISTING]->(rule5:Listing)-[:ON_LIST]->(:CreditList {color: 'BLACK'}) WHERE rule5.listedOn <= $today AND coalesce($today < rule5.expiresOn, true) AND coalesce($today < rule5.removedOn, true) })
    MATCH (memorandum)-[:PRESCRIBES]->(measure:Measure)
    WHERE target IN measure.targets
      AND (list.color = 'RED') = (measure.nature = 'REWARD')
    WITH * WHERE via = $p5 AND list.color = $p6 AND measure.nature IN $p7 AND EXISTS { (measure)-[:IMPLEMENTED_BY]->(far:Agency) WHERE far.code IN $p8 } AND EXISTS { (measure)-[:NAMES]->(:PowerItem)<-[:DEVOLVED_FROM*0..]-(rule6:PowerItem) WHERE rule6.code IN $p9 } AND EXISTS { (measure)-[:NAMES]->(:PowerItem)<-[:DEVOLVED_FROM*0..]-(rule6:PowerItem) WHERE rule6.scene = $p10 }
    WITH measure, collect({via: via, listing: listing, list: list, memorandum: memorandum, affiliation: affiliation, organization: organization}) AS grounds
    WITH {measure: measure, grounds: grounds} AS row ORDER BY measure.id
    WITH collect(row) AS rows
    WITH size(rows) AS total, [row IN rows WHERE row.measure.id > $p1[0]][..$p3] AS page
    WITH total, page[..$p2] AS page, size(page) > $p2 AS more
    CALL (page) {
      UNWIND page AS row
      WITH row.measure AS measure, row.grounds AS grounds
      CALL (measure) {
        MATCH (measure)-[:NAMES]->(:PowerItem)<-[:DEVOLVED_FROM*0..]-(powerItem1:PowerItem)
        WITH DISTINCT powerItem1
        WITH powerItem1 ORDER BY powerItem1.code
        RETURN collect({`code`: powerItem1.code}) AS list1
      }
      RETURN collect({`cursor`: measure.id, `node`: {`powerItems`: list1}}) AS edges1
    }
    RETURN {`totalCount`: total, `edges`: edges1} AS connection1
  }
  RETURN collect({`applicableMeasures`: connection1})[0] AS one1
}
CALL (one1) {
  OPTIONAL MATCH (agency1:Agency) WHERE agency1.code IN $p8
  RETURN count(agency1) > 0 AS known1
}
CALL (known1) {
  OPTIONAL MATCH (powerItem2:PowerItem) WHERE powerItem2.code IN $p9
  RETURN count(powerItem2) > 0 AS known2
}
RETURN {`subject`: one1} AS data, [known1, known2] AS known
