"""What tests share: a client, a gateway, Neo4j, rows and datasets."""
