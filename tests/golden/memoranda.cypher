// memoranda
// {"p0": 3, "p1": 4, "p2": "2018-10-01", "p3": ["cn-spc"], "p4": "司法执行"}
CALL () {
  MATCH (self:Memorandum)
  WHERE self.id > ''
  AND self.effectiveFrom <= $p2 AND coalesce($p2 < self.effectiveTo, true) AND NOT EXISTS {
      (self)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p2 } AND EXISTS {
      (self)-[:SIGNED_BY]->(far:Agency) WHERE far.code IN $p3 } AND self.field = $p4
  WITH {self: self} AS row ORDER BY self.id
  WITH collect(row) AS rows
  WITH size(rows) AS total, rows[..$p1] AS page
  WITH total, page[..$p0] AS page, size(page) > $p0 AS more
  CALL (page) {
    UNWIND page AS row
    WITH row.self AS self_1
    CALL (self_1) {
      MATCH (self_1)-[:SIGNED_BY]->(agency_1:Agency)
      WITH agency_1 ORDER BY agency_1.code
      RETURN collect({`code`: agency_1.code}) AS list_1
    }
    RETURN collect({`id`: self_1.id, `code`: self_1.code, `title`: self_1.title, `signatories`: list_1}) AS nodes_1
  }
  CALL (page) {
    UNWIND page AS row
    WITH row.self AS self_2
    RETURN collect({`cursor`: self_2.id, `node`: {`code`: self_2.code}}) AS edges_1
  }
  RETURN {`totalCount`: total, `nodes`: nodes_1, `edges`: edges_1, `pageInfo`: {`hasNextPage`: more, `hasPreviousPage`:
      false, `startCursor`: [row IN page[..1] | row.self.id][0], `endCursor`: [row IN page[-1..] | row.self.id][0]}} AS
      connection_1
}
CALL (connection_1) {
  OPTIONAL MATCH (agency_2:Agency) WHERE agency_2.code IN $p3
  RETURN count(agency_2) > 0 AS known_1
}
RETURN {`memoranda`: connection_1} AS data, [known_1] AS known
