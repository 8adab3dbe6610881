// agencyNetwork
// {"p0": 2, "p1": "PROVINCE", "p2": "2018-10-01"}
CALL () {
  MATCH (agency:Agency)
  WHERE agency.id > ''
  AND agency.level = $p1
  CALL (agency) {
    MATCH (agency)<-[:SIGNED_BY]-(memorandum:Memorandum)
    WHERE memorandum.effectiveFrom <= $p2 AND coalesce($p2 < memorandum.effectiveTo, true) AND NOT EXISTS {
        (memorandum)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p2 }
    MATCH (memorandum)-[:SIGNED_BY]->(other:Agency)
    WHERE other <> agency
    RETURN other, memorandum, null AS measure
    UNION ALL
    MATCH (agency)<-[:IMPLEMENTED_BY]-(measure:Measure)
    MATCH (measure)<-[:PRESCRIBES]-(memorandum:Memorandum)
    WITH agency, memorandum, collect(measure) AS measures
    WHERE memorandum.effectiveFrom <= $p2 AND coalesce($p2 < memorandum.effectiveTo, true) AND NOT EXISTS {
        (memorandum)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p2 }
    UNWIND measures AS measure
    MATCH (measure)-[:IMPLEMENTED_BY]->(other:Agency)
    WHERE other <> agency
    RETURN other, null AS memorandum, measure
  }
  WITH agency, other, collect(DISTINCT memorandum) AS memoranda, count(DISTINCT measure) AS sharedMeasures
  WHERE agency.id < other.id AND size(memoranda) >= $p0
  AND other.level = $p1
  WITH agency AS source, other AS target, memoranda, sharedMeasures
  WITH collect({source: source, target: target, sharedMemoranda: size(memoranda), sharedMeasures: sharedMeasures}) AS
      edges
  CALL (edges) {
    UNWIND edges AS edge
    UNWIND [edge.source, edge.target] AS agency
    WITH agency, count(*) AS degree, sum(edge.sharedMemoranda) AS strength
    WITH agency AS agency_1, degree AS degree_1, strength AS strength_1 ORDER BY agency.id
    RETURN collect({`agency`: {`code`: agency_1.code}, `degree`: degree_1, `strength`: strength_1}) AS list_1
  }
  CALL (edges) {
    UNWIND range(0, size(edges) - 1) AS place_1
    WITH place_1, edges[place_1].source AS source_1, edges[place_1].target AS target_1, edges[place_1].sharedMemoranda
        AS sharedMemoranda_1, edges[place_1].sharedMeasures AS sharedMeasures_1
    WITH source_1, target_1, sharedMemoranda_1, sharedMeasures_1, place_1 ORDER BY source_1.id, target_1.id
    RETURN collect({`source`: {`code`: source_1.code}, `target`: {`code`: target_1.code}, `sharedMemoranda`:
        sharedMemoranda_1, `sharedMeasures`: sharedMeasures_1}) AS list_2
  }
  RETURN {`nodes`: list_1, `edges`: list_2} AS network_1
}
RETURN {`agencyNetwork`: network_1} AS data, [] AS known
