// memoranda
// {"p0": ["9LIMQRRIC5N68TBD79GMISHD68O32E0"], "p1": 2, "p2": 3}
CALL () {
  MATCH (self:Memorandum)
  WHERE self.id > ''
  WITH * WHERE self.id < $p0[0]
  WITH {self: self} AS row ORDER BY self.id DESC LIMIT $p2
  WITH collect(row) AS page
  WITH reverse(page[..$p1]) AS page, size(page) > $p1 AS more
  CALL (page) {
    UNWIND page AS row
    WITH row.self AS self_1
    RETURN collect({`code`: self_1.code}) AS nodes_1
  }
  RETURN {`nodes`: nodes_1, `pageInfo`: {`hasNextPage`: true, `hasPreviousPage`: more, `startCursor`: [row IN page[..1]
      | row.self.id][0], `endCursor`: [row IN page[-1..] | row.self.id][0]}} AS connection_1
}
RETURN {`memoranda`: connection_1} AS data, [] AS known
