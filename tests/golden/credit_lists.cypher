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
    WITH row.self AS self
    RETURN collect({`code`: self.code, `name`: self.name}) AS nodes1
  }
  RETURN {`nodes`: nodes1} AS connection1
}
CALL (connection1) {
  MATCH (self:CreditList)
  WHERE self.id > ''
  WITH {self: self} AS row ORDER BY self.id DESC
  WITH collect(row) AS rows
  WITH size(rows) AS total, rows[..$p4] AS page
  WITH total, reverse(page[..$p3]) AS page, size(page) > $p3 AS more
  CALL (page) {
    UNWIND page AS row
    WITH row.self AS self
    CALL (self) {
      MATCH (self)<-[:GOVERNS]-(memorandum1:Memorandum)
      WITH memorandum1 ORDER BY memorandum1.code
      RETURN collect({`code`: memorandum1.code}) AS list1
    }
    RETURN collect({`code`: self.code, `memoranda`: list1}) AS nodes2
  }
  RETURN {`totalCount`: total, `nodes`: nodes2, `pageInfo`: {`hasPreviousPage`: more}} AS connection2
}
RETURN {`red`: connection1, `creditLists`: connection2} AS data, [] AS known
