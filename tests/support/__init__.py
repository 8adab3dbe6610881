"""Shared by the tests: a client, a gateway, Neo4j, rows and datasets."""
