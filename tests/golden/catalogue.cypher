// agency+creditList+measure+memorandum+powerItem
// {"p0": "sx-2016", "p1": "2018-01-01", "p2": "PROHIBITION", "p3": "sx-2016-01", "p4": "gd-ga", "p5": "APPROVAL", "p6": "pi-gd-ga-01", "p7": "2018-12-31", "p8": "list-sxbzxr"}
CALL () {
  MATCH (memorandum1:Memorandum {code: $p0})
  CALL (memorandum1) {
    MATCH (memorandum1)-[:SUPERSEDES]->(memorandum2:Memorandum)
    WITH memorandum2 ORDER BY memorandum2.code
    RETURN collect({`code`: memorandum2.code})[0] AS one2
  }
  CALL (memorandum1) {
    MATCH (memorandum1)<-[:SUPERSEDES]-(memorandum3:Memorandum)
    WITH memorandum3 ORDER BY memorandum3.code
    RETURN collect({`code`: memorandum3.code})[0] AS one3
  }
  CALL (memorandum1) {
    MATCH (memorandum1)-[:PRESCRIBES]->(measure1:Measure)
    WHERE measure1.nature = $p2
    WITH measure1 ORDER BY measure1.code
    CALL (measure1) {
      MATCH (measure1)-[:NAMES]->(:PowerItem)<-[:DEVOLVED_FROM*0..]-(powerItem1:PowerItem)
      WITH DISTINCT powerItem1
      WITH powerItem1 ORDER BY powerItem1.code
      RETURN collect({`code`: powerItem1.code}) AS list2
    }
    RETURN collect({`code`: measure1.code, `powerItems`: list2}) AS list1
  }
  RETURN collect({`title`: memorandum1.title, `inForce`: memorandum1.effectiveFrom <= $p1 AND coalesce($p1 < memorandum1.effectiveTo, true) AND NOT EXISTS { (memorandum1)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p1 }, `supersedes`: one2, `supersededBy`: one3, `measures`: list1})[0] AS one1
}
CALL (one1) {
  MATCH (measure2:Measure {code: $p3})
  CALL (measure2) {
    MATCH (measure2)<-[:PRESCRIBES]-(memorandum4:Memorandum)
    WITH memorandum4 ORDER BY memorandum4.code
    RETURN collect({`title`: memorandum4.title})[0] AS one5
  }
  CALL (measure2) {
    MATCH (measure2)-[:NAMES]->(:PowerItem)<-[:DEVOLVED_FROM*0..]-(powerItem2:PowerItem)
    WITH DISTINCT powerItem2
    WITH powerItem2 ORDER BY powerItem2.code
    RETURN collect({`code`: powerItem2.code}) AS list3
  }
  RETURN collect({`memorandum`: one5, `powerItems`: list3})[0] AS one4
}
CALL (one4) {
  MATCH (agency1:Agency {code: $p4})
  CALL (agency1) {
    MATCH (agency1)-[:IN_REGION]->(region1:Region)
    WITH region1 ORDER BY region1.code
    CALL (region1) {
      MATCH (region1)-[:PART_OF]->(region2:Region)
      WITH region2 ORDER BY region2.code
      RETURN collect({`name`: region2.name})[0] AS one8
    }
    RETURN collect({`name`: region1.name, `parent`: one8})[0] AS one7
  }
  CALL (agency1) {
    MATCH (agency1)<-[:EXERCISED_BY]-(powerItem3:PowerItem)
    WHERE powerItem3.scene = $p5
    WITH powerItem3 ORDER BY powerItem3.code
    RETURN collect({`code`: powerItem3.code}) AS list4
  }
  CALL (agency1) {
    MATCH (agency1)<-[:SUBORDINATE_TO]-(agency2:Agency)
    WITH agency2 ORDER BY agency2.code
    RETURN collect({`code`: agency2.code}) AS list5
  }
  CALL (agency1) {
    MATCH (agency1)-[:SUBORDINATE_TO]->(agency3:Agency)
    WITH agency3 ORDER BY agency3.code
    RETURN collect({`code`: agency3.code})[0] AS one9
  }
  RETURN collect({`region`: one7, `powerItems`: list4, `children`: list5, `parent`: one9})[0] AS one6
}
CALL (one6) {
  MATCH (powerItem4:PowerItem {code: $p6})
  CALL (powerItem4) {
    MATCH (measure3)-[:NAMES]->(:PowerItem)<-[:DEVOLVED_FROM*0..]-(powerItem4:PowerItem)
    WHERE EXISTS { (measure3)<-[:PRESCRIBES]-(rule2of:Memorandum) WHERE rule2of.effectiveFrom <= $p7 AND coalesce($p7 < rule2of.effectiveTo, true) AND NOT EXISTS { (rule2of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p7 } }
    WITH DISTINCT measure3
    WITH measure3 ORDER BY measure3.code
    RETURN collect({`code`: measure3.code}) AS list6
  }
  CALL (powerItem4) {
    MATCH (powerItem4)<-[relationship1:EMBEDDED_IN]-(measure4:Measure)
    WITH relationship1, measure4, powerItem4 ORDER BY measure4.code, relationship1.step
    RETURN collect({`measure`: {`code`: measure4.code}, `step`: relationship1.step, `since`: toString(relationship1.since)}) AS list7
  }
  CALL (powerItem4) {
    MATCH (powerItem4)<-[:DEVOLVED_FROM]-(powerItem5:PowerItem)
    WITH powerItem5 ORDER BY powerItem5.code
    RETURN collect({`code`: powerItem5.code}) AS list8
  }
  RETURN collect({`measures`: list6, `embeddings`: list7, `devolvedTo`: list8})[0] AS one10
}
CALL (one10) {
  MATCH (creditList1:CreditList {code: $p8})
  CALL (creditList1) {
    MATCH (creditList1)-[:RECOGNIZED_BY]->(agency4:Agency)
    WITH agency4 ORDER BY agency4.code
    RETURN collect({`name`: agency4.name})[0] AS one12
  }
  CALL (creditList1) {
    MATCH (creditList1)<-[:GOVERNS]-(memorandum5:Memorandum)
    WITH memorandum5 ORDER BY memorandum5.code
    RETURN collect({`code`: memorandum5.code}) AS list9
  }
  RETURN collect({`name`: creditList1.name, `recognizingAgency`: one12, `memoranda`: list9})[0] AS one11
}
RETURN {`memorandum`: one1, `measure`: one4, `agency`: one6, `powerItem`: one10, `creditList`: one11} AS data, [] AS known
