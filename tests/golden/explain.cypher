// explain
// {"p0": ["91440000XXXX00019F"], "p1": ["sx-2016-01"], "p2": "2018-10-01", "p3": {"RED": "红", "BLACK": "黑", "REWARD":
    "激励", "ASSISTANCE": "协助", "PUBLICITY": "公示", "SUPERVISION": "监管", "REFERENCE": "参考", "RESTRICTION": "限制",
    "PROHIBITION": "禁止", "LEGAL_PERSON": "法人", "INDIVIDUAL_BUSINESS": "个体工商户", "UNINCORPORATED_ORGANIZATION": "非法人组织",
    "NATURAL_PERSON": "自然人", "LEGAL_REPRESENTATIVE": "法定代表人", "ACTUAL_CONTROLLER": "实际控制人", "EXECUTIVE": "董事、监事、高级管理人员",
    "DIRECTLY_RESPONSIBLE": "直接责任人员"}, "p4": {"IN_FORCE": ["备忘录自", "{date}", "起有效"], "NOT_YET_IN_FORCE": ["备忘录自",
    "{date}", "起才施行"], "NO_LONGER_IN_FORCE": ["备忘录已于", "{date}", "失效"], "SUPERSEDED": ["备忘录自", "{date}", "起被《",
    "{title}", "》替代"], "GOVERNS_A_LIST": ["备忘录适用于红黑名单"], "GOVERNS_NO_LIST": ["备忘录没有对应的红黑名单"], "LISTED":
    ["主体或其任职、控制的机构曾列入该备忘录适用的名单"], "NOT_LISTED": ["主体及其任职、控制的机构从未列入该备忘录适用的名单"], "NOT_A_REWARD": ["该措施不是激励措施，不受黑名单排除"],
    "NOT_BLACK": ["主体自身没有有效的黑名单记录"], "BLACK_BEATS_RED": ["主体自身有有效的黑名单记录（", "{number}", "），不适用激励措施"], "ACTIVE": ["名单记录自",
    "{date}", "起有效"], "NOT_YET_LISTED": ["名单记录自", "{date}", "起才生效"], "EXPIRED": ["名单记录已于", "{date}", "到期"], "REMOVED":
    ["名单记录已于", "{date}", "移出"], "ROLE_HELD": ["该任职或控制关系自", "{date}", "起成立"], "ROLE_NOT_YET_HELD": ["该任职或控制关系自",
    "{date}", "起才成立"], "ROLE_ENDED": ["该任职或控制关系已于", "{date}", "终止"], "TARGETED": ["措施对象包括", "{actual}"], "NOT_TARGETED":
    ["措施对象为", "{expected}", "，此处为", "{actual}"], "COLOR_FITS": ["{actual}", "名单适用", "{expected}", "性质的措施"],
    "COLOR_DOES_NOT_FIT": ["{actual}", "名单不适用", "{expected}", "性质的措施"]}}
CALL () {
  MATCH (measure:Measure)<-[:PRESCRIBES]-(memorandum:Memorandum)
  WHERE measure.code IN $p1
  CALL (measure) {
    MATCH (entity:Entity) WHERE entity.key IN $p0
    RETURN entity
  }
  CALL (memorandum) {
    OPTIONAL MATCH (memorandum)<-[:SUPERSEDES]-(superseder:Memorandum) WHERE superseder.effectiveFrom <= $p2
    RETURN superseder ORDER BY superseder.code LIMIT 1
  }
  CALL (entity) {
    OPTIONAL MATCH (entity)-[:HAS_LISTING]->(black:Listing)-[:ON_LIST]->(:CreditList {color: 'BLACK'}) WHERE
        black.listedOn <= $p2 AND coalesce($p2 < black.expiresOn, true) AND coalesce($p2 < black.removedOn, true)
    RETURN black ORDER BY black.listingNo LIMIT 1
  }
  CALL (entity, memorandum, measure) {
    CALL (entity) {
      MATCH (entity)-[:HAS_LISTING]->(listing:Listing)-[:ON_LIST]->(list:CreditList)
      RETURN 'DIRECT' AS via, listing, list, null AS affiliation, null AS organization, entity.kind AS target
      UNION ALL
      MATCH (entity)-[affiliation:AFFILIATED_WITH]->(organization:Entity)
      MATCH (organization)-[:HAS_LISTING]->(listing:Listing)-[:ON_LIST]->(list:CreditList)
      RETURN 'AFFILIATED' AS via, listing, list, affiliation, organization, affiliation.role AS target
    }
    WITH * WHERE EXISTS { (memorandum)-[:GOVERNS]->(list) }
    WITH *, [check IN [{rule: 1, holds: listing.listedOn <= $p2 AND coalesce($p2 < listing.expiresOn, true) AND
        coalesce($p2 < listing.removedOn, true), fact: CASE WHEN $p2 < listing.listedOn THEN 'NOT_YET_LISTED' WHEN
        listing.expiresOn <= $p2 THEN 'EXPIRED' WHEN listing.removedOn <= $p2 THEN 'REMOVED' ELSE 'ACTIVE' END, date:
        CASE WHEN $p2 < listing.listedOn THEN listing.listedOn WHEN listing.expiresOn <= $p2 THEN listing.expiresOn WHEN
        listing.removedOn <= $p2 THEN listing.removedOn ELSE listing.listedOn END}, CASE WHEN affiliation IS NOT NULL
        THEN {rule: 4, holds: affiliation.since <= $p2 AND coalesce($p2 < affiliation.until, true), fact: CASE WHEN $p2
        < affiliation.since THEN 'ROLE_NOT_YET_HELD' WHEN affiliation.until <= $p2 THEN 'ROLE_ENDED' ELSE 'ROLE_HELD'
        END, date: CASE WHEN $p2 < affiliation.since THEN affiliation.since WHEN affiliation.until <= $p2 THEN
        affiliation.until ELSE affiliation.since END} END, {rule: 3, holds: target IN measure.targets, fact: CASE WHEN
        target IN measure.targets THEN 'TARGETED' ELSE 'NOT_TARGETED' END, expected: measure.targets, actual: target},
        {rule: 3, holds: (list.color = 'RED') = (measure.nature = 'REWARD'), fact: CASE WHEN (list.color = 'RED') =
        (measure.nature = 'REWARD') THEN 'COLOR_FITS' ELSE 'COLOR_DOES_NOT_FIT' END, expected: [measure.nature], actual:
        list.color}] WHERE check IS NOT NULL] AS checks
    WITH *, all(check IN checks WHERE check.holds) AS holds ORDER BY via DESC, listing.listingNo, memorandum.code,
        affiliation.role, organization.key, affiliation.since
    RETURN collect({via: via, listing: listing, list: list, affiliation: affiliation, organization: organization, holds:
        holds, checks: checks}) AS attempts
  }
  WITH entity, measure, attempts, [{rule: 2, holds: memorandum.effectiveFrom <= $p2 AND coalesce($p2 <
      memorandum.effectiveTo, true) AND NOT EXISTS { (memorandum)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE
      rule2.effectiveFrom <= $p2 }, fact: CASE WHEN $p2 < memorandum.effectiveFrom THEN 'NOT_YET_IN_FORCE' WHEN
      memorandum.effectiveTo <= $p2 THEN 'NO_LONGER_IN_FORCE' WHEN superseder IS NOT NULL THEN 'SUPERSEDED' ELSE
      'IN_FORCE' END, date: CASE WHEN $p2 < memorandum.effectiveFrom THEN memorandum.effectiveFrom WHEN
      memorandum.effectiveTo <= $p2 THEN memorandum.effectiveTo WHEN superseder IS NOT NULL THEN
      superseder.effectiveFrom ELSE memorandum.effectiveFrom END, memorandum: CASE WHEN CASE WHEN $p2 <
      memorandum.effectiveFrom THEN 'NOT_YET_IN_FORCE' WHEN memorandum.effectiveTo <= $p2 THEN 'NO_LONGER_IN_FORCE' WHEN
      superseder IS NOT NULL THEN 'SUPERSEDED' ELSE 'IN_FORCE' END = 'SUPERSEDED' THEN superseder END}, {rule: 3, holds:
      EXISTS { (memorandum)-[:GOVERNS]->(:CreditList) }, fact: CASE WHEN EXISTS { (memorandum)-[:GOVERNS]->(:CreditList)
      } THEN 'GOVERNS_A_LIST' ELSE 'GOVERNS_NO_LIST' END}, {rule: 3, holds: size(attempts) > 0, fact: CASE WHEN
      size(attempts) > 0 THEN 'LISTED' ELSE 'NOT_LISTED' END}, {rule: 5, holds: NOT (measure.nature = 'REWARD' AND black
      IS NOT NULL), fact: CASE WHEN NOT measure.nature = 'REWARD' THEN 'NOT_A_REWARD' WHEN black IS NULL THEN
      'NOT_BLACK' ELSE 'BLACK_BEATS_RED' END, listing: CASE WHEN measure.nature = 'REWARD' AND black IS NOT NULL THEN
      black END}] AS checks
  WITH *, all(check IN checks WHERE check.holds) AND any(attempt IN attempts WHERE attempt.holds) AS applies
  WITH entity AS entity_1, measure AS measure_1, applies AS applies_1, checks AS checks_1, attempts AS attempts_1
  CALL (checks_1) {
    UNWIND range(0, size(checks_1) - 1) AS place_1
    WITH place_1, checks_1[place_1].rule AS rule_1, checks_1[place_1].holds AS holds_1, checks_1[place_1].fact AS
        fact_1, checks_1[place_1].date AS date_1, checks_1[place_1].memorandum AS memorandum_1,
        checks_1[place_1].listing AS listing_1, checks_1[place_1].expected AS expected_1, checks_1[place_1].actual AS
        actual_1
    WITH rule_1, holds_1, fact_1, date_1, memorandum_1, listing_1, expected_1, actual_1, place_1 ORDER BY place_1
    RETURN collect({`rule`: rule_1, `holds`: holds_1, `fact`: fact_1, `date`: toString(date_1), `sentence`: reduce(text
        = '', piece IN $p4[fact_1] | text + CASE piece WHEN '{date}' THEN toString(date_1) WHEN '{title}' THEN
        memorandum_1.title WHEN '{number}' THEN listing_1.listingNo WHEN '{actual}' THEN $p3[actual_1] WHEN '{expected}'
        THEN substring(reduce(listed = '', word IN expected_1 | listed + '、' + $p3[word]), 1) ELSE piece END),
        `memorandum`: CASE WHEN memorandum_1 IS NULL THEN null ELSE {`code`: memorandum_1.code} END, `listing`: CASE
        WHEN listing_1 IS NULL THEN null ELSE {`listingNo`: listing_1.listingNo} END}) AS list_1
  }
  CALL (attempts_1) {
    UNWIND range(0, size(attempts_1) - 1) AS place_2
    WITH place_2, attempts_1[place_2].via AS via_1, attempts_1[place_2].listing AS listing_2, attempts_1[place_2].list
        AS list_2, attempts_1[place_2].affiliation AS affiliation_1, attempts_1[place_2].organization AS organization_1,
        attempts_1[place_2].holds AS holds_2, attempts_1[place_2].checks AS checks_2
    WITH via_1, listing_2, list_2, affiliation_1, organization_1, holds_2, checks_2, place_2 ORDER BY place_2
    CALL (checks_2) {
      UNWIND range(0, size(checks_2) - 1) AS place_3
      WITH place_3, checks_2[place_3].rule AS rule_2, checks_2[place_3].holds AS holds_3, checks_2[place_3].fact AS
          fact_2, checks_2[place_3].date AS date_2, checks_2[place_3].memorandum AS memorandum_2,
          checks_2[place_3].listing AS listing_3, checks_2[place_3].expected AS expected_2, checks_2[place_3].actual AS
          actual_2
      WITH rule_2, holds_3, fact_2, date_2, memorandum_2, listing_3, expected_2, actual_2, place_3 ORDER BY place_3
      RETURN collect({`rule`: rule_2, `holds`: holds_3, `fact`: fact_2, `date`: toString(date_2), `sentence`:
          reduce(text = '', piece IN $p4[fact_2] | text + CASE piece WHEN '{date}' THEN toString(date_2) WHEN '{title}'
          THEN memorandum_2.title WHEN '{number}' THEN listing_3.listingNo WHEN '{actual}' THEN $p3[actual_2] WHEN
          '{expected}' THEN substring(reduce(listed = '', word IN expected_2 | listed + '、' + $p3[word]), 1) ELSE piece
          END)}) AS list_4
    }
    RETURN collect({`via`: via_1, `holds`: holds_2, `listing`: {`listingNo`: listing_2.listingNo}, `list`: {`code`:
        list_2.code}, `affiliation`: CASE WHEN affiliation_1 IS NULL THEN null ELSE {`role`: affiliation_1.role,
        `organization`: {`name`: organization_1.name}} END, `checks`: list_4}) AS list_3
  }
  RETURN collect({`applies`: applies_1, `subject`: {`name`: entity_1.name}, `measure`: {`code`: measure_1.code},
      `checks`: list_1, `attempts`: list_3})[0] AS one_1
}
CALL (one_1) {
  OPTIONAL MATCH (entity_2:Entity) WHERE entity_2.key IN $p0
  RETURN count(entity_2) > 0 AS known_1
}
CALL (known_1) {
  OPTIONAL MATCH (measure_2:Measure) WHERE measure_2.code IN $p1
  RETURN count(measure_2) > 0 AS known_2
}
RETURN {`explain`: one_1} AS data, [known_1, known_2] AS known
