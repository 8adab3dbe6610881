// changes
// {"p0": "2016-01-01", "p1": "2018-10-01", "p2": ["gd-cz"]}
CALL () {
  CALL () {
    MATCH (measure:Measure)
    WHERE measure.id > ''
    AND EXISTS { (measure)<-[:PRESCRIBES]-(rule2of:Memorandum) WHERE rule2of.effectiveFrom <= $p1 AND coalesce($p1 < rule2of.effectiveTo, true) AND NOT EXISTS { (rule2of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p1 } }
    AND NOT (EXISTS { (measure)<-[:PRESCRIBES]-(rule2of:Memorandum) WHERE rule2of.effectiveFrom <= $p0 AND coalesce($p0 < rule2of.effectiveTo, true) AND NOT EXISTS { (rule2of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p0 } })
    AND EXISTS { (measure)-[:IMPLEMENTED_BY]->(concerned:Agency) WHERE concerned.code IN $p2 }
    MATCH (measure)<-[:PRESCRIBES]-(:Memorandum)-[:GOVERNS]->(list:CreditList)
    WHERE (list.color = 'RED') = (measure.nature = 'REWARD')
    UNWIND measure.targets AS target
    WITH list, collect(DISTINCT target) AS targets
    MATCH (list)<-[:ON_LIST]-(listing:Listing)<-[:HAS_LISTING]-(holder:Entity)
    WHERE listing.listedOn <= $p1 AND coalesce($p1 < listing.expiresOn, true) AND coalesce($p1 < listing.removedOn, true)
    CALL (holder, targets) {
      WITH holder WHERE holder.kind IN targets
      RETURN holder AS entity
      UNION ALL
      MATCH (holder)<-[affiliation:AFFILIATED_WITH]-(entity:Entity)
      WHERE affiliation.role IN targets AND affiliation.since <= $p1 AND coalesce($p1 < affiliation.until, true)
      RETURN entity
    }
    WITH DISTINCT entity, list
    WHERE NOT (list.color = 'RED' AND EXISTS { (entity)-[:HAS_LISTING]->(rule5:Listing)-[:ON_LIST]->(:CreditList {color: 'BLACK'}) WHERE rule5.listedOn <= $p1 AND coalesce($p1 < rule5.expiresOn, true) AND coalesce($p1 < rule5.removedOn, true) })
    RETURN entity
    UNION
    MATCH (measure:Measure)
    WHERE measure.id > ''
    AND EXISTS { (measure)<-[:PRESCRIBES]-(rule2of:Memorandum) WHERE rule2of.effectiveFrom <= $p0 AND coalesce($p0 < rule2of.effectiveTo, true) AND NOT EXISTS { (rule2of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p0 } }
    AND NOT (EXISTS { (measure)<-[:PRESCRIBES]-(rule2of:Memorandum) WHERE rule2of.effectiveFrom <= $p1 AND coalesce($p1 < rule2of.effectiveTo, true) AND NOT EXISTS { (rule2of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p1 } })
    AND EXISTS { (measure)-[:IMPLEMENTED_BY]->(concerned:Agency) WHERE concerned.code IN $p2 }
    MATCH (measure)<-[:PRESCRIBES]-(:Memorandum)-[:GOVERNS]->(list:CreditList)
    WHERE (list.color = 'RED') = (measure.nature = 'REWARD')
    UNWIND measure.targets AS target
    WITH list, collect(DISTINCT target) AS targets
    MATCH (list)<-[:ON_LIST]-(listing:Listing)<-[:HAS_LISTING]-(holder:Entity)
    WHERE listing.listedOn <= $p0 AND coalesce($p0 < listing.expiresOn, true) AND coalesce($p0 < listing.removedOn, true)
    CALL (holder, targets) {
      WITH holder WHERE holder.kind IN targets
      RETURN holder AS entity
      UNION ALL
      MATCH (holder)<-[affiliation:AFFILIATED_WITH]-(entity:Entity)
      WHERE affiliation.role IN targets AND affiliation.since <= $p0 AND coalesce($p0 < affiliation.until, true)
      RETURN entity
    }
    WITH DISTINCT entity, list
    WHERE NOT (list.color = 'RED' AND EXISTS { (entity)-[:HAS_LISTING]->(rule5:Listing)-[:ON_LIST]->(:CreditList {color: 'BLACK'}) WHERE rule5.listedOn <= $p0 AND coalesce($p0 < rule5.expiresOn, true) AND coalesce($p0 < rule5.removedOn, true) })
    RETURN entity
  }
  RETURN count(entity) AS count1
}
CALL (count1) {
  MATCH (memorandum1:Memorandum)
  WHERE memorandum1.id > ''
  AND memorandum1.effectiveFrom <= $p1 AND coalesce($p1 < memorandum1.effectiveTo, true) AND NOT EXISTS { (memorandum1)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p1 }
  AND NOT (memorandum1.effectiveFrom <= $p0 AND coalesce($p0 < memorandum1.effectiveTo, true) AND NOT EXISTS { (memorandum1)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p0 })
  AND EXISTS { (memorandum1)-[:SIGNED_BY]->(concerned:Agency) WHERE concerned.code IN $p2 }
  WITH memorandum1 ORDER BY memorandum1.code
  RETURN collect({`code`: memorandum1.code}) AS list1
}
CALL (list1) {
  MATCH (measure1:Measure)
  WHERE measure1.id > ''
  AND EXISTS { (measure1)<-[:PRESCRIBES]-(rule2of:Memorandum) WHERE rule2of.effectiveFrom <= $p1 AND coalesce($p1 < rule2of.effectiveTo, true) AND NOT EXISTS { (rule2of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p1 } }
  AND NOT (EXISTS { (measure1)<-[:PRESCRIBES]-(rule2of:Memorandum) WHERE rule2of.effectiveFrom <= $p0 AND coalesce($p0 < rule2of.effectiveTo, true) AND NOT EXISTS { (rule2of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p0 } })
  AND EXISTS { (measure1)-[:IMPLEMENTED_BY]->(concerned:Agency) WHERE concerned.code IN $p2 }
  WITH measure1 ORDER BY measure1.code
  RETURN collect({`code`: measure1.code}) AS list2
}
CALL (list2) {
  MATCH (powerItem1:PowerItem)
  WHERE powerItem1.id > ''
  AND EXISTS { MATCH (rule11)-[:NAMES]->(:PowerItem)<-[:DEVOLVED_FROM*0..]-(powerItem1:PowerItem) WHERE EXISTS { (rule11)<-[:PRESCRIBES]-(rule11of:Memorandum)-[:GOVERNS]->(:CreditList) WHERE rule11of.effectiveFrom <= $p1 AND coalesce($p1 < rule11of.effectiveTo, true) AND NOT EXISTS { (rule11of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p1 } } }
  AND NOT (EXISTS { MATCH (rule11)-[:NAMES]->(:PowerItem)<-[:DEVOLVED_FROM*0..]-(powerItem1:PowerItem) WHERE EXISTS { (rule11)<-[:PRESCRIBES]-(rule11of:Memorandum)-[:GOVERNS]->(:CreditList) WHERE rule11of.effectiveFrom <= $p0 AND coalesce($p0 < rule11of.effectiveTo, true) AND NOT EXISTS { (rule11of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p0 } } })
  AND EXISTS { (powerItem1)-[:EXERCISED_BY]->(concerned:Agency) WHERE concerned.code IN $p2 }
  WITH powerItem1 ORDER BY powerItem1.code
  RETURN collect({`code`: powerItem1.code}) AS list3
}
CALL (list3) {
  MATCH (memorandum2:Memorandum)
  WHERE memorandum2.id > ''
  AND memorandum2.effectiveFrom <= $p0 AND coalesce($p0 < memorandum2.effectiveTo, true) AND NOT EXISTS { (memorandum2)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p0 }
  AND NOT (memorandum2.effectiveFrom <= $p1 AND coalesce($p1 < memorandum2.effectiveTo, true) AND NOT EXISTS { (memorandum2)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p1 })
  AND EXISTS { (memorandum2)-[:SIGNED_BY]->(concerned:Agency) WHERE concerned.code IN $p2 }
  WITH memorandum2 ORDER BY memorandum2.code
  RETURN collect({`code`: memorandum2.code}) AS list4
}
CALL (list4) {
  MATCH (measure2:Measure)
  WHERE measure2.id > ''
  AND EXISTS { (measure2)<-[:PRESCRIBES]-(rule2of:Memorandum) WHERE rule2of.effectiveFrom <= $p0 AND coalesce($p0 < rule2of.effectiveTo, true) AND NOT EXISTS { (rule2of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p0 } }
  AND NOT (EXISTS { (measure2)<-[:PRESCRIBES]-(rule2of:Memorandum) WHERE rule2of.effectiveFrom <= $p1 AND coalesce($p1 < rule2of.effectiveTo, true) AND NOT EXISTS { (rule2of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p1 } })
  AND EXISTS { (measure2)-[:IMPLEMENTED_BY]->(concerned:Agency) WHERE concerned.code IN $p2 }
  WITH measure2 ORDER BY measure2.code
  RETURN collect({`code`: measure2.code}) AS list5
}
CALL (list5) {
  MATCH (powerItem2:PowerItem)
  WHERE powerItem2.id > ''
  AND EXISTS { MATCH (rule11)-[:NAMES]->(:PowerItem)<-[:DEVOLVED_FROM*0..]-(powerItem2:PowerItem) WHERE EXISTS { (rule11)<-[:PRESCRIBES]-(rule11of:Memorandum)-[:GOVERNS]->(:CreditList) WHERE rule11of.effectiveFrom <= $p0 AND coalesce($p0 < rule11of.effectiveTo, true) AND NOT EXISTS { (rule11of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p0 } } }
  AND NOT (EXISTS { MATCH (rule11)-[:NAMES]->(:PowerItem)<-[:DEVOLVED_FROM*0..]-(powerItem2:PowerItem) WHERE EXISTS { (rule11)<-[:PRESCRIBES]-(rule11of:Memorandum)-[:GOVERNS]->(:CreditList) WHERE rule11of.effectiveFrom <= $p1 AND coalesce($p1 < rule11of.effectiveTo, true) AND NOT EXISTS { (rule11of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p1 } } })
  AND EXISTS { (powerItem2)-[:EXERCISED_BY]->(concerned:Agency) WHERE concerned.code IN $p2 }
  WITH powerItem2 ORDER BY powerItem2.code
  RETURN collect({`code`: powerItem2.code}) AS list6
}
CALL (list6) {
  MATCH (agency1:Agency)
  WHERE agency1.id > ''
  AND $p0 < agency1.validTo AND agency1.validTo <= $p1
  MATCH (agency1)-[:SUCCEEDED_BY]->(successor1:Agency)
  WHERE agency1.code IN $p2 OR successor1.code IN $p2
  WITH agency1, successor1 ORDER BY agency1.code
  CALL (agency1) {
    MATCH (agency1)<-[:IMPLEMENTED_BY]-(measure3:Measure)
    WHERE EXISTS { (measure3)<-[:PRESCRIBES]-(rule2of:Memorandum) WHERE rule2of.effectiveFrom <= $p1 AND coalesce($p1 < rule2of.effectiveTo, true) AND NOT EXISTS { (rule2of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p1 } }
    WITH measure3 ORDER BY measure3.code
    RETURN collect({`code`: measure3.code}) AS list8
  }
  CALL (agency1) {
    MATCH (agency1)<-[:EXERCISED_BY]-(powerItem3:PowerItem)
    WITH powerItem3 ORDER BY powerItem3.code
    RETURN collect({`code`: powerItem3.code}) AS list9
  }
  RETURN collect({`on`: toString(agency1.validTo), `agency`: {`code`: agency1.code}, `successor`: {`code`: successor1.code}, `measures`: list8, `powerItems`: list9}) AS list7
}
CALL (list7) {
  OPTIONAL MATCH (agency2:Agency) WHERE agency2.code IN $p2
  RETURN count(agency2) > 0 AS known1
}
RETURN {`changes`: {`from`: toString($p0), `to`: toString($p1), `subjectCount`: count1, `cameIntoForce`: {`memoranda`: list1, `measures`: list2, `powerItems`: list3}, `fellAway`: {`memoranda`: list4, `measures`: list5, `powerItems`: list6}, `changedHands`: list7}} AS data, [known1] AS known
