// measures
// {"p0": 20, "p1": 21, "p2": ["sx-2016"], "p3": ["gd-cz"], "p4": ["pi-gd-ga-01"], "p5": "PROHIBITION", "p6": "2018-10-01"}
CALL () {
  MATCH (self:Measure)
  WHERE self.id > ''
  AND EXISTS { (self)<-[:PRESCRIBES]-(far:Memorandum) WHERE far.code IN $p2 } AND EXISTS { (self)-[:IMPLEMENTED_BY]->(far:Agency) WHERE far.code IN $p3 } AND EXISTS { (self)-[:NAMES]->(:PowerItem)<-[:DEVOLVED_FROM*0..]-(rule6:PowerItem) WHERE rule6.code IN $p4 } AND self.nature = $p5 AND EXISTS { (self)<-[:PRESCRIBES]-(rule2of:Memorandum) WHERE rule2of.effectiveFrom <= $p6 AND coalesce($p6 < rule2of.effectiveTo, true) AND NOT EXISTS { (rule2of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p6 } }
  WITH {self: self} AS row ORDER BY self.id LIMIT $p1
  WITH collect(row) AS page
  WITH page[..$p0] AS page, size(page) > $p0 AS more
  CALL (page) {
    UNWIND page AS row
    WITH row.self AS self
    CALL (self) {
      MATCH (self)<-[:PRESCRIBES]-(memorandum1:Memorandum)
      WITH memorandum1 ORDER BY memorandum1.code
      RETURN collect({`code`: memorandum1.code})[0] AS one1
    }
    RETURN collect({`code`: self.code, `content`: self.content, `memorandum`: one1}) AS nodes1
  }
  RETURN {`nodes`: nodes1} AS connection1
}
CALL (connection1) {
  OPTIONAL MATCH (memorandum2:Memorandum) WHERE memorandum2.code IN $p2
  RETURN count(memorandum2) > 0 AS known1
}
CALL (known1) {
  OPTIONAL MATCH (agency1:Agency) WHERE agency1.code IN $p3
  RETURN count(agency1) > 0 AS known2
}
CALL (known2) {
  OPTIONAL MATCH (powerItem1:PowerItem) WHERE powerItem1.code IN $p4
  RETURN count(powerItem1) > 0 AS known3
}
RETURN {`measures`: connection1} AS data, [known1, known2, known3] AS known
