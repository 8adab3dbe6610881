"""Rows become nodes and relationships, in a database or in the files of Neo4j's importer."""
