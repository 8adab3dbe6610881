"""The tests, each against a real Neo4j; conftest.py chooses which."""
