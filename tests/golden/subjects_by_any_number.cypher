// subjects
// {"p0": [[[], [], ["440000999900019"]], [[], ["XXXX00027"], []], [["91440000XXXX00019F"], [], []]]}
CALL () {
  UNWIND $p0 AS row
  CALL (row) {
    CALL (row) {
      MATCH (entity_1:Entity) WHERE entity_1.key IN row[0]
      RETURN entity_1
      UNION
      MATCH (entity_1:Entity) WHERE entity_1.orgCode IN row[1]
      RETURN entity_1
      UNION
      MATCH (entity_1:Entity) WHERE entity_1.registrationNo IN row[2]
      WITH collect(entity_1) AS sharing WHERE size(sharing) = 1
      UNWIND sharing AS entity_1
      RETURN entity_1
    }
    WITH entity_1 ORDER BY entity_1.key
    RETURN collect({`name`: entity_1.name})[0] AS one_1
  }
  RETURN [held IN collect([one_1]) | held[0]] AS list_1
}
RETURN {`subjects`: list_1} AS data, [] AS known
