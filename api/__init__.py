"""The gateway: the GraphQL schema, documents, execution, exports, HTTP, the server and the command line.

No Cypher is written here: a field names the operation of `graph` that fetches it.
"""
