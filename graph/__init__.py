"""The graph: its model, the rules as Cypher fragments, the queries that print statements, and the database itself.

`graph` knows neither GraphQL nor HTTP: it imports neither Strawberry nor Starlette.
"""
