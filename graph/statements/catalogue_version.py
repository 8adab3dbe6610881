"""The version of the catalogue: a gateway may hold parts of the catalogue only as long as this says that none changed.

The catalogue is every label but Entity and Listing, and the relationships between those. One node tells its state,
(:Meta {name: 'catalogue'}): `version`, a random text, and `open`, whether it is being changed. It is a seqlock, exact
although a statement of Neo4j reads what is committed at each moment, perhaps in the middle of another's commit:

1. Before a transaction that wrote the catalogue commits, OPEN_CATALOGUE commits in a transaction of its own: from then
   on nobody uses what he holds.
2. The transaction itself then ends with CHANGE_CATALOGUE, which finds nothing when another load opened, changed or
   closed it since step 1: the transaction is rolled back and made again, step 1 included.
3. At its end a load sends CLOSE_CATALOGUE, which leaves a catalogue alone that another load has opened by then.

Each step sets a new version, so that the version of a closed catalogue is never that of another state: whoever reads it
knows that the catalogue is as it was whenever it read that version before, whatever happens while it reads `open`.
A load that changes nothing in the catalogue sends neither 1 nor 2, and the version stays. A load that is killed leaves
the catalogue open until the next load ends. Without the node, in a graph that was never loaded, there is no version.

To hold something: read the version, then the catalogue, then in a later statement the version again. What was read
belongs to that version if both are the same and not null. To use it: read the version first in the statement that asks
for the rest. Whoever writes the catalogue by other means than a load deletes the node in the same transaction first,
in one of its own.
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
"""The first clauses of a statement, one row: the version, or null when the catalogue is open or was never loaded."""

READ_STATE = Write(
    "readCatalogueState", f"MATCH (m:{Label.META} {{name: 'catalogue'}}) RETURN collect(m.version) AS found"
)
"""Found: the version, whether open or closed, or nothing."""

READ_OPEN = Write(
    "readCatalogueOpen", f"MATCH (m:{Label.META} {{name: 'catalogue'}}) WHERE m.open RETURN collect(m.name) AS found"
)
"""Found: something where the catalogue is open."""

_STATE = f"(m:{Label.META} {{name: 'catalogue'}})"

OPEN_CATALOGUE = Write("openCatalogue", f"MERGE {_STATE} SET m.open = true, m.version = $rows[0]")
"""Rows: a new version. Opens the catalogue, in a transaction of its own."""

# The first SET of each takes the node's lock, so that the version is compared as it stays.
CHANGE_CATALOGUE = Write(
    "changeCatalogue",
    f"MATCH {_STATE} SET m.open = true WITH m WHERE m.version = $rows[0] SET m.version = $rows[1] "
    "RETURN collect(m.version) AS found",
)
"""Rows: the version that was opened, and a new one. Found: the new one, or nothing after another's step."""

CLOSE_CATALOGUE = Write(
    "closeCatalogue",
    f"MATCH {_STATE} SET m.name = 'catalogue' WITH m WHERE m.open AND m.version = $rows[0] "
    "SET m.version = $rows[1], m.open = false",
)
"""Rows: the version that may be closed, and a new one. Changes nothing where the catalogue is closed already, or is in
another state than that."""


def new_version() -> str:
    """A version that never was."""
    return secrets.token_hex(16)
