// node+nodes
// {"p0": "sx-2016-01", "p1": [], "p2": [[0, "gd-ga"], [2, "none"]], "p3": [[1, "sx-2016-01"]]}
CALL () {
  MATCH (measure1:Measure {code: $p0})
  CALL (measure1) {
    MATCH (measure1)<-[:PRESCRIBES]-(memorandum1:Memorandum)
    WITH memorandum1 ORDER BY memorandum1.code
    RETURN collect({`code`: memorandum1.code})[0] AS one2
  }
  RETURN collect({`id`: measure1.id, `code`: measure1.code, `memorandum`: one2, `__typename`: 'Measure'})[0] AS one1
}
CALL (one1) {
  CALL (one1) {
    UNWIND $p2 AS wanted
    CALL (wanted) {
      MATCH (agency1:Agency {code: wanted[1]})
      RETURN collect({`id`: agency1.id, `name`: agency1.name, `__typename`: 'Agency'})[0] AS one3
    }
    RETURN collect([wanted[0], one3]) AS found1
  }
  CALL (found1) {
    UNWIND $p3 AS wanted
    CALL (wanted) {
      MATCH (measure2:Measure {code: wanted[1]})
      CALL (measure2) {
        MATCH (measure2)<-[:PRESCRIBES]-(memorandum2:Memorandum)
        WITH memorandum2 ORDER BY memorandum2.code
        RETURN collect({`code`: memorandum2.code})[0] AS one5
      }
      RETURN collect({`id`: measure2.id, `code`: measure2.code, `memorandum`: one5, `__typename`: 'Measure'})[0] AS one4
    }
    RETURN collect([wanted[0], one4]) AS found2
  }
  UNWIND $p1 + found1 + found2 AS placed
  WITH placed ORDER BY placed[0]
  RETURN [held IN collect([placed[1]]) | held[0]] AS list1
}
RETURN {`node`: one1, `nodes`: list1} AS data, [] AS known
