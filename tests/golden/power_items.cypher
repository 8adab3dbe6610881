// powerItems
// {"p0": 20, "p1": 21, "p2": ["gd-cz"], "p3": ["440000"], "p4": "PUBLIC_RESOURCE_TRADING"}
CALL () {
  MATCH (self:PowerItem)
  WHERE self.id > ''
  AND EXISTS { (self)-[:EXERCISED_BY]->(far:Agency) WHERE far.code IN $p2 } AND EXISTS { (self)-[:IN_REGION]->(far:Region) WHERE far.code IN $p3 } AND self.scene = $p4 AND self.isKeyItem
  WITH {self: self} AS row ORDER BY self.id LIMIT $p1
  WITH collect(row) AS page
  WITH page[..$p0] AS page, size(page) > $p0 AS more
  CALL (page) {
    UNWIND page AS row
    WITH row.self AS self
    CALL (self) {
      MATCH (self)-[:HANDLED_BY]->(division1:Division)
      WITH division1 ORDER BY division1.code
      RETURN collect({`name`: division1.name})[0] AS one1
    }
    RETURN collect({`code`: self.code, `name`: self.name, `isKeyItem`: self.isKeyItem, `division`: one1}) AS nodes1
  }
  RETURN {`nodes`: nodes1} AS connection1
}
CALL (connection1) {
  OPTIONAL MATCH (agency1:Agency) WHERE agency1.code IN $p2
  RETURN count(agency1) > 0 AS known1
}
CALL (known1) {
  OPTIONAL MATCH (region1:Region) WHERE region1.code IN $p3
  RETURN count(region1) > 0 AS known2
}
RETURN {`powerItems`: connection1} AS data, [known1, known2] AS known
