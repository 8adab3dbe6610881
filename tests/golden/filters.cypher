// subject
// {"p0": ["91440000XXXX00019F"], "p1": ["9LIM2SRLE9IJKSRO5KP30C9M5KO32"], "p2": 3, "p3": 4, "today": "2026-01-01",
    "p5": "DIRECT", "p6": "BLACK", "p7": ["PROHIBITION", "RESTRICTION"], "p8": ["gd-ndrc"], "p9": ["pi-gd-ga-01"],
    "p10": "APPROVAL"}
CALL () {
  MATCH (entity_1:Entity) WHERE entity_1.key IN $p0
  WITH entity_1 ORDER BY entity_1.key
  CALL (entity_1) {
    CALL (entity_1) {
      MATCH (entity_1)-[:HAS_LISTING]->(listing:Listing)-[:ON_LIST]->(list:CreditList)
      WHERE listing.listedOn <= $today AND coalesce($today < listing.expiresOn, true) AND coalesce($today <
          listing.removedOn, true)
      RETURN 'DIRECT' AS via, listing, list, null AS affiliation, null AS organization, entity_1.kind AS target
      UNION ALL
      MATCH (entity_1)-[affiliation:AFFILIATED_WITH]->(organization:Entity)
      WHERE affiliation.since <= $today AND coalesce($today < affiliation.until, true)
      MATCH (organization)-[:HAS_LISTING]->(listing:Listing)-[:ON_LIST]->(list:CreditList)
      WHERE listing.listedOn <= $today AND coalesce($today < listing.expiresOn, true) AND coalesce($today <
          listing.removedOn, true)
      RETURN 'AFFILIATED' AS via, listing, list, affiliation, organization, affiliation.role AS target
    }
    MATCH (list)<-[:GOVERNS]-(memorandum:Memorandum)
    WHERE memorandum.effectiveFrom <= $today AND coalesce($today < memorandum.effectiveTo, true) AND NOT EXISTS {
        (memorandum)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $today }
      AND NOT (list.color = 'RED' AND EXISTS { (entity_1)-[:HAS_LISTING]->(rule5:Listing)-[:ON_LIST]->(:CreditList
          {color: 'BLACK'}) WHERE rule5.listedOn <= $today AND coalesce($today < rule5.expiresOn, true) AND
          coalesce($today < rule5.removedOn, true) })
    MATCH (memorandum)-[:PRESCRIBES]->(measure:Measure)
    WHERE target IN measure.targets
      AND (list.color = 'RED') = (measure.nature = 'REWARD')
    WITH * WHERE via = $p5 AND list.color = $p6 AND measure.nature IN $p7 AND EXISTS {
        (measure)-[:IMPLEMENTED_BY]->(far:Agency) WHERE far.code IN $p8 } AND EXISTS {
        (measure)-[:NAMES]->(:PowerItem)<-[:DEVOLVED_FROM*0..]-(rule6:PowerItem) WHERE rule6.code IN $p9 } AND EXISTS {
        (measure)-[:NAMES]->(:PowerItem)<-[:DEVOLVED_FROM*0..]-(rule6:PowerItem) WHERE rule6.scene = $p10 }
    WITH measure, collect({via: via, listing: listing, list: list, memorandum: memorandum, affiliation: affiliation,
        organization: organization}) AS grounds
    WITH {measure: measure, grounds: grounds} AS row ORDER BY measure.id
    WITH collect(row) AS rows
    WITH size(rows) AS total, [row IN rows WHERE row.measure.id > $p1[0]][..$p3] AS page
    WITH total, page[..$p2] AS page, size(page) > $p2 AS more
    CALL (page) {
      UNWIND page AS row
      WITH row.measure AS measure_1, row.grounds AS grounds_1
      CALL (measure_1) {
        MATCH (measure_1)-[:NAMES]->(:PowerItem)<-[:DEVOLVED_FROM*0..]-(powerItem_1:PowerItem)
        WITH DISTINCT powerItem_1
        WITH powerItem_1 ORDER BY powerItem_1.code
        RETURN collect({`code`: powerItem_1.code}) AS list_1
      }
      RETURN collect({`cursor`: measure_1.id, `node`: {`powerItems`: list_1}}) AS edges_1
    }
    RETURN {`totalCount`: total, `edges`: edges_1} AS connection_1
  }
  RETURN collect({`applicableMeasures`: connection_1})[0] AS one_1
}
CALL (one_1) {
  OPTIONAL MATCH (agency_1:Agency) WHERE agency_1.code IN $p8
  RETURN count(agency_1) > 0 AS known_1
}
CALL (known_1) {
  OPTIONAL MATCH (powerItem_2:PowerItem) WHERE powerItem_2.code IN $p9
  RETURN count(powerItem_2) > 0 AS known_2
}
RETURN {`subject`: one_1} AS data, [known_1, known_2] AS known
