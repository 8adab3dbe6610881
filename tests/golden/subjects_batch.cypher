// subjects
// {"p0": [[["91440000XXXX00019F"], [], []], [["b4764152399864b2decab906ee0b7ac1ca81c7f1f57bcfa2248c617695ef2a25"], [],
    []], [[], [], []]], "p1": "2026-01-01"}
// ['subjects', 2]: '123' has 3 characters: a unified social credit code or a resident ID has 18, an organisation code
    9, a registration number 13 or 15 digits; name the scheme of any other
CALL () {
  UNWIND $p0 AS row
  CALL (row) {
    CALL (row) {
      MATCH (entity_1:Entity) WHERE entity_1.key IN row[0]
      RETURN entity_1
    }
    WITH entity_1 ORDER BY entity_1.key
    CALL (entity_1) {
      MATCH (entity_1)-[:HAS_LISTING]->(listing:Listing)-[:ON_LIST]->(list:CreditList)
      WHERE listing.listedOn <= $p1 AND coalesce($p1 < listing.expiresOn, true) AND coalesce($p1 < listing.removedOn,
          true)
      RETURN collect(DISTINCT list.color) AS colors_1
    }
    RETURN collect({`name`: entity_1.name, `standing`: CASE size(colors_1) WHEN 0 THEN 'CLEAR' WHEN 1 THEN colors_1[0]
        ELSE 'MIXED' END})[0] AS one_1
  }
  RETURN [held IN collect([one_1]) | held[0]] AS list_1
}
RETURN {`subjects`: list_1} AS data, [] AS known
