// conflicts
// {"p0": ["gd-cz"], "p1": "2018-10-01", "p2": 20, "p3": 21}
CALL () {
  MATCH (acting:Agency) WHERE acting.code IN $p0
  MATCH (acting)<-[:EXERCISED_BY]-(own:PowerItem)
  MATCH (measure)-[:NAMES]->(:PowerItem)<-[:DEVOLVED_FROM*0..]-(own:PowerItem)
  WITH DISTINCT measure
  WHERE measure.nature = 'REWARD' AND EXISTS { (measure)<-[:PRESCRIBES]-(rule2of:Memorandum) WHERE rule2of.effectiveFrom
      <= $p1 AND coalesce($p1 < rule2of.effectiveTo, true) AND NOT EXISTS { (rule2of)<-[:SUPERSEDES]-(rule2:Memorandum)
      WHERE rule2.effectiveFrom <= $p1 } }
  MATCH (measure)<-[:PRESCRIBES]-(:Memorandum)-[:GOVERNS]->(list:CreditList)
  WHERE (list.color = 'RED') = (measure.nature = 'REWARD')
  UNWIND measure.targets AS target
  WITH list, collect(DISTINCT target) AS targets
  MATCH (list)<-[:ON_LIST]-(listing:Listing)<-[:HAS_LISTING]-(holder:Entity)
  WHERE listing.listedOn <= $p1 AND coalesce($p1 < listing.expiresOn, true) AND coalesce($p1 < listing.removedOn, true)
  CALL (holder, targets) {
    WITH holder WHERE holder.kind IN targets
    RETURN holder AS entity
    UNION ALL
    MATCH (holder)<-[affiliation:AFFILIATED_WITH]-(entity:Entity)
    WHERE affiliation.role IN targets AND affiliation.since <= $p1 AND coalesce($p1 < affiliation.until, true)
    RETURN entity
  }
  WITH DISTINCT entity, list
  WHERE NOT (list.color = 'RED' AND EXISTS { (entity)-[:HAS_LISTING]->(rule5:Listing)-[:ON_LIST]->(:CreditList {color:
      'BLACK'}) WHERE rule5.listedOn <= $p1 AND coalesce($p1 < rule5.expiresOn, true) AND coalesce($p1 <
      rule5.removedOn, true) })
  WITH DISTINCT entity
  WITH entity WHERE EXISTS {
      (entity)-[rule4:AFFILIATED_WITH]->(rule4at:Entity)-[:HAS_LISTING]->(rule1:Listing)-[:ON_LIST]->(:CreditList
      {color: 'BLACK'}) WHERE rule4.since <= $p1 AND coalesce($p1 < rule4.until, true) AND rule1.listedOn <= $p1 AND
      coalesce($p1 < rule1.expiresOn, true) AND coalesce($p1 < rule1.removedOn, true) }
  WITH entity ORDER BY entity.key
  CALL (entity) {
    CALL (entity) {
      MATCH (entity)-[:HAS_LISTING]->(listing:Listing)-[:ON_LIST]->(list:CreditList)
      WHERE listing.listedOn <= $p1 AND coalesce($p1 < listing.expiresOn, true) AND coalesce($p1 < listing.removedOn,
          true)
      RETURN 'DIRECT' AS via, listing, list, null AS affiliation, null AS organization, entity.kind AS target
      UNION ALL
      MATCH (entity)-[affiliation:AFFILIATED_WITH]->(organization:Entity)
      WHERE affiliation.since <= $p1 AND coalesce($p1 < affiliation.until, true)
      MATCH (organization)-[:HAS_LISTING]->(listing:Listing)-[:ON_LIST]->(list:CreditList)
      WHERE listing.listedOn <= $p1 AND coalesce($p1 < listing.expiresOn, true) AND coalesce($p1 < listing.removedOn,
          true)
      RETURN 'AFFILIATED' AS via, listing, list, affiliation, organization, affiliation.role AS target
    }
    MATCH (list)<-[:GOVERNS]-(memorandum:Memorandum)
    WHERE memorandum.effectiveFrom <= $p1 AND coalesce($p1 < memorandum.effectiveTo, true) AND NOT EXISTS {
        (memorandum)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p1 }
      AND NOT (list.color = 'RED' AND EXISTS { (entity)-[:HAS_LISTING]->(rule5:Listing)-[:ON_LIST]->(:CreditList {color:
          'BLACK'}) WHERE rule5.listedOn <= $p1 AND coalesce($p1 < rule5.expiresOn, true) AND coalesce($p1 <
          rule5.removedOn, true) })
    MATCH (memorandum)-[:PRESCRIBES]->(measure:Measure)
    WHERE target IN measure.targets
      AND (list.color = 'RED') = (measure.nature = 'REWARD')
    RETURN collect(DISTINCT measure) AS measures
  }
  WITH entity, [measure IN measures WHERE measure.nature = 'REWARD'] AS rewards,
    [measure IN measures WHERE NOT measure.nature = 'REWARD'] AS others
  WHERE size(rewards) > 0 AND size(others) > 0
  CALL (rewards, others) {
    UNWIND rewards AS reward
    MATCH (reward)-[:NAMES]->(:PowerItem)<-[:DEVOLVED_FROM*0..]-(item:PowerItem) WHERE EXISTS {
        (item)-[:EXERCISED_BY]->(acting:Agency) WHERE acting.code IN $p0 }
    WITH DISTINCT others, item
    UNWIND others AS other
    MATCH (other)-[:NAMES]->(:PowerItem)<-[:DEVOLVED_FROM*0..]-(item:PowerItem)
    WITH DISTINCT item
    RETURN collect(item) AS items
  }
  WITH * WHERE size(items) > 0
  WITH {entity: entity, rewards: rewards, others: others, items: items} AS row ORDER BY entity.key
  WITH collect(row) AS rows
  WITH size(rows) AS total, rows[..$p3] AS page
  WITH total, page[..$p2] AS page, size(page) > $p2 AS more
  CALL (page) {
    UNWIND page AS row
    WITH row.entity AS entity_1, row.rewards AS rewards_1, row.others AS others_1, row.items AS items_1
    CALL (rewards_1) {
      UNWIND rewards_1 AS measure_1
      WITH measure_1 ORDER BY measure_1.code
      RETURN collect({`code`: measure_1.code}) AS list_1
    }
    CALL (others_1) {
      UNWIND others_1 AS measure_2
      WITH measure_2 ORDER BY measure_2.code
      RETURN collect({`code`: measure_2.code}) AS list_2
    }
    CALL (items_1) {
      UNWIND items_1 AS powerItem_1
      WITH powerItem_1 ORDER BY powerItem_1.code
      RETURN collect({`code`: powerItem_1.code}) AS list_3
    }
    RETURN collect({`subject`: {`identifier`: entity_1.identifier}, `rewards`: list_1, `others`: list_2, `powerItems`:
        list_3}) AS nodes_1
  }
  RETURN {`totalCount`: total, `nodes`: nodes_1} AS connection_1
}
CALL (connection_1) {
  OPTIONAL MATCH (agency_1:Agency) WHERE agency_1.code IN $p0
  RETURN count(agency_1) > 0 AS known_1
}
RETURN {`conflicts`: connection_1} AS data, [known_1] AS known
