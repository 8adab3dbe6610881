"""The tests. Those that need a database run on a real Neo4j, which support/neo4j.py chooses; many need none."""
