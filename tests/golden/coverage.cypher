// coverage
// {"p0": "2018-10-01", "p1": ["gd-cz"], "p2": ["440000"], "p3": 2, "p4": 3}
CALL () {
  MATCH (agency1:Agency) WHERE agency1.code IN $p1
  MATCH (agency1)<-[:EXERCISED_BY]-(item:PowerItem)
  WHERE EXISTS { (item)-[:IN_REGION]->(within:Region) WHERE within.code IN $p2 }
  WITH item, EXISTS { MATCH (rule11)-[:NAMES]->(:PowerItem)<-[:DEVOLVED_FROM*0..]-(item:PowerItem) WHERE EXISTS { (rule11)<-[:PRESCRIBES]-(rule11of:Memorandum)-[:GOVERNS]->(:CreditList) WHERE rule11of.effectiveFrom <= $p0 AND coalesce($p0 < rule11of.effectiveTo, true) AND NOT EXISTS { (rule11of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p0 } } } AS covered
  WITH item, covered, covered AND EXISTS { MATCH (item)<-[rule11at:EMBEDDED_IN]-(rule11:Measure) WHERE rule11at.status = 'LIVE' AND rule11at.since <= $p0 AND EXISTS { (rule11)<-[:PRESCRIBES]-(rule11of:Memorandum)-[:GOVERNS]->(:CreditList) WHERE rule11of.effectiveFrom <= $p0 AND coalesce($p0 < rule11of.effectiveTo, true) AND NOT EXISTS { (rule11of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p0 } } AND EXISTS { (rule11)-[:NAMES]->(:PowerItem)<-[:DEVOLVED_FROM*0..]-(item:PowerItem) } } AS embedded
  RETURN collect({item: item, covered: covered, embedded: embedded}) AS items1
}
CALL (items1) {
  UNWIND items1 AS found
  WITH found.item AS self WHERE NOT found.covered
  WITH {self: self} AS row ORDER BY self.id
  WITH collect(row) AS rows
  WITH size(rows) AS total, rows[..$p4] AS page
  WITH total, page[..$p3] AS page, size(page) > $p3 AS more
  CALL (page) {
    UNWIND page AS row
    WITH row.self AS self
    CALL (self) {
      MATCH (self)-[:EXERCISED_BY]->(agency2:Agency)
      WITH agency2 ORDER BY agency2.code
      RETURN collect({`code`: agency2.code})[0] AS one1
    }
    RETURN collect({`code`: self.code, `agency`: one1}) AS nodes1
  }
  RETURN {`totalCount`: total, `nodes`: nodes1} AS connection1
}
CALL (connection1) {
  MATCH (agency3:Agency) WHERE agency3.code IN $p1
  MATCH (agency3)<-[:IMPLEMENTED_BY]-(measure1:Measure)
  WHERE EXISTS { (measure1)<-[:PRESCRIBES]-(rule2of:Memorandum) WHERE rule2of.effectiveFrom <= $p0 AND coalesce($p0 < rule2of.effectiveTo, true) AND NOT EXISTS { (rule2of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p0 } } AND NOT EXISTS { (measure1)-[:NAMES]->() } AND EXISTS { (measure1)-[:IMPLEMENTED_BY]->(acting:Agency) WHERE EXISTS { (acting)-[:IN_REGION]->(within:Region) WHERE within.code IN $p2 } }
  WITH measure1 ORDER BY measure1.code
  RETURN collect({`code`: measure1.code}) AS list1
}
CALL (list1) {
  MATCH (agency4:Agency) WHERE agency4.code IN $p1
  MATCH (agency4)<-[:RECOGNIZED_BY]-(creditList1:CreditList)
  WHERE NOT EXISTS { (creditList1)<-[:GOVERNS]-(governing:Memorandum) WHERE governing.effectiveFrom <= $p0 AND coalesce($p0 < governing.effectiveTo, true) AND NOT EXISTS { (governing)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p0 } } AND EXISTS { (creditList1)-[:RECOGNIZED_BY]->(acting:Agency) WHERE EXISTS { (acting)-[:IN_REGION]->(within:Region) WHERE within.code IN $p2 } }
  WITH creditList1 ORDER BY creditList1.code
  RETURN collect({`code`: creditList1.code}) AS list2
}
CALL (list2) {
  OPTIONAL MATCH (agency5:Agency) WHERE agency5.code IN $p1
  RETURN count(agency5) > 0 AS known1
}
CALL (known1) {
  OPTIONAL MATCH (region1:Region) WHERE region1.code IN $p2
  RETURN count(region1) > 0 AS known2
}
RETURN {`coverage`: {`powerItemCount`: size([row IN items1 WHERE true]), `coveredCount`: size([row IN items1 WHERE row.covered]), `embeddedCount`: size([row IN items1 WHERE row.embedded]), `keyItemCount`: size([row IN items1 WHERE row.item.isKeyItem]), `coveredKeyItemCount`: size([row IN items1 WHERE row.covered AND row.item.isKeyItem]), `uncoveredPowerItems`: connection1, `measuresWithoutPowerItems`: list1, `listsWithoutMemoranda`: list2}} AS data, [known1, known2] AS known
