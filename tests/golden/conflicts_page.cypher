// conflicts
// {"p0": "2018-10-01", "p1": 5, "p2": 6}
CALL () {
  MATCH (entity:Entity) WHERE entity.key > ''
  WITH entity WHERE EXISTS {
      (entity)-[rule4:AFFILIATED_WITH]->(rule4at:Entity)-[:HAS_LISTING]->(rule1:Listing)-[:ON_LIST]->(:CreditList
      {color: 'BLACK'}) WHERE rule4.since <= $p0 AND coalesce($p0 < rule4.until, true) AND rule1.listedOn <= $p0 AND
      coalesce($p0 < rule1.expiresOn, true) AND coalesce($p0 < rule1.removedOn, true) }
  WITH entity ORDER BY entity.key
  CALL (entity) {
    CALL (entity) {
      MATCH (entity)-[:HAS_LISTING]->(listing:Listing)-[:ON_LIST]->(list:CreditList)
      WHERE listing.listedOn <= $p0 AND coalesce($p0 < listing.expiresOn, true) AND coalesce($p0 < listing.removedOn,
          true)
      RETURN 'DIRECT' AS via, listing, list, null AS affiliation, null AS organization, entity.kind AS target
      UNION ALL
      MATCH (entity)-[affiliation:AFFILIATED_WITH]->(organization:Entity)
      WHERE affiliation.since <= $p0 AND coalesce($p0 < affiliation.until, true)
      MATCH (organization)-[:HAS_LISTING]->(listing:Listing)-[:ON_LIST]->(list:CreditList)
      WHERE listing.listedOn <= $p0 AND coalesce($p0 < listing.expiresOn, true) AND coalesce($p0 < listing.removedOn,
          true)
      RETURN 'AFFILIATED' AS via, listing, list, affiliation, organization, affiliation.role AS target
    }
    MATCH (list)<-[:GOVERNS]-(memorandum:Memorandum)
    WHERE memorandum.effectiveFrom <= $p0 AND coalesce($p0 < memorandum.effectiveTo, true) AND NOT EXISTS {
        (memorandum)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p0 }
      AND NOT (list.color = 'RED' AND EXISTS { (entity)-[:HAS_LISTING]->(rule5:Listing)-[:ON_LIST]->(:CreditList {color:
          'BLACK'}) WHERE rule5.listedOn <= $p0 AND coalesce($p0 < rule5.expiresOn, true) AND coalesce($p0 <
          rule5.removedOn, true) })
    MATCH (memorandum)-[:PRESCRIBES]->(measure:Measure)
    WHERE target IN measure.targets
      AND (list.color = 'RED') = (measure.nature = 'REWARD')
    RETURN collect(DISTINCT measure) AS measures
  }
  WITH entity, [measure IN measures WHERE measure.nature = 'REWARD'] AS rewards,
    [measure IN measures WHERE NOT measure.nature = 'REWARD'] AS others
  WHERE size(rewards) > 0 AND size(others) > 0
  WITH {entity: entity, rewards: rewards, others: others} AS row ORDER BY entity.key LIMIT $p2
  WITH collect(row) AS page
  WITH page[..$p1] AS page, size(page) > $p1 AS more
  CALL (page) {
    UNWIND page AS row
    WITH row.entity AS entity_1, row.rewards AS rewards_1, row.others AS others_1
    CALL (rewards_1) {
      UNWIND rewards_1 AS measure_1
      WITH measure_1 ORDER BY measure_1.code
      RETURN collect({`code`: measure_1.code}) AS list_1
    }
    RETURN collect({`subject`: {`name`: entity_1.name}, `rewards`: list_1}) AS nodes_1
  }
  RETURN {`nodes`: nodes_1, `pageInfo`: {`endCursor`: [row IN page[-1..] | row.entity.key][0]}} AS connection_1
}
RETURN {`conflicts`: connection_1} AS data, [] AS known
