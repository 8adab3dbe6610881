"""The version of the catalogue, which tells a gateway whether the catalogue data in its cache is still current.

The catalogue is every label except Entity and Listing, and the relationships between those labels. One node holds its
state, (:Meta {name: 'catalogue'}): `version`, a random text, and `open`, whether it is being changed. The node works
like a seqlock. It is exact although a statement of Neo4j reads what is committed at each moment, perhaps in the middle
of another commit:

1. Before a transaction that wrote the catalogue commits, OPEN_CATALOGUE commits in its own transaction: from then on no
   gateway uses its cache.
2. The transaction itself then ends with CHANGE_CATALOGUE, which finds nothing if another load opened, changed or closed
   the catalogue since step 1: the transaction is then rolled back and repeated, including step 1.
3. At its end a load sends CLOSE_CATALOGUE, which changes nothing if another load has opened the catalogue by then.

Each step sets a new version, so a closed catalogue never has the version of another state. A reader that finds a known
version knows that the catalogue is the same as under that version, whatever happens while it reads `open`.
A load that does not change the catalogue skips steps 1 and 2, and the version stays. A load that is killed leaves the
catalogue open until the next load ends. A graph that was never loaded has no such node and no version.

To fill a cache: read the version, then the catalogue, then in a later statement the version again. The data belongs to
that version if both are equal and not null. To use a cache: read the version first in the statement that fetches the
rest. Any other program that writes the catalogue must first delete the node, in a transaction of its own.
"""

import secrets

from graph.model import Label
from graph.statements.write import Write

VERSION = "catalogueVersion"
"""The variable that READ_VERSION binds."""

READ_VERSION = (
    f"OPTIONAL MATCH (meta:{Label.META} {{name: 'catalogue'}})\n"
    f"WITH CASE WHEN meta.open = false THEN meta.version END AS {VERSION}"
)
"""The first clauses of a statement, one row: the version, or null if the catalogue is open or was never loaded."""

READ_STATE = Write(
    "readCatalogueState", f"MATCH (m:{Label.META} {{name: 'catalogue'}}) RETURN collect(m.version) AS found"
)
"""Found: the version, whether open or closed, or nothing."""

READ_OPEN = Write(
    "readCatalogueOpen", f"MATCH (m:{Label.META} {{name: 'catalogue'}}) WHERE m.open RETURN collect(m.name) AS found"
)
"""Found: something if the catalogue is open."""

_STATE = f"(m:{Label.META} {{name: 'catalogue'}})"

OPEN_CATALOGUE = Write("openCatalogue", f"MERGE {_STATE} SET m.open = true, m.version = $rows[0]")
"""Rows: a new version. Opens the catalogue; run it in its own transaction."""

# The first SET of each takes the node's lock, so that the version cannot change after the comparison.
CHANGE_CATALOGUE = Write(
    "changeCatalogue",
    f"MATCH {_STATE} SET m.open = true WITH m WHERE m.version = $rows[0] SET m.version = $rows[1] "
    "RETURN collect(m.version) AS found",
)
"""Rows: the version that was opened, and a new one. Found: the new one, or nothing if another load took a step
since."""

CLOSE_CATALOGUE = Write(
    "closeCatalogue",
    f"MATCH {_STATE} SET m.name = 'catalogue' WITH m WHERE m.open AND m.version = $rows[0] "
    "SET m.version = $rows[1], m.open = false",
)
"""Rows: the version that may be closed, and a new one. Changes nothing if the catalogue is already closed, or has
another version."""


def new_version() -> str:
    """A version that was never used."""
    return secrets.token_hex(16)
