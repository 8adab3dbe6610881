// agencyOverview
// {"p0": ["gd-cz"], "p1": "2018-10-01", "p2": 1, "p3": 2, "p4": 5, "p5": 6}
CALL () {
  MATCH (agency_1:Agency) WHERE agency_1.code IN $p0
  CALL (agency_1) {
    MATCH (agency_1)<-[:SIGNED_BY]-(memorandum_1:Memorandum)
    WHERE memorandum_1.effectiveFrom <= $p1 AND coalesce($p1 < memorandum_1.effectiveTo, true) AND NOT EXISTS {
        (memorandum_1)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p1 }
    WITH memorandum_1 ORDER BY memorandum_1.code
    RETURN collect({`code`: memorandum_1.code}) AS list_1
  }
  CALL (agency_1) {
    MATCH (agency_1)<-[:IMPLEMENTED_BY]-(node:Measure)
    WHERE EXISTS { (node)<-[:PRESCRIBES]-(rule2of:Memorandum) WHERE rule2of.effectiveFrom <= $p1 AND coalesce($p1 <
        rule2of.effectiveTo, true) AND NOT EXISTS { (rule2of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE
        rule2.effectiveFrom <= $p1 } }
    WITH node.nature AS value, count(*) AS count
    WITH value AS value_1, count AS count_1 ORDER BY count DESC, value
    RETURN collect({`nature`: value_1, `count`: count_1}) AS list_2
  }
  CALL (agency_1) {
    MATCH (agency_1)<-[:IMPLEMENTED_BY]-(node:Measure)
    WHERE EXISTS { (node)<-[:PRESCRIBES]-(rule2of:Memorandum) WHERE rule2of.effectiveFrom <= $p1 AND coalesce($p1 <
        rule2of.effectiveTo, true) AND NOT EXISTS { (rule2of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE
        rule2.effectiveFrom <= $p1 } }
    WITH node.category AS value, count(*) AS count
    WITH value AS value_2, count AS count_2 ORDER BY count DESC, value
    RETURN collect({`category`: value_2, `count`: count_2}) AS list_3
  }
  CALL (agency_1) {
    MATCH (agency_1)<-[:EXERCISED_BY]-(node:PowerItem)
    WITH node.scene AS value, count(*) AS count
    WITH value AS value_3, count AS count_3 ORDER BY count DESC, value
    RETURN collect({`scene`: value_3, `count`: count_3}) AS list_4
  }
  CALL (list_4) {
    MATCH (agency_2:Agency) WHERE agency_2.code IN $p0
    MATCH (agency_2)<-[:EXERCISED_BY]-(item:PowerItem)
    WITH item, EXISTS { MATCH (rule11)-[:NAMES]->(:PowerItem)<-[:DEVOLVED_FROM*0..]-(item:PowerItem) WHERE EXISTS {
        (rule11)<-[:PRESCRIBES]-(rule11of:Memorandum)-[:GOVERNS]->(:CreditList) WHERE rule11of.effectiveFrom <= $p1 AND
        coalesce($p1 < rule11of.effectiveTo, true) AND NOT EXISTS { (rule11of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE
        rule2.effectiveFrom <= $p1 } } } AS covered
    WITH item, covered, covered AND EXISTS { MATCH (item)<-[rule11at:EMBEDDED_IN]-(rule11:Measure) WHERE rule11at.status
        = 'LIVE' AND rule11at.since <= $p1 AND EXISTS {
        (rule11)<-[:PRESCRIBES]-(rule11of:Memorandum)-[:GOVERNS]->(:CreditList) WHERE rule11of.effectiveFrom <= $p1 AND
        coalesce($p1 < rule11of.effectiveTo, true) AND NOT EXISTS { (rule11of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE
        rule2.effectiveFrom <= $p1 } } AND EXISTS {
        (rule11)-[:NAMES]->(:PowerItem)<-[:DEVOLVED_FROM*0..]-(item:PowerItem) } } AS embedded
    RETURN collect({item: item, covered: covered, embedded: embedded}) AS items_1
  }
  CALL (items_1) {
    UNWIND items_1 AS found
    WITH found.item AS self WHERE NOT found.covered
    WITH {self: self} AS row ORDER BY self.id LIMIT $p3
    WITH collect(row) AS page
    WITH page[..$p2] AS page, size(page) > $p2 AS more
    CALL (page) {
      UNWIND page AS row
      WITH row.self AS self_1
      RETURN collect({`code`: self_1.code}) AS nodes_1
    }
    RETURN {`nodes`: nodes_1} AS connection_1
  }
  CALL (connection_1) {
    MATCH (agency_3:Agency) WHERE agency_3.code IN $p0
    MATCH (agency_3)<-[:IMPLEMENTED_BY]-(measure_1:Measure)
    WHERE EXISTS { (measure_1)<-[:PRESCRIBES]-(rule2of:Memorandum) WHERE rule2of.effectiveFrom <= $p1 AND coalesce($p1 <
        rule2of.effectiveTo, true) AND NOT EXISTS { (rule2of)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE
        rule2.effectiveFrom <= $p1 } } AND NOT EXISTS { (measure_1)-[:NAMES]->() }
    WITH measure_1 ORDER BY measure_1.code
    RETURN collect({`code`: measure_1.code}) AS list_5
  }
  CALL (list_5) {
    MATCH (agency_4:Agency) WHERE agency_4.code IN $p0
    MATCH (agency_4)<-[:RECOGNIZED_BY]-(creditList_1:CreditList)
    WHERE NOT EXISTS { (creditList_1)<-[:GOVERNS]-(governing:Memorandum) WHERE governing.effectiveFrom <= $p1 AND
        coalesce($p1 < governing.effectiveTo, true) AND NOT EXISTS { (governing)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE
        rule2.effectiveFrom <= $p1 } }
    WITH creditList_1 ORDER BY creditList_1.code
    RETURN collect({`code`: creditList_1.code}) AS list_6
  }
  CALL (agency_1) {
    MATCH (agency_1)<-[:IMPLEMENTED_BY]-(measure:Measure)<-[:PRESCRIBES]-(memorandum:Memorandum)
    WITH memorandum, collect(DISTINCT measure.nature) AS natures
    WHERE memorandum.effectiveFrom <= $p1 AND coalesce($p1 < memorandum.effectiveTo, true) AND NOT EXISTS {
        (memorandum)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p1 }
    MATCH (memorandum)-[:GOVERNS]->(list:CreditList)
    WHERE any(nature IN natures WHERE (list.color = 'RED') = (nature = 'REWARD'))
    WITH DISTINCT list
    WITH list AS list_8 ORDER BY list.code
    RETURN collect({`code`: list_8.code, `color`: list_8.color}) AS list_7
  }
  CALL (agency_1) {
    CALL (agency_1) {
      MATCH (agency_1)<-[:SIGNED_BY]-(memorandum:Memorandum)
      WHERE memorandum.effectiveFrom <= $p1 AND coalesce($p1 < memorandum.effectiveTo, true) AND NOT EXISTS {
          (memorandum)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p1 }
      MATCH (memorandum)-[:SIGNED_BY]->(other:Agency)
      WHERE other <> agency_1
      RETURN other, memorandum, null AS measure
      UNION ALL
      MATCH (agency_1)<-[:IMPLEMENTED_BY]-(measure:Measure)
      MATCH (measure)<-[:PRESCRIBES]-(memorandum:Memorandum)
      WITH agency_1, memorandum, collect(measure) AS measures
      WHERE memorandum.effectiveFrom <= $p1 AND coalesce($p1 < memorandum.effectiveTo, true) AND NOT EXISTS {
          (memorandum)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p1 }
      UNWIND measures AS measure
      MATCH (measure)-[:IMPLEMENTED_BY]->(other:Agency)
      WHERE other <> agency_1
      RETURN other, null AS memorandum, measure
    }
    WITH agency_1, other, collect(DISTINCT memorandum) AS memoranda, count(DISTINCT measure) AS sharedMeasures
    WITH {other: other, memoranda: memoranda, sharedMeasures: sharedMeasures} AS row ORDER BY toString(2000000000 -
        size(memoranda)), toString(2000000000 - sharedMeasures), other.id LIMIT $p5
    WITH collect(row) AS page
    WITH page[..$p4] AS page, size(page) > $p4 AS more
    CALL (page) {
      UNWIND page AS row
      WITH row.other AS other_1, row.memoranda AS memoranda_1, row.sharedMeasures AS sharedMeasures_1
      RETURN collect({`agency`: {`code`: other_1.code}, `sharedMemoranda`: size(memoranda_1), `sharedMeasures`:
          sharedMeasures_1}) AS nodes_2
    }
    RETURN {`nodes`: nodes_2, `pageInfo`: {`endCursor`: [row IN page[-1..] | toString(2000000000 - size(row.memoranda))
        + '.' + toString(2000000000 - row.sharedMeasures) + '.' + row.other.id][0]}} AS connection_2
  }
  RETURN collect({`agency`: {`name`: agency_1.name}, `memoranda`: list_1, `measuresByNature`: list_2,
      `measuresByCategory`: list_3, `itemsByScene`: list_4, `coverage`: {`powerItemCount`: size([row IN items_1 WHERE
      true]), `coveredCount`: size([row IN items_1 WHERE row.covered]), `uncoveredPowerItems`: connection_1,
      `measuresWithoutPowerItems`: list_5, `listsWithoutMemoranda`: list_6}, `lists`: list_7, `links`: connection_2})[0]
      AS one_1
}
RETURN {`agencyOverview`: one_1} AS data, [] AS known
