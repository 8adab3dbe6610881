// agencyLinks
// {"p0": ["gd-cz"], "p1": "2018-10-01", "p2": 5, "p3": 6}
CALL () {
  MATCH (agency:Agency) WHERE agency.code IN $p0
  CALL (agency) {
    MATCH (agency)<-[:SIGNED_BY]-(memorandum:Memorandum)
    WHERE memorandum.effectiveFrom <= $p1 AND coalesce($p1 < memorandum.effectiveTo, true) AND NOT EXISTS { (memorandum)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p1 }
    MATCH (memorandum)-[:SIGNED_BY]->(other:Agency)
    WHERE other <> agency
    RETURN other, memorandum, null AS measure
    UNION ALL
    MATCH (agency)<-[:IMPLEMENTED_BY]-(measure:Measure)
    MATCH (measure)<-[:PRESCRIBES]-(memorandum:Memorandum)
    WITH agency, memorandum, collect(measure) AS measures
    WHERE memorandum.effectiveFrom <= $p1 AND coalesce($p1 < memorandum.effectiveTo, true) AND NOT EXISTS { (memorandum)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p1 }
    UNWIND measures AS measure
    MATCH (measure)-[:IMPLEMENTED_BY]->(other:Agency)
    WHERE other <> agency
    RETURN other, null AS memorandum, measure
  }
  WITH agency, other, collect(DISTINCT memorandum) AS memoranda, count(DISTINCT measure) AS sharedMeasures
  WITH {other: other, memoranda: memoranda, sharedMeasures: sharedMeasures} AS row ORDER BY toString(2000000000 - size(memoranda)), toString(2000000000 - sharedMeasures), other.id
  WITH collect(row) AS rows
  WITH size(rows) AS total, rows[..$p3] AS page
  WITH total, page[..$p2] AS page, size(page) > $p2 AS more
  CALL (page) {
    UNWIND page AS row
    WITH row.other AS other, row.memoranda AS memoranda, row.sharedMeasures AS sharedMeasures
    CALL (memoranda) {
      UNWIND memoranda AS memorandum_1
      WITH memorandum_1 ORDER BY memorandum_1.code
      RETURN collect({`code`: memorandum_1.code}) AS list_1
    }
    RETURN collect({`cursor`: toString(2000000000 - size(memoranda)) + '.' + toString(2000000000 - sharedMeasures) + '.' + other.id, `node`: {`agency`: {`code`: other.code, `name`: other.name}, `sharedMemoranda`: size(memoranda), `sharedMeasures`: sharedMeasures, `memoranda`: list_1}}) AS edges_1
  }
  RETURN {`totalCount`: total, `edges`: edges_1} AS connection_1
}
CALL (connection_1) {
  OPTIONAL MATCH (agency_1:Agency) WHERE agency_1.code IN $p0
  RETURN count(agency_1) > 0 AS known_1
}
RETURN {`agencyLinks`: connection_1} AS data, [known_1] AS known
