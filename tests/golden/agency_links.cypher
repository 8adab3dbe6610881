// agencyLinks
// {"p0": ["gd-cz"], "p1": "2018-10-01", "p2": 5, "p3": 6}
CALL () {
  MATCH (agency:Agency) WHERE agency.code IN $p0
  CALL (agency) {
    MATCH (agency)<-[:SIGNED_BY]-(memorandum:Memorandum)
    WHERE memorandum.effectiveFrom <= $p1 AND coalesce($p1 < memorandum.effectiveTo, true) AND NOT EXISTS {
        (memorandum)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p1 }
    MATCH (memorandum)-[:SIGNED_BY]->(other:Agency)
    WHERE other <> agency
    RETURN other, memorandum, null AS measure
    UNION ALL
    MATCH (agency)<-[:IMPLEMENTED_BY]-(measure:Measure)
    MATCH (measure)<-[:PRESCRIBES]-(memorandum:Memorandum)
    WITH agency, memorandum, collect(measure) AS measures
    WHERE memorandum.effectiveFrom <= $p1 AND coalesce($p1 < memorandum.effectiveTo, true) AND NOT EXISTS {
        (memorandum)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p1 }
    UNWIND measures AS measure
    MATCH (measure)-[:IMPLEMENTED_BY]->(other:Agency)
    WHERE other <> agency
    RETURN other, null AS memorandum, measure
  }
  WITH agency, other, collect(DISTINCT memorandum) AS memoranda, count(DISTINCT measure) AS sharedMeasures
  WITH {other: other, memoranda: memoranda, sharedMeasures: sharedMeasures} AS row ORDER BY toString(2000000000 -
      size(memoranda)), toString(2000000000 - sharedMeasures), other.id
  WITH collect(row) AS rows
  WITH size(rows) AS total, rows[..$p3] AS page
  WITH total, page[..$p2] AS page, size(page) > $p2 AS more
  CALL (page) {
    UNWIND page AS row
    WITH row.other AS other_1, row.memoranda AS memoranda_1, row.sharedMeasures AS sharedMeasures_1
    CALL (memoranda_1) {
      UNWIND memoranda_1 AS memorandum_1
      WITH memorandum_1 ORDER BY memorandum_1.code
      RETURN collect({`code`: memorandum_1.code}) AS list_1
    }
    RETURN collect({`cursor`: toString(2000000000 - size(memoranda_1)) + '.' + toString(2000000000 - sharedMeasures_1) +
        '.' + other_1.id, `node`: {`agency`: {`code`: other_1.code, `name`: other_1.name}, `sharedMemoranda`:
        size(memoranda_1), `sharedMeasures`: sharedMeasures_1, `memoranda`: list_1}}) AS edges_1
  }
  RETURN {`totalCount`: total, `edges`: edges_1} AS connection_1
}
CALL (connection_1) {
  OPTIONAL MATCH (agency_1:Agency) WHERE agency_1.code IN $p0
  RETURN count(agency_1) > 0 AS known_1
}
RETURN {`agencyLinks`: connection_1} AS data, [known_1] AS known
