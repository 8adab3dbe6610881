// changes
// {"p0": "2016-01-01", "p1": "2018-10-01", "p2": ["gd-cz"]}
CALL () {
  CALL () {
    MATCH (measure:Measure)
    WHERE measure.id > ''
    AND EXISTS { (measure)<-[:PRESCRIBES]-(rule2of:Memorandum) WHERE rule2of.effectiveFrom <= $p1 AND coalesce($p1 <
        rule2of.effectiveTo, true) AND NOT EXISTS { (rule2of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE
        rule2.effectiveFrom <= $p1 } }
    AND NOT (EXISTS { (measure)<-[:PRESCRIBES]-(rule2of:Memorandum) WHERE rule2of.effectiveFrom <= $p0 AND coalesce($p0
        < rule2of.effectiveTo, true) AND NOT EXISTS { (rule2of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE
        rule2.effectiveFrom <= $p0 } })
    AND EXISTS { (measure)-[:IMPLEMENTED_BY]->(concerned:Agency) WHERE concerned.code IN $p2 }
    MATCH (measure)<-[:PRESCRIBES]-(:Memorandum)-[:GOVERNS]->(list:CreditList)
    WHERE (list.color = 'RED') = (measure.nature = 'REWARD')
    UNWIND measure.targets AS target
    WITH list, collect(DISTINCT target) AS targets
    MATCH (list)<-[:ON_LIST]-(listing:Listing)<-[:HAS_LISTING]-(holder:Entity)
    WHERE listing.listedOn <= $p1 AND coalesce($p1 < listing.expiresOn, true) AND coalesce($p1 < listing.removedOn,
        true)
    CALL (holder, targets) {
      WITH holder WHERE holder.kind IN targets
      RETURN holder AS entity
      UNION ALL
      MATCH (holder)<-[affiliation:AFFILIATED_WITH]-(entity:Entity)
      WHERE affiliation.role IN targets AND affiliation.since <= $p1 AND coalesce($p1 < affiliation.until, true)
      RETURN entity
    }
    WITH DISTINCT entity, list
    WHERE NOT (list.color = 'RED' AND EXISTS { (entity)-[:HAS_LISTING]->(rule5:Listing)-[:ON_LIST]->(:CreditList {color:
        'BLACK'}) WHERE rule5.listedOn <= $p1 AND coalesce($p1 < rule5.expiresOn, true) AND coalesce($p1 <
        rule5.removedOn, true) })
    RETURN entity
    UNION
    MATCH (measure:Measure)
    WHERE measure.id > ''
    AND EXISTS { (measure)<-[:PRESCRIBES]-(rule2of:Memorandum) WHERE rule2of.effectiveFrom <= $p0 AND coalesce($p0 <
        rule2of.effectiveTo, true) AND NOT EXISTS { (rule2of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE
        rule2.effectiveFrom <= $p0 } }
    AND NOT (EXISTS { (measure)<-[:PRESCRIBES]-(rule2of:Memorandum) WHERE rule2of.effectiveFrom <= $p1 AND coalesce($p1
        < rule2of.effectiveTo, true) AND NOT EXISTS { (rule2of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE
        rule2.effectiveFrom <= $p1 } })
    AND EXISTS { (measure)-[:IMPLEMENTED_BY]->(concerned:Agency) WHERE concerned.code IN $p2 }
    MATCH (measure)<-[:PRESCRIBES]-(:Memorandum)-[:GOVERNS]->(list:CreditList)
    WHERE (list.color = 'RED') = (measure.nature = 'REWARD')
    UNWIND measure.targets AS target
    WITH list, collect(DISTINCT target) AS targets
    MATCH (list)<-[:ON_LIST]-(listing:Listing)<-[:HAS_LISTING]-(holder:Entity)
    WHERE listing.listedOn <= $p0 AND coalesce($p0 < listing.expiresOn, true) AND coalesce($p0 < listing.removedOn,
        true)
    CALL (holder, targets) {
      WITH holder WHERE holder.kind IN targets
      RETURN holder AS entity
      UNION ALL
      MATCH (holder)<-[affiliation:AFFILIATED_WITH]-(entity:Entity)
      WHERE affiliation.role IN targets AND affiliation.since <= $p0 AND coalesce($p0 < affiliation.until, true)
      RETURN entity
    }
    WITH DISTINCT entity, list
    WHERE NOT (list.color = 'RED' AND EXISTS { (entity)-[:HAS_LISTING]->(rule5:Listing)-[:ON_LIST]->(:CreditList {color:
        'BLACK'}) WHERE rule5.listedOn <= $p0 AND coalesce($p0 < rule5.expiresOn, true) AND coalesce($p0 <
        rule5.removedOn, true) })
    RETURN entity
  }
  RETURN count(entity) AS count_1
}
CALL (count_1) {
  MATCH (memorandum_1:Memorandum)
  WHERE memorandum_1.id > ''
  AND memorandum_1.effectiveFrom <= $p1 AND coalesce($p1 < memorandum_1.effectiveTo, true) AND NOT EXISTS {
      (memorandum_1)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p1 }
  AND NOT (memorandum_1.effectiveFrom <= $p0 AND coalesce($p0 < memorandum_1.effectiveTo, true) AND NOT EXISTS {
      (memorandum_1)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p0 })
  AND EXISTS { (memorandum_1)-[:SIGNED_BY]->(concerned:Agency) WHERE concerned.code IN $p2 }
  WITH memorandum_1 ORDER BY memorandum_1.code
  RETURN collect({`code`: memorandum_1.code}) AS list_1
}
CALL (list_1) {
  MATCH (measure_1:Measure)
  WHERE measure_1.id > ''
  AND EXISTS { (measure_1)<-[:PRESCRIBES]-(rule2of:Memorandum) WHERE rule2of.effectiveFrom <= $p1 AND coalesce($p1 <
      rule2of.effectiveTo, true) AND NOT EXISTS { (rule2of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom
      <= $p1 } }
  AND NOT (EXISTS { (measure_1)<-[:PRESCRIBES]-(rule2of:Memorandum) WHERE rule2of.effectiveFrom <= $p0 AND coalesce($p0
      < rule2of.effectiveTo, true) AND NOT EXISTS { (rule2of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE
      rule2.effectiveFrom <= $p0 } })
  AND EXISTS { (measure_1)-[:IMPLEMENTED_BY]->(concerned:Agency) WHERE concerned.code IN $p2 }
  WITH measure_1 ORDER BY measure_1.code
  RETURN collect({`code`: measure_1.code}) AS list_2
}
CALL (list_2) {
  MATCH (powerItem_1:PowerItem)
  WHERE powerItem_1.id > ''
  AND EXISTS { MATCH (rule11)-[:NAMES]->(:PowerItem)<-[:DEVOLVED_FROM*0..]-(powerItem_1:PowerItem) WHERE EXISTS {
      (rule11)<-[:PRESCRIBES]-(rule11of:Memorandum)-[:GOVERNS]->(:CreditList) WHERE rule11of.effectiveFrom <= $p1 AND
      coalesce($p1 < rule11of.effectiveTo, true) AND NOT EXISTS { (rule11of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE
      rule2.effectiveFrom <= $p1 } } }
  AND NOT (EXISTS { MATCH (rule11)-[:NAMES]->(:PowerItem)<-[:DEVOLVED_FROM*0..]-(powerItem_1:PowerItem) WHERE EXISTS {
      (rule11)<-[:PRESCRIBES]-(rule11of:Memorandum)-[:GOVERNS]->(:CreditList) WHERE rule11of.effectiveFrom <= $p0 AND
      coalesce($p0 < rule11of.effectiveTo, true) AND NOT EXISTS { (rule11of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE
      rule2.effectiveFrom <= $p0 } } })
  AND EXISTS { (powerItem_1)-[:EXERCISED_BY]->(concerned:Agency) WHERE concerned.code IN $p2 }
  WITH powerItem_1 ORDER BY powerItem_1.code
  RETURN collect({`code`: powerItem_1.code}) AS list_3
}
CALL (list_3) {
  MATCH (memorandum_2:Memorandum)
  WHERE memorandum_2.id > ''
  AND memorandum_2.effectiveFrom <= $p0 AND coalesce($p0 < memorandum_2.effectiveTo, true) AND NOT EXISTS {
      (memorandum_2)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p0 }
  AND NOT (memorandum_2.effectiveFrom <= $p1 AND coalesce($p1 < memorandum_2.effectiveTo, true) AND NOT EXISTS {
      (memorandum_2)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p1 })
  AND EXISTS { (memorandum_2)-[:SIGNED_BY]->(concerned:Agency) WHERE concerned.code IN $p2 }
  WITH memorandum_2 ORDER BY memorandum_2.code
  RETURN collect({`code`: memorandum_2.code}) AS list_4
}
CALL (list_4) {
  MATCH (measure_2:Measure)
  WHERE measure_2.id > ''
  AND EXISTS { (measure_2)<-[:PRESCRIBES]-(rule2of:Memorandum) WHERE rule2of.effectiveFrom <= $p0 AND coalesce($p0 <
      rule2of.effectiveTo, true) AND NOT EXISTS { (rule2of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom
      <= $p0 } }
  AND NOT (EXISTS { (measure_2)<-[:PRESCRIBES]-(rule2of:Memorandum) WHERE rule2of.effectiveFrom <= $p1 AND coalesce($p1
      < rule2of.effectiveTo, true) AND NOT EXISTS { (rule2of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE
      rule2.effectiveFrom <= $p1 } })
  AND EXISTS { (measure_2)-[:IMPLEMENTED_BY]->(concerned:Agency) WHERE concerned.code IN $p2 }
  WITH measure_2 ORDER BY measure_2.code
  RETURN collect({`code`: measure_2.code}) AS list_5
}
CALL (list_5) {
  MATCH (powerItem_2:PowerItem)
  WHERE powerItem_2.id > ''
  AND EXISTS { MATCH (rule11)-[:NAMES]->(:PowerItem)<-[:DEVOLVED_FROM*0..]-(powerItem_2:PowerItem) WHERE EXISTS {
      (rule11)<-[:PRESCRIBES]-(rule11of:Memorandum)-[:GOVERNS]->(:CreditList) WHERE rule11of.effectiveFrom <= $p0 AND
      coalesce($p0 < rule11of.effectiveTo, true) AND NOT EXISTS { (rule11of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE
      rule2.effectiveFrom <= $p0 } } }
  AND NOT (EXISTS { MATCH (rule11)-[:NAMES]->(:PowerItem)<-[:DEVOLVED_FROM*0..]-(powerItem_2:PowerItem) WHERE EXISTS {
      (rule11)<-[:PRESCRIBES]-(rule11of:Memorandum)-[:GOVERNS]->(:CreditList) WHERE rule11of.effectiveFrom <= $p1 AND
      coalesce($p1 < rule11of.effectiveTo, true) AND NOT EXISTS { (rule11of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE
      rule2.effectiveFrom <= $p1 } } })
  AND EXISTS { (powerItem_2)-[:EXERCISED_BY]->(concerned:Agency) WHERE concerned.code IN $p2 }
  WITH powerItem_2 ORDER BY powerItem_2.code
  RETURN collect({`code`: powerItem_2.code}) AS list_6
}
CALL (list_6) {
  MATCH (agency_1:Agency)
  WHERE agency_1.id > ''
  AND $p0 < agency_1.validTo AND agency_1.validTo <= $p1
  MATCH (agency_1)-[:SUCCEEDED_BY]->(successor_1:Agency)
  WHERE agency_1.code IN $p2 OR successor_1.code IN $p2
  WITH agency_1, successor_1 ORDER BY agency_1.code
  CALL (agency_1) {
    MATCH (agency_1)<-[:IMPLEMENTED_BY]-(measure_3:Measure)
    WHERE EXISTS { (measure_3)<-[:PRESCRIBES]-(rule2of:Memorandum) WHERE rule2of.effectiveFrom <= $p1 AND coalesce($p1 <
        rule2of.effectiveTo, true) AND NOT EXISTS { (rule2of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE
        rule2.effectiveFrom <= $p1 } }
    WITH measure_3 ORDER BY measure_3.code
    RETURN collect({`code`: measure_3.code}) AS list_8
  }
  CALL (agency_1) {
    MATCH (agency_1)<-[:EXERCISED_BY]-(powerItem_3:PowerItem)
    WITH powerItem_3 ORDER BY powerItem_3.code
    RETURN collect({`code`: powerItem_3.code}) AS list_9
  }
  RETURN collect({`on`: toString(agency_1.validTo), `agency`: {`code`: agency_1.code}, `successor`: {`code`:
      successor_1.code}, `measures`: list_8, `powerItems`: list_9}) AS list_7
}
CALL (list_7) {
  OPTIONAL MATCH (agency_2:Agency) WHERE agency_2.code IN $p2
  RETURN count(agency_2) > 0 AS known_1
}
RETURN {`changes`: {`from`: toString($p0), `to`: toString($p1), `subjectCount`: count_1, `cameIntoForce`: {`memoranda`:
    list_1, `measures`: list_2, `powerItems`: list_3}, `fellAway`: {`memoranda`: list_4, `measures`: list_5,
    `powerItems`: list_6}, `changedHands`: list_7}} AS data, [known_1] AS known
