// subject
// {"p0": ["91440000XXXX00019F"], "p1": "2026-01-01", "p2": ["RESTRICTION"], "p3": ["pi-gd-ga-01"]}
CALL () {
  MATCH (entity_1:Entity) WHERE entity_1.key IN $p0
  WITH entity_1 ORDER BY entity_1.key
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
    WITH agency AS agency_1, measures AS measures_1, items AS items_1 ORDER BY agency.code
    CALL (measures_1) {
      UNWIND measures_1 AS measure_1
      WITH measure_1 ORDER BY measure_1.code
      RETURN collect({`code`: measure_1.code}) AS list_2
    }
    CALL (items_1) {
      UNWIND items_1 AS own
      UNWIND own AS powerItem_1
      WITH DISTINCT powerItem_1
      WITH powerItem_1 ORDER BY powerItem_1.code
      RETURN collect({`code`: powerItem_1.code, `name`: powerItem_1.name}) AS list_3
    }
    RETURN collect({`agency`: {`code`: agency_1.code, `name`: agency_1.name}, `measureCount`: size(measures_1),
        `measures`: list_2, `powerItems`: list_3}) AS list_1
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
    WITH DISTINCT measure WHERE EXISTS { (measure)-[:NAMES]->(:PowerItem)<-[:DEVOLVED_FROM*0..]-(rule6:PowerItem) WHERE
        rule6.code IN $p3 }
    RETURN collect(DISTINCT measure.nature) AS natures_1
  }
  RETURN collect({`applicableAgencies`: list_1, `advice`: CASE WHEN 'PROHIBITION' IN natures_1 THEN 'REFUSE' WHEN
      'RESTRICTION' IN natures_1 THEN 'RESTRICT' WHEN 'REFERENCE' IN natures_1 THEN 'CAUTION' WHEN 'SUPERVISION' IN
      natures_1 THEN 'WATCH' WHEN 'PUBLICITY' IN natures_1 THEN 'CLEAR' WHEN 'ASSISTANCE' IN natures_1 THEN 'CLEAR' WHEN
      'REWARD' IN natures_1 THEN 'FACILITATE' ELSE 'CLEAR' END})[0] AS one_1
}
CALL (one_1) {
  OPTIONAL MATCH (powerItem_2:PowerItem) WHERE powerItem_2.code IN $p3
  RETURN count(powerItem_2) > 0 AS known_1
}
RETURN {`subject`: one_1} AS data, [known_1] AS known
