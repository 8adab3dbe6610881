"""The gateway: the GraphQL types, the translation of a selection, the endpoint and the command line.

No Cypher is written here: a field names the operation of `graph` that fetches it.
"""
