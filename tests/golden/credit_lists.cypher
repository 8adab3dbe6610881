// creditLists
// {"p0": 20, "p1": 21, "p2": "RED", "p3": 2, "p4": 3}
CALL () {
  MATCH (self:CreditList)
  WHERE self.id > ''
  AND self.color = $p2
  WITH {self: self} AS row ORDER BY self.id LIMIT $p1
  WITH collect(row) AS page
  WITH page[..$p0] AS page, size(page) > $p0 AS more
  CALL (page) {
    UNWIND page AS row
    WITH row.self AS self_1
    RETURN collect({`code`: self_1.code, `name`: self_1.name}) AS nodes_1
  }
  RETURN {`nodes`: nodes_1} AS connection_1
}
CALL (connection_1) {
  MATCH (self:CreditList)
  WHERE self.id > ''
  WITH {self: self} AS row ORDER BY self.id DESC
  WITH collect(row) AS rows
  WITH size(rows) AS total, rows[..$p4] AS page
  WITH total, reverse(page[..$p3]) AS page, size(page) > $p3 AS more
  CALL (page) {
    UNWIND page AS row
    WITH row.self AS self_2
    CALL (self_2) {
      MATCH (self_2)<-[:GOVERNS]-(memorandum_1:Memorandum)
      WITH memorandum_1 ORDER BY memorandum_1.code
      RETURN collect({`code`: memorandum_1.code}) AS list_1
    }
    RETURN collect({`code`: self_2.code, `memoranda`: list_1}) AS nodes_2
  }
  RETURN {`totalCount`: total, `nodes`: nodes_2, `pageInfo`: {`hasPreviousPage`: more}} AS connection_2
}
RETURN {`red`: connection_1, `creditLists`: connection_2} AS data, [] AS known
