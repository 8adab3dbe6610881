// subjects
// {"p0": [[["91440000XXXX00019F"], [], []], [["b4764152399864b2decab906ee0b7ac1ca81c7f1f57bcfa2248c617695ef2a25"], [], []], [[], [], []]], "p1": "2026-01-01"}
// ['subjects', 2]: '123' has 3 characters: a unified social credit code or a resident ID has 18, an organisation code 9, a registration number 13 or 15 digits; name the scheme of any other
CALL () {
  UNWIND $p0 AS row
  CALL (row) {
    CALL (row) {
      MATCH (entity1:Entity) WHERE entity1.key IN row[0]
      RETURN entity1
      UNION
      MATCH (entity1:Entity) WHERE entity1.orgCode IN row[1]
      RETURN entity1
      UNION
      MATCH (entity1:Entity) WHERE entity1.registrationNo IN row[2]
      WITH collect(entity1) AS sharing WHERE size(sharing) = 1
      UNWIND sharing AS entity1
      RETURN entity1
    }
    WITH entity1 ORDER BY entity1.key
    CALL (entity1) {
      MATCH (entity1)-[:HAS_LISTING]->(listing:Listing)-[:ON_LIST]->(list:CreditList)
      WHERE listing.listedOn <= $p1 AND coalesce($p1 < listing.expiresOn, true) AND coalesce($p1 < listing.removedOn, true)
      RETURN collect(DISTINCT list.color) AS colors1
    }
    RETURN collect({`name`: entity1.name, `standing`: CASE size(colors1) WHEN 0 THEN 'CLEAR' WHEN 1 THEN colors1[0] ELSE 'MIXED' END})[0] AS one1
  }
  RETURN [held IN collect([one1]) | held[0]] AS list1
}
RETURN {`subjects`: list1} AS data, [] AS known
