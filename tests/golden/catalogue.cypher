// agency+creditList+measure+memorandum+powerItem
// {"p0": "sx-2016", "p1": "2018-01-01", "p2": "PROHIBITION", "p3": "sx-2016-01", "p4": "gd-ga", "p5": "APPROVAL", "p6":
    "pi-gd-ga-01", "p7": "2018-12-31", "p8": "list-sxbzxr"}
CALL () {
  MATCH (memorandum_1:Memorandum {code: $p0})
  CALL (memorandum_1) {
    MATCH (memorandum_1)-[:SUPERSEDES]->(memorandum_2:Memorandum)
    WITH memorandum_2 ORDER BY memorandum_2.code
    RETURN collect({`code`: memorandum_2.code})[0] AS one_2
  }
  CALL (memorandum_1) {
    MATCH (memorandum_1)<-[:SUPERSEDES]-(memorandum_3:Memorandum)
    WITH memorandum_3 ORDER BY memorandum_3.code
    RETURN collect({`code`: memorandum_3.code})[0] AS one_3
  }
  CALL (memorandum_1) {
    MATCH (memorandum_1)-[:PRESCRIBES]->(measure_1:Measure)
    WHERE measure_1.nature = $p2
    WITH measure_1 ORDER BY measure_1.code
    CALL (measure_1) {
      MATCH (measure_1)-[:NAMES]->(:PowerItem)<-[:DEVOLVED_FROM*0..]-(powerItem_1:PowerItem)
      WITH DISTINCT powerItem_1
      WITH powerItem_1 ORDER BY powerItem_1.code
      RETURN collect({`code`: powerItem_1.code}) AS list_2
    }
    RETURN collect({`code`: measure_1.code, `powerItems`: list_2}) AS list_1
  }
  RETURN collect({`title`: memorandum_1.title, `inForce`: memorandum_1.effectiveFrom <= $p1 AND coalesce($p1 <
      memorandum_1.effectiveTo, true) AND NOT EXISTS { (memorandum_1)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE
      rule2.effectiveFrom <= $p1 }, `supersedes`: one_2, `supersededBy`: one_3, `measures`: list_1})[0] AS one_1
}
CALL (one_1) {
  MATCH (measure_2:Measure {code: $p3})
  CALL (measure_2) {
    MATCH (measure_2)<-[:PRESCRIBES]-(memorandum_4:Memorandum)
    WITH memorandum_4 ORDER BY memorandum_4.code
    RETURN collect({`title`: memorandum_4.title})[0] AS one_5
  }
  CALL (measure_2) {
    MATCH (measure_2)-[:NAMES]->(:PowerItem)<-[:DEVOLVED_FROM*0..]-(powerItem_2:PowerItem)
    WITH DISTINCT powerItem_2
    WITH powerItem_2 ORDER BY powerItem_2.code
    RETURN collect({`code`: powerItem_2.code}) AS list_3
  }
  RETURN collect({`memorandum`: one_5, `powerItems`: list_3})[0] AS one_4
}
CALL (one_4) {
  MATCH (agency_1:Agency {code: $p4})
  CALL (agency_1) {
    MATCH (agency_1)-[:IN_REGION]->(region_1:Region)
    WITH region_1 ORDER BY region_1.code
    CALL (region_1) {
      MATCH (region_1)-[:PART_OF]->(region_2:Region)
      WITH region_2 ORDER BY region_2.code
      RETURN collect({`name`: region_2.name})[0] AS one_8
    }
    RETURN collect({`name`: region_1.name, `parent`: one_8})[0] AS one_7
  }
  CALL (agency_1) {
    MATCH (agency_1)<-[:EXERCISED_BY]-(powerItem_3:PowerItem)
    WHERE powerItem_3.scene = $p5
    WITH powerItem_3 ORDER BY powerItem_3.code
    RETURN collect({`code`: powerItem_3.code}) AS list_4
  }
  CALL (agency_1) {
    MATCH (agency_1)<-[:SUBORDINATE_TO]-(agency_2:Agency)
    WITH agency_2 ORDER BY agency_2.code
    RETURN collect({`code`: agency_2.code}) AS list_5
  }
  CALL (agency_1) {
    MATCH (agency_1)-[:SUBORDINATE_TO]->(agency_3:Agency)
    WITH agency_3 ORDER BY agency_3.code
    RETURN collect({`code`: agency_3.code})[0] AS one_9
  }
  RETURN collect({`region`: one_7, `powerItems`: list_4, `children`: list_5, `parent`: one_9})[0] AS one_6
}
CALL (one_6) {
  MATCH (powerItem_4:PowerItem {code: $p6})
  CALL (powerItem_4) {
    MATCH (measure_3)-[:NAMES]->(:PowerItem)<-[:DEVOLVED_FROM*0..]-(powerItem_4:PowerItem)
    WHERE EXISTS { (measure_3)<-[:PRESCRIBES]-(rule2of:Memorandum) WHERE rule2of.effectiveFrom <= $p7 AND coalesce($p7 <
        rule2of.effectiveTo, true) AND NOT EXISTS { (rule2of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE
        rule2.effectiveFrom <= $p7 } }
    WITH DISTINCT measure_3
    WITH measure_3 ORDER BY measure_3.code
    RETURN collect({`code`: measure_3.code}) AS list_6
  }
  CALL (powerItem_4) {
    MATCH (powerItem_4)<-[relationship_1:EMBEDDED_IN]-(measure_4:Measure)
    WITH relationship_1, measure_4, powerItem_4 ORDER BY measure_4.code, relationship_1.step
    RETURN collect({`measure`: {`code`: measure_4.code}, `step`: relationship_1.step, `since`:
        toString(relationship_1.since)}) AS list_7
  }
  CALL (powerItem_4) {
    MATCH (powerItem_4)<-[:DEVOLVED_FROM]-(powerItem_5:PowerItem)
    WITH powerItem_5 ORDER BY powerItem_5.code
    RETURN collect({`code`: powerItem_5.code}) AS list_8
  }
  RETURN collect({`measures`: list_6, `embeddings`: list_7, `devolvedTo`: list_8})[0] AS one_10
}
CALL (one_10) {
  MATCH (creditList_1:CreditList {code: $p8})
  CALL (creditList_1) {
    MATCH (creditList_1)-[:RECOGNIZED_BY]->(agency_4:Agency)
    WITH agency_4 ORDER BY agency_4.code
    RETURN collect({`name`: agency_4.name})[0] AS one_12
  }
  CALL (creditList_1) {
    MATCH (creditList_1)<-[:GOVERNS]-(memorandum_5:Memorandum)
    WITH memorandum_5 ORDER BY memorandum_5.code
    RETURN collect({`code`: memorandum_5.code}) AS list_9
  }
  RETURN collect({`name`: creditList_1.name, `recognizingAgency`: one_12, `memoranda`: list_9})[0] AS one_11
}
RETURN {`memorandum`: one_1, `measure`: one_4, `agency`: one_6, `powerItem`: one_10, `creditList`: one_11} AS data, []
    AS known
