"""Datasets into the graph: reading, validating, writing and reporting (FORMAT.md is the interchange format).

Nothing here knows GraphQL; the names of the graph come from `graph.model`, identifiers from `graph.identity`.
"""
