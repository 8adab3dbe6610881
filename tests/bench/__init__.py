"""Measures how fast the gateway answers, beside @neo4j/graphql and a bare handler: `make bench`."""
