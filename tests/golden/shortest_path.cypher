// shortestPath
// {"p0": 6, "p1": ["pi-gd-ga-01"], "p2": ["list-sxbzxr"]}
CALL () {
  CALL () {
    MATCH (from1:PowerItem) WHERE from1.code IN $p1
    RETURN from1
  }
  CALL (from1) {
    MATCH (to1:CreditList) WHERE to1.code IN $p2
    RETURN to1
  }
  MATCH path = ALL SHORTEST (from1) ((a)-[:SUBORDINATE_TO|SUCCEEDED_BY|SIGNED_BY|SUPERSEDES|GOVERNS|PRESCRIBES|RECOGNIZED_BY|IMPLEMENTED_BY|NAMES|EMBEDDED_IN|EXERCISED_BY|DEVOLVED_FROM]-(b) WHERE (a = from1 OR a:Memorandum|Measure|PowerItem|CreditList|Agency) AND (b = to1 OR b:Memorandum|Measure|PowerItem|CreditList|Agency)){0,10} (to1)
  WITH path WHERE length(path) <= $p0
  WITH nodes(path) AS nodes, [edge IN relationships(path) | type(edge)] AS words ORDER BY [node IN nodes(path) | node.id], words LIMIT 1
  CALL (nodes, words) {
    UNWIND range(0, size(words)) AS place
    WITH nodes[place] AS node1, CASE place WHEN 0 THEN null ELSE words[place - 1] END AS word, place ORDER BY place
    CALL (node1) {
      MATCH (node1)-[:SIGNED_BY]->(agency1:Agency)
      WITH agency1 ORDER BY agency1.code
      RETURN collect({`code`: agency1.code}) AS list1
    }
    RETURN collect({`relationship`: word, `node`: CASE WHEN node1:Memorandum THEN {`id`: node1.id, `title`: node1.title, `signatories`: list1, `__typename`: 'Memorandum'} WHEN node1:Measure THEN {`id`: node1.id, `__typename`: 'Measure'} WHEN node1:PowerItem THEN {`id`: node1.id, `__typename`: 'PowerItem'} WHEN node1:CreditList THEN {`id`: node1.id, `__typename`: 'CreditList'} WHEN node1:Agency THEN {`id`: node1.id, `name`: node1.name, `__typename`: 'Agency'} WHEN node1:Region THEN {`id`: node1.id, `__typename`: 'Region'} WHEN node1:Division THEN {`id`: node1.id, `__typename`: 'Division'} WHEN node1:Listing THEN {`id`: node1.id, `__typename`: 'Listing'} WHEN node1:Entity THEN {`id`: node1.id, `__typename`: 'Entity'} END}) AS steps1
  }
  RETURN collect({`length`: size(words), `steps`: steps1})[0] AS one1
}
CALL (one1) {
  OPTIONAL MATCH (powerItem1:PowerItem) WHERE powerItem1.code IN $p1
  RETURN count(powerItem1) > 0 AS known1
}
CALL (known1) {
  OPTIONAL MATCH (creditList1:CreditList) WHERE creditList1.code IN $p2
  RETURN count(creditList1) > 0 AS known2
}
RETURN {`shortestPath`: one1} AS data, [known1, known2] AS known
