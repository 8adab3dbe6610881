"""The embedded Neo4j: a real Community server, with jars pinned by a lock file of checksums and Java from PyPI.

One process owns a home, and others share its database, which ends with the owner. Nothing here reads or writes the
graph.
"""

from .server import EmbeddedNeo4j
from .shared import embedded_connection

__all__ = ["EmbeddedNeo4j", "embedded_connection"]
