"""The connection to Neo4j: drivers, transactions, the lock of writers, migrations."""
