// agencyNetwork
// {"p0": 2, "p1": "PROVINCE", "p2": "2018-10-01"}
CALL () {
  MATCH (agency:Agency)
  WHERE agency.id > ''
  AND agency.level = $p1
  CALL (agency) {
    MATCH (agency)<-[:SIGNED_BY]-(memorandum:Memorandum)
    WHERE memorandum.effectiveFrom <= $p2 AND coalesce($p2 < memorandum.effectiveTo, true) AND NOT EXISTS { (memorandum)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p2 }
    MATCH (memorandum)-[:SIGNED_BY]->(other:Agency)
    WHERE other <> agency
    RETURN other, memorandum, null AS measure
    UNION ALL
    MATCH (agency)<-[:IMPLEMENTED_BY]-(measure:Measure)
    MATCH (measure)<-[:PRESCRIBES]-(memorandum:Memorandum)
    WITH agency, memorandum, collect(measure) AS measures
    WHERE memorandum.effectiveFrom <= $p2 AND coalesce($p2 < memorandum.effectiveTo, true) AND NOT EXISTS { (memorandum)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p2 }
    UNWIND measures AS measure
    MATCH (measure)-[:IMPLEMENTED_BY]->(other:Agency)
    WHERE other <> agency
    RETURN other, null AS memorandum, measure
  }
  WITH agency, other, collect(DISTINCT memorandum) AS memoranda, count(DISTINCT measure) AS sharedMeasures
  WHERE agency.id < other.id AND size(memoranda) >= $p0
  AND other.level = $p1
  WITH agency AS source, other AS target, memoranda, sharedMeasures
  WITH collect({source: source, target: target, sharedMemoranda: size(memoranda), sharedMeasures: sharedMeasures}) AS edges
  CALL (edges) {
    UNWIND edges AS edge
    UNWIND [edge.source, edge.target] AS agency
    WITH agency, count(*) AS degree, sum(edge.sharedMemoranda) AS strength
    WITH agency, degree, strength ORDER BY agency.id
    RETURN collect({`agency`: {`code`: agency.code}, `degree`: degree, `strength`: strength}) AS list1
  }
  CALL (edges) {
    UNWIND range(0, size(edges) - 1) AS place1
    WITH place1, edges[place1].source AS source1, edges[place1].target AS target1, edges[place1].sharedMemoranda AS sharedMemoranda1, edges[place1].sharedMeasures AS sharedMeasures1
    WITH source1, target1, sharedMemoranda1, sharedMeasures1, place1 ORDER BY source1.id, target1.id
    RETURN collect({`source`: {`code`: source1.code}, `target`: {`code`: target1.code}, `sharedMemoranda`: sharedMemoranda1, `sharedMeasures`: sharedMeasures1}) AS list2
  }
  RETURN {`nodes`: list1, `edges`: list2} AS network1
}
RETURN {`agencyNetwork`: network1} AS data, [] AS known
