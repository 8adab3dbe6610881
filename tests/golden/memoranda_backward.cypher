// memoranda
// {"p0": 2, "p1": 3, "p2": ["9LIMQRRIC5N68TBD79GMISHD68O32E0"]}
CALL () {
  MATCH (self:Memorandum)
  WHERE self.id > ''
  WITH * WHERE self.id < $p2[0]
  WITH {self: self} AS row ORDER BY self.id DESC LIMIT $p1
  WITH collect(row) AS page
  WITH reverse(page[..$p0]) AS page, size(page) > $p0 AS more
  CALL (page) {
    UNWIND page AS row
    WITH row.self AS self
    RETURN collect({`code`: self.code}) AS nodes1
  }
  RETURN {`nodes`: nodes1, `pageInfo`: {`hasNextPage`: true, `hasPreviousPage`: more, `startCursor`: [row IN page[..1] | row.self.id][0], `endCursor`: [row IN page[-1..] | row.self.id][0]}} AS connection1
}
RETURN {`memoranda`: connection1} AS data, [] AS known
