// memoranda
// {"p0": 3, "p1": 4, "p2": "2018-10-01", "p3": ["cn-spc"], "p4": "司法执行"}
CALL () {
  MATCH (self:Memorandum)
  WHERE self.id > ''
  AND self.effectiveFrom <= $p2 AND coalesce($p2 < self.effectiveTo, true) AND NOT EXISTS { (self)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p2 } AND EXISTS { (self)-[:SIGNED_BY]->(far:Agency) WHERE far.code IN $p3 } AND self.field = $p4
  WITH {self: self} AS row ORDER BY self.id
  WITH collect(row) AS rows
  WITH size(rows) AS total, rows[..$p1] AS page
  WITH total, page[..$p0] AS page, size(page) > $p0 AS more
  CALL (page) {
    UNWIND page AS row
    WITH row.self AS self
    CALL (self) {
      MATCH (self)-[:SIGNED_BY]->(agency1:Agency)
      WITH agency1 ORDER BY agency1.code
      RETURN collect({`code`: agency1.code}) AS list1
    }
    RETURN collect({`id`: self.id, `code`: self.code, `title`: self.title, `signatories`: list1}) AS nodes1
  }
  CALL (page) {
    UNWIND page AS row
    WITH row.self AS self
    RETURN collect({`cursor`: self.id, `node`: {`code`: self.code}}) AS edges1
  }
  RETURN {`totalCount`: total, `nodes`: nodes1, `edges`: edges1, `pageInfo`: {`hasNextPage`: more, `hasPreviousPage`: false, `startCursor`: [row IN page[..1] | row.self.id][0], `endCursor`: [row IN page[-1..] | row.self.id][0]}} AS connection1
}
CALL (connection1) {
  OPTIONAL MATCH (agency2:Agency) WHERE agency2.code IN $p3
  RETURN count(agency2) > 0 AS known1
}
RETURN {`memoranda`: connection1} AS data, [known1] AS known
