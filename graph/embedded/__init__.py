"""The embedded Neo4j: a real Community server, its jars fetched by a lock of sums, its Java from PyPI.

One process owns a home and others share its database; it ends with its owner. Nothing here reads or writes the graph.
"""

from .server import EmbeddedNeo4j
from .shared import embedded_connection

__all__ = ["EmbeddedNeo4j", "embedded_connection"]
