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
    WITH row.self AS self_1
    CALL (self_1) {
      MATCH (self_1)-[:SUBORDINATE_TO]->(agency_1:Agency)
      WITH agency_1 ORDER BY agency_1.code
      RETURN collect({`code`: agency_1.code})[0] AS one_1
    }
    CALL (self_1) {
      MATCH (self_1)-[:IN_REGION]->(region_1:Region)
      WITH region_1 ORDER BY region_1.code
      RETURN collect({`name`: region_1.name})[0] AS one_2
    }
    RETURN collect({`code`: self_1.code, `parent`: one_1, `region`: one_2}) AS nodes_1
  }
  RETURN {`totalCount`: total, `nodes`: nodes_1} AS connection_1
}
CALL (connection_1) {
  OPTIONAL MATCH (region_2:Region) WHERE region_2.code IN $p3
  RETURN count(region_2) > 0 AS known_1
}
RETURN {`agencies`: connection_1} AS data, [known_1] AS known
