// coverage
// {"p0": "2018-10-01", "p1": ["gd-cz"], "p2": ["440000"], "p3": 2, "p4": 3}
CALL () {
  MATCH (agency_1:Agency) WHERE agency_1.code IN $p1
  MATCH (agency_1)<-[:EXERCISED_BY]-(item:PowerItem)
  WHERE EXISTS { (item)-[:IN_REGION]->(within:Region) WHERE within.code IN $p2 }
  WITH item, EXISTS { MATCH (rule11)-[:NAMES]->(:PowerItem)<-[:DEVOLVED_FROM*0..]-(item:PowerItem) WHERE EXISTS {
      (rule11)<-[:PRESCRIBES]-(rule11of:Memorandum)-[:GOVERNS]->(:CreditList) WHERE rule11of.effectiveFrom <= $p0 AND
      coalesce($p0 < rule11of.effectiveTo, true) AND NOT EXISTS { (rule11of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE
      rule2.effectiveFrom <= $p0 } } } AS covered
  WITH item, covered, covered AND EXISTS { MATCH (item)<-[rule11at:EMBEDDED_IN]-(rule11:Measure) WHERE rule11at.status =
      'LIVE' AND rule11at.since <= $p0 AND EXISTS {
      (rule11)<-[:PRESCRIBES]-(rule11of:Memorandum)-[:GOVERNS]->(:CreditList) WHERE rule11of.effectiveFrom <= $p0 AND
      coalesce($p0 < rule11of.effectiveTo, true) AND NOT EXISTS { (rule11of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE
      rule2.effectiveFrom <= $p0 } } AND EXISTS { (rule11)-[:NAMES]->(:PowerItem)<-[:DEVOLVED_FROM*0..]-(item:PowerItem)
      } } AS embedded
  RETURN collect({item: item, covered: covered, embedded: embedded}) AS items_1
}
CALL (items_1) {
  UNWIND items_1 AS found
  WITH found.item AS self WHERE NOT found.covered
  WITH {self: self} AS row ORDER BY self.id
  WITH collect(row) AS rows
  WITH size(rows) AS total, rows[..$p4] AS page
  WITH total, page[..$p3] AS page, size(page) > $p3 AS more
  CALL (page) {
    UNWIND page AS row
    WITH row.self AS self_1
    CALL (self_1) {
      MATCH (self_1)-[:EXERCISED_BY]->(agency_2:Agency)
      WITH agency_2 ORDER BY agency_2.code
      RETURN collect({`code`: agency_2.code})[0] AS one_1
    }
    RETURN collect({`code`: self_1.code, `agency`: one_1}) AS nodes_1
  }
  RETURN {`totalCount`: total, `nodes`: nodes_1} AS connection_1
}
CALL (connection_1) {
  MATCH (agency_3:Agency) WHERE agency_3.code IN $p1
  MATCH (agency_3)<-[:IMPLEMENTED_BY]-(measure_1:Measure)
  WHERE EXISTS { (measure_1)<-[:PRESCRIBES]-(rule2of:Memorandum) WHERE rule2of.effectiveFrom <= $p0 AND coalesce($p0 <
      rule2of.effectiveTo, true) AND NOT EXISTS { (rule2of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom
      <= $p0 } } AND NOT EXISTS { (measure_1)-[:NAMES]->() } AND EXISTS { (measure_1)-[:IMPLEMENTED_BY]->(acting:Agency)
      WHERE EXISTS { (acting)-[:IN_REGION]->(within:Region) WHERE within.code IN $p2 } }
  WITH measure_1 ORDER BY measure_1.code
  RETURN collect({`code`: measure_1.code}) AS list_1
}
CALL (list_1) {
  MATCH (agency_4:Agency) WHERE agency_4.code IN $p1
  MATCH (agency_4)<-[:RECOGNIZED_BY]-(creditList_1:CreditList)
  WHERE NOT EXISTS { (creditList_1)<-[:GOVERNS]-(governing:Memorandum) WHERE governing.effectiveFrom <= $p0 AND
      coalesce($p0 < governing.effectiveTo, true) AND NOT EXISTS { (governing)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE
      rule2.effectiveFrom <= $p0 } } AND EXISTS { (creditList_1)-[:RECOGNIZED_BY]->(acting:Agency) WHERE EXISTS {
      (acting)-[:IN_REGION]->(within:Region) WHERE within.code IN $p2 } }
  WITH creditList_1 ORDER BY creditList_1.code
  RETURN collect({`code`: creditList_1.code}) AS list_2
}
CALL (list_2) {
  OPTIONAL MATCH (agency_5:Agency) WHERE agency_5.code IN $p1
  RETURN count(agency_5) > 0 AS known_1
}
CALL (known_1) {
  OPTIONAL MATCH (region_1:Region) WHERE region_1.code IN $p2
  RETURN count(region_1) > 0 AS known_2
}
RETURN {`coverage`: {`powerItemCount`: size([row IN items_1 WHERE true]), `coveredCount`: size([row IN items_1 WHERE
    row.covered]), `embeddedCount`: size([row IN items_1 WHERE row.embedded]), `keyItemCount`: size([row IN items_1
    WHERE row.item.isKeyItem]), `coveredKeyItemCount`: size([row IN items_1 WHERE row.covered AND row.item.isKeyItem]),
    `uncoveredPowerItems`: connection_1, `measuresWithoutPowerItems`: list_1, `listsWithoutMemoranda`: list_2}} AS data,
    [known_1, known_2] AS known
