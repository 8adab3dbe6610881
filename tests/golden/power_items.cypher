// powerItems
// {"p0": 20, "p1": 21, "p2": ["gd-cz"], "p3": ["440000"], "p4": "PUBLIC_RESOURCE_TRADING"}
CALL () {
  MATCH (self:PowerItem)
  WHERE self.id > ''
  AND EXISTS { (self)-[:EXERCISED_BY]->(far:Agency) WHERE far.code IN $p2 } AND EXISTS {
      (self)-[:IN_REGION]->(far:Region) WHERE far.code IN $p3 } AND self.scene = $p4 AND self.isKeyItem
  WITH {self: self} AS row ORDER BY self.id LIMIT $p1
  WITH collect(row) AS page
  WITH page[..$p0] AS page, size(page) > $p0 AS more
  CALL (page) {
    UNWIND page AS row
    WITH row.self AS self_1
    CALL (self_1) {
      MATCH (self_1)-[:HANDLED_BY]->(division_1:Division)
      WITH division_1 ORDER BY division_1.code
      RETURN collect({`name`: division_1.name})[0] AS one_1
    }
    RETURN collect({`code`: self_1.code, `name`: self_1.name, `isKeyItem`: self_1.isKeyItem, `division`: one_1}) AS
        nodes_1
  }
  RETURN {`nodes`: nodes_1} AS connection_1
}
CALL (connection_1) {
  OPTIONAL MATCH (agency_1:Agency) WHERE agency_1.code IN $p2
  RETURN count(agency_1) > 0 AS known_1
}
CALL (known_1) {
  OPTIONAL MATCH (region_1:Region) WHERE region_1.code IN $p3
  RETURN count(region_1) > 0 AS known_2
}
RETURN {`powerItems`: connection_1} AS data, [known_1, known_2] AS known
