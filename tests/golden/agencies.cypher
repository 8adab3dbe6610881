// agencies
// {"p0": 5, "p1": 6, "p2": "PROVINCE", "p3": ["440000"]}
CALL () {
  MATCH (self:Agency)
  WHERE self.id > ''
  AND self.level = $p2 AND EXISTS { (self)-[:IN_REGION]->(far:Region) WHERE far.code IN $p3 }
  WITH {self: self} AS row ORDER BY self.id
  WITH collect(row) AS rows
  WITH size(rows) AS total, rows[..$p1] AS page
  WITH total, page[..$p0] AS page, size(page) > $p0 AS more
  CALL (page) {
    UNWIND page AS row
    WITH row.self AS self
    CALL (self) {
      MATCH (self)-[:SUBORDINATE_TO]->(agency1:Agency)
      WITH agency1 ORDER BY agency1.code
      RETURN collect({`code`: agency1.code})[0] AS one1
    }
    CALL (self) {
      MATCH (self)-[:IN_REGION]->(region1:Region)
      WITH region1 ORDER BY region1.code
      RETURN collect({`name`: region1.name})[0] AS one2
    }
    RETURN collect({`code`: self.code, `parent`: one1, `region`: one2}) AS nodes1
  }
  RETURN {`totalCount`: total, `nodes`: nodes1} AS connection1
}
CALL (connection1) {
  OPTIONAL MATCH (region2:Region) WHERE region2.code IN $p3
  RETURN count(region2) > 0 AS known1
}
RETURN {`agencies`: connection1} AS data, [known1] AS known
