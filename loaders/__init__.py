"""Loads datasets into the graph: reading, checking, writing and reporting (FORMAT.md defines the interchange format).

Nothing here knows GraphQL; the names of the graph come from `graph.model`, identifiers from `graph.identity`.
"""
