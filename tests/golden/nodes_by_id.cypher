// node+nodes
// {"p0": "sx-2016-01", "p1": [], "p2": [[0, "gd-ga"], [2, "none"]], "p3": [[1, "sx-2016-01"]]}
CALL () {
  MATCH (measure_1:Measure {code: $p0})
  CALL (measure_1) {
    MATCH (measure_1)<-[:PRESCRIBES]-(memorandum_1:Memorandum)
    WITH memorandum_1 ORDER BY memorandum_1.code
    RETURN collect({`code`: memorandum_1.code})[0] AS one_2
  }
  RETURN collect({`id`: measure_1.id, `code`: measure_1.code, `memorandum`: one_2, `__typename`: 'Measure'})[0] AS one_1
}
CALL (one_1) {
  CALL (one_1) {
    UNWIND $p2 AS wanted
    CALL (wanted) {
      MATCH (agency_1:Agency {code: wanted[1]})
      RETURN collect({`id`: agency_1.id, `name`: agency_1.name, `__typename`: 'Agency'})[0] AS one_3
    }
    RETURN collect([wanted[0], one_3]) AS found_1
  }
  CALL (found_1) {
    UNWIND $p3 AS wanted
    CALL (wanted) {
      MATCH (measure_2:Measure {code: wanted[1]})
      CALL (measure_2) {
        MATCH (measure_2)<-[:PRESCRIBES]-(memorandum_2:Memorandum)
        WITH memorandum_2 ORDER BY memorandum_2.code
        RETURN collect({`code`: memorandum_2.code})[0] AS one_5
      }
      RETURN collect({`id`: measure_2.id, `code`: measure_2.code, `memorandum`: one_5, `__typename`: 'Measure'})[0] AS
          one_4
    }
    RETURN collect([wanted[0], one_4]) AS found_2
  }
  UNWIND $p1 + found_1 + found_2 AS placed
  WITH placed ORDER BY placed[0]
  RETURN [held IN collect([placed[1]]) | held[0]] AS list_1
}
RETURN {`node`: one_1, `nodes`: list_1} AS data, [] AS known
