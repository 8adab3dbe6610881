"""The graph: its model, the rules as Cypher fragments, the operations that print statements, the database itself.

Nothing here knows GraphQL or HTTP: `graph` imports neither Strawberry nor Starlette.
"""
