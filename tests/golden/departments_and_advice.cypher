// subject
// {"p0": ["91440000XXXX00019F"], "p1": "2026-01-01", "p2": ["RESTRICTION"], "p3": ["pi-gd-ga-01"]}
CALL () {
  MATCH (entity1:Entity) WHERE entity1.key IN $p0
  WITH entity1 ORDER BY entity1.key
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
    WITH * WHERE measure.nature IN $p2
    WITH DISTINCT measure
    CALL (measure) {
      MATCH (measure)-[:NAMES]->(:PowerItem)<-[:DEVOLVED_FROM*0..]-(item:PowerItem)
      WITH DISTINCT item
      MATCH (item)-[:EXERCISED_BY]->(acting:Agency)
      RETURN collect({item: item, acting: acting}) AS gated
    }
    MATCH (measure)-[:IMPLEMENTED_BY]->(agency:Agency)
    WITH agency, collect(measure) AS measures, collect([pair IN gated WHERE pair.acting = agency | pair.item]) AS items
    WITH agency, measures, items ORDER BY agency.code
    CALL (measures) {
      UNWIND measures AS measure1
      WITH measure1 ORDER BY measure1.code
      RETURN collect({`code`: measure1.code}) AS list2
    }
    CALL (items) {
      UNWIND items AS own
      UNWIND own AS powerItem1
      WITH DISTINCT powerItem1
      WITH powerItem1 ORDER BY powerItem1.code
      RETURN collect({`code`: powerItem1.code, `name`: powerItem1.name}) AS list3
    }
    RETURN collect({`agency`: {`code`: agency.code, `name`: agency.name}, `measureCount`: size(measures), `measures`: list2, `powerItems`: list3}) AS list1
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
    WITH DISTINCT measure WHERE EXISTS { (measure)-[:NAMES]->(:PowerItem)<-[:DEVOLVED_FROM*0..]-(rule6:PowerItem) WHERE rule6.code IN $p3 }
    RETURN collect(DISTINCT measure.nature) AS natures1
  }
  RETURN collect({`applicableAgencies`: list1, `advice`: CASE WHEN 'PROHIBITION' IN natures1 THEN 'REFUSE' WHEN 'RESTRICTION' IN natures1 THEN 'RESTRICT' WHEN 'REFERENCE' IN natures1 THEN 'CAUTION' WHEN 'SUPERVISION' IN natures1 THEN 'WATCH' WHEN 'PUBLICITY' IN natures1 THEN 'CLEAR' WHEN 'ASSISTANCE' IN natures1 THEN 'CLEAR' WHEN 'REWARD' IN natures1 THEN 'FACILITATE' ELSE 'CLEAR' END})[0] AS one1
}
CALL (one1) {
  OPTIONAL MATCH (powerItem2:PowerItem) WHERE powerItem2.code IN $p3
  RETURN count(powerItem2) > 0 AS known1
}
RETURN {`subject`: one1} AS data, [known1] AS known
