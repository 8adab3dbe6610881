// measures
// {"p0": 20, "p1": 21, "p2": ["sx-2016"], "p3": ["gd-cz"], "p4": ["pi-gd-ga-01"], "p5": "PROHIBITION", "p6":
    "2018-10-01"}
CALL () {
  MATCH (self:Measure)
  WHERE self.id > ''
  AND EXISTS { (self)<-[:PRESCRIBES]-(far:Memorandum) WHERE far.code IN $p2 } AND EXISTS {
      (self)-[:IMPLEMENTED_BY]->(far:Agency) WHERE far.code IN $p3 } AND EXISTS {
      (self)-[:NAMES]->(:PowerItem)<-[:DEVOLVED_FROM*0..]-(rule6:PowerItem) WHERE rule6.code IN $p4 } AND self.nature =
      $p5 AND EXISTS { (self)<-[:PRESCRIBES]-(rule2of:Memorandum) WHERE rule2of.effectiveFrom <= $p6 AND coalesce($p6 <
      rule2of.effectiveTo, true) AND NOT EXISTS { (rule2of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom
      <= $p6 } }
  WITH {self: self} AS row ORDER BY self.id LIMIT $p1
  WITH collect(row) AS page
  WITH page[..$p0] AS page, size(page) > $p0 AS more
  CALL (page) {
    UNWIND page AS row
    WITH row.self AS self_1
    CALL (self_1) {
      MATCH (self_1)<-[:PRESCRIBES]-(memorandum_1:Memorandum)
      WITH memorandum_1 ORDER BY memorandum_1.code
      RETURN collect({`code`: memorandum_1.code})[0] AS one_1
    }
    RETURN collect({`code`: self_1.code, `content`: self_1.content, `memorandum`: one_1}) AS nodes_1
  }
  RETURN {`nodes`: nodes_1} AS connection_1
}
CALL (connection_1) {
  OPTIONAL MATCH (memorandum_2:Memorandum) WHERE memorandum_2.code IN $p2
  RETURN count(memorandum_2) > 0 AS known_1
}
CALL (known_1) {
  OPTIONAL MATCH (agency_1:Agency) WHERE agency_1.code IN $p3
  RETURN count(agency_1) > 0 AS known_2
}
CALL (known_2) {
  OPTIONAL MATCH (powerItem_1:PowerItem) WHERE powerItem_1.code IN $p4
  RETURN count(powerItem_1) > 0 AS known_3
}
RETURN {`measures`: connection_1} AS data, [known_1, known_2, known_3] AS known
