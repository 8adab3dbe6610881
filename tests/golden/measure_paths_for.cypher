// measurePathsFor
// {"p0": [[["91440000XXXX00019F"], [], []], [["91440000XXXX00027A"], [], []]], "p1": ["gd-cz"], "p2": 2, "p3": 3, "p4":
    "2018-10-01"}
CALL () {
  UNWIND $p0 AS row
  CALL (row) {
    CALL (row) {
      MATCH (entity_1:Entity) WHERE entity_1.key IN row[0]
      RETURN entity_1
    }
    CALL (entity_1) {
      WITH entity_1 AS subject
      CALL (subject) {
        MATCH (subject)-[:HAS_LISTING]->(listing:Listing)-[:ON_LIST]->(list:CreditList)
        WHERE listing.listedOn <= $p4 AND coalesce($p4 < listing.expiresOn, true) AND coalesce($p4 < listing.removedOn,
            true)
        RETURN 'DIRECT' AS via, listing, list, null AS affiliation, null AS organization, subject.kind AS target
        UNION ALL
        MATCH (subject)-[affiliation:AFFILIATED_WITH]->(organization:Entity)
        WHERE affiliation.since <= $p4 AND coalesce($p4 < affiliation.until, true)
        MATCH (organization)-[:HAS_LISTING]->(listing:Listing)-[:ON_LIST]->(list:CreditList)
        WHERE listing.listedOn <= $p4 AND coalesce($p4 < listing.expiresOn, true) AND coalesce($p4 < listing.removedOn,
            true)
        RETURN 'AFFILIATED' AS via, listing, list, affiliation, organization, affiliation.role AS target
      }
      MATCH (list)<-[:GOVERNS]-(memorandum:Memorandum)
      WHERE memorandum.effectiveFrom <= $p4 AND coalesce($p4 < memorandum.effectiveTo, true) AND NOT EXISTS {
          (memorandum)<-[:SUPERSEDES]-(rule2:Memorandum) WHERE rule2.effectiveFrom <= $p4 }
        AND NOT (list.color = 'RED' AND EXISTS { (subject)-[:HAS_LISTING]->(rule5:Listing)-[:ON_LIST]->(:CreditList
            {color: 'BLACK'}) WHERE rule5.listedOn <= $p4 AND coalesce($p4 < rule5.expiresOn, true) AND coalesce($p4 <
            rule5.removedOn, true) })
      MATCH (memorandum)-[:PRESCRIBES]->(measure:Measure)
      WHERE target IN measure.targets
        AND (list.color = 'RED') = (measure.nature = 'REWARD')
      CALL (measure) {
        MATCH (measure)-[:NAMES]->(:PowerItem)<-[:DEVOLVED_FROM*0..]-(item:PowerItem)
        WITH DISTINCT item
        MATCH (item)-[:EXERCISED_BY]->(agency:Agency)
        OPTIONAL MATCH (item)-[:HANDLED_BY]->(division:Division)
        RETURN item, division, agency
        UNION ALL
        MATCH (measure)-[:IMPLEMENTED_BY]->(agency:Agency)
        WHERE NOT EXISTS { (measure)-[:NAMES]->() }
        RETURN null AS item, null AS division, agency
      }
      WITH * WHERE agency.code IN $p1
      WITH {subject: subject, via: via, listing: listing, list: list, memorandum: memorandum, affiliation: affiliation,
          organization: organization, measure: measure, item: item, division: division, agency: agency} AS row ORDER BY
          listing.id, memorandum.id, measure.id, coalesce(item.id, ''), agency.id, coalesce(affiliation.role, ''),
          coalesce(toString(affiliation.since), '')
      WITH collect(row) AS rows
      WITH size(rows) AS total, rows[..$p3] AS page
      WITH total, page[..$p2] AS page, size(page) > $p2 AS more
      CALL (page) {
        UNWIND page AS row
        WITH row.subject AS subject_1, row.via AS via_1, row.listing AS listing_1, row.list AS list_2, row.memorandum AS
            memorandum_1, row.affiliation AS affiliation_1, row.organization AS organization_1, row.measure AS
            measure_1, row.item AS item_1, row.division AS division_1, row.agency AS agency_1
        RETURN collect({`measure`: {`code`: measure_1.code}, `powerItem`: CASE WHEN item_1 IS NULL THEN null ELSE
            {`code`: item_1.code} END, `agency`: {`code`: agency_1.code}, `steps`: [step IN [{`relationship`: null,
            `node`: {`id`: subject_1.id, `__typename`: 'Entity'}}, CASE WHEN organization_1 IS NULL THEN null ELSE
            {`relationship`: 'AFFILIATED_WITH', `node`: {`id`: organization_1.id, `__typename`: 'Entity'}} END,
            {`relationship`: 'HAS_LISTING', `node`: {`id`: listing_1.id, `__typename`: 'Listing'}}, {`relationship`:
            'ON_LIST', `node`: {`id`: list_2.id, `__typename`: 'CreditList'}}, {`relationship`: 'GOVERNS', `node`:
            {`id`: memorandum_1.id, `__typename`: 'Memorandum'}}, {`relationship`: 'PRESCRIBES', `node`: {`id`:
            measure_1.id, `__typename`: 'Measure'}}, CASE WHEN item_1 IS NULL THEN null ELSE {`relationship`: 'GATES',
            `node`: {`id`: item_1.id, `__typename`: 'PowerItem'}} END, CASE WHEN division_1 IS NULL THEN null ELSE
            {`relationship`: 'HANDLED_BY', `node`: {`id`: division_1.id, `__typename`: 'Division'}} END,
            {`relationship`: CASE WHEN division_1 IS NOT NULL THEN 'DIVISION_OF' WHEN item_1 IS NOT NULL THEN
            'EXERCISED_BY' ELSE 'IMPLEMENTED_BY' END, `node`: {`id`: agency_1.id, `__typename`: 'Agency'}}] WHERE step
            IS NOT NULL]}) AS nodes_1
      }
      RETURN {`totalCount`: total, `nodes`: nodes_1} AS connection_1
    }
    RETURN collect(connection_1)[0] AS one_1
  }
  RETURN [held IN collect([one_1]) | held[0]] AS list_1
}
CALL (list_1) {
  OPTIONAL MATCH (agency_2:Agency) WHERE agency_2.code IN $p1
  RETURN count(agency_2) > 0 AS known_1
}
RETURN {`measurePathsFor`: list_1} AS data, [known_1] AS known
