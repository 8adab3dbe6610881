"""Writes rows as nodes and relationships, into a database or into the files of Neo4j's importer."""
