// shortestPath
// {"p0": 6, "p1": ["pi-gd-ga-01"], "p2": ["list-sxbzxr"]}
CALL () {
  CALL () {
    MATCH (from_1:PowerItem) WHERE from_1.code IN $p1
    RETURN from_1
  }
  CALL (from_1) {
    MATCH (to_1:CreditList) WHERE to_1.code IN $p2
    RETURN to_1
  }
  MATCH path = ALL SHORTEST (from_1)
      ((a)-[:SUBORDINATE_TO|SUCCEEDED_BY|SIGNED_BY|SUPERSEDES|GOVERNS|PRESCRIBES|RECOGNIZED_BY|IMPLEMENTED_BY|NAMES|EMBEDDED_IN|EXERCISED_BY|DEVOLVED_FROM]-(b)
      WHERE (a = from_1 OR a:Memorandum|Measure|PowerItem|CreditList|Agency) AND (b = to_1 OR
      b:Memorandum|Measure|PowerItem|CreditList|Agency)){0,10} (to_1)
  WITH path WHERE length(path) <= $p0
  WITH nodes(path) AS nodes, [edge IN relationships(path) | type(edge)] AS words ORDER BY [node IN nodes(path) |
      node.id], words LIMIT 1
  CALL (nodes, words) {
    UNWIND range(0, size(words)) AS place
    WITH nodes[place] AS node_1, CASE place WHEN 0 THEN null ELSE words[place - 1] END AS word, place ORDER BY place
    CALL (node_1) {
      MATCH (node_1)-[:SIGNED_BY]->(agency_1:Agency)
      WITH agency_1 ORDER BY agency_1.code
      RETURN collect({`code`: agency_1.code}) AS list_1
    }
    RETURN collect({`relationship`: word, `node`: CASE WHEN node_1:Memorandum THEN {`id`: node_1.id, `title`:
        node_1.title, `signatories`: list_1, `__typename`: 'Memorandum'} WHEN node_1:Measure THEN {`id`: node_1.id,
        `__typename`: 'Measure'} WHEN node_1:PowerItem THEN {`id`: node_1.id, `__typename`: 'PowerItem'} WHEN
        node_1:CreditList THEN {`id`: node_1.id, `__typename`: 'CreditList'} WHEN node_1:Agency THEN {`id`: node_1.id,
        `name`: node_1.name, `__typename`: 'Agency'} WHEN node_1:Region THEN {`id`: node_1.id, `__typename`: 'Region'}
        WHEN node_1:Division THEN {`id`: node_1.id, `__typename`: 'Division'} WHEN node_1:Listing THEN {`id`: node_1.id,
        `__typename`: 'Listing'} WHEN node_1:Entity THEN {`id`: node_1.id, `__typename`: 'Entity'} END}) AS steps_1
  }
  RETURN collect({`length`: size(words), `steps`: steps_1})[0] AS one_1
}
CALL (one_1) {
  OPTIONAL MATCH (powerItem_1:PowerItem) WHERE powerItem_1.code IN $p1
  RETURN count(powerItem_1) > 0 AS known_1
}
CALL (known_1) {
  OPTIONAL MATCH (creditList_1:CreditList) WHERE creditList_1.code IN $p2
  RETURN count(creditList_1) > 0 AS known_2
}
RETURN {`shortestPath`: one_1} AS data, [known_1, known_2] AS known
