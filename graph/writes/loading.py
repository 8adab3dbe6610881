"""Every statement that writes the graph, and those that read the state before a write. The loaders send them.

Each takes its rows as one parameter, `rows`, and returns its result as one list in one record (`found`), at half the
cost of one record per row. None plans an Eager, an AllNodesScan or a CartesianProduct, so that the batch limits the
memory in the database; a test explains all of them. `CALL (row) {…}` serves that purpose: it keeps two look-ups apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.model import Label, Rel
from graph.statements.write import Write

SEARCH_VERSION = "searchText"
"""The name of the node that says of which version the stored search texts are."""


@dataclass(frozen=True)
class Link:
    """A relationship between the node of a row and the node that one of its cells names."""

    rel: Rel
    far: Label
    outgoing: bool = True
    """Whether it points from the node of the row to the far node."""

    def pattern(self, near: str, edge: str, far: str) -> str:
        """The pattern between two bound or unbound ends, such as `(n)-[r:SIGNED_BY]->(f)`."""
        left, right = ("-", "->") if self.outgoing else ("<-", "-")
        return f"({near}){left}[{edge}:{self.rel}]{right}({far})"


def read_state(label: Label, links: Sequence[Link]) -> Write:
    """Rows: keys. Found: [key, properties, a list of [far key, element id] for each link], without unknown keys."""
    return Write(
        f"readState{label}",
        f"UNWIND $rows AS row MATCH (n:{label} {{{label.key}: row}}) "
        f"RETURN collect([n.{label.key}, properties(n), [{_related(links)}]]) AS found",
    )


def read_page(label: Label, links: Sequence[Link], size: int) -> Write:
    """Rows: one key. Found: the next `size` nodes after it, in the order of their keys, in the form of `read_state`."""
    related = _related(links)
    key = label.key
    return Write(
        f"readPage{label}",
        f"MATCH (n:{label}) WHERE n.{key} > $rows[0] WITH n ORDER BY n.{key} LIMIT {size} "
        f"RETURN collect([n.{key}, properties(n), [{related}]]) AS found",
    )


def read_edges_page(start: Label, rel: Rel, end: Label, size: int) -> Write:
    """Rows: one start key. Found: the next `size` nodes after it, in the order of their keys, as [start key, a list of
    [end key, element id, properties] of the outgoing relationships]."""
    key = start.key
    return Write(
        f"readEdgesPage{rel}",
        f"MATCH (a:{start}) WHERE a.{key} > $rows[0] WITH a ORDER BY a.{key} LIMIT {size} RETURN collect([a.{key}, "
        f"[(a)-[r:{rel}]->(b:{end}) | [b.{end.key}, elementId(r), properties(r)]]]) AS found",
    )


def count_keyless(label: Label) -> Write:
    """Found: how many nodes have no key, or one that is no text. No statement by key reaches them."""
    return Write(
        f"readKeyless{label}",
        f"MATCH (n:{label}) WHERE NOT coalesce(n.{label.key} > '', false) "
        "WITH count(n) AS nodes RETURN [nodes] AS found",
    )


def _related(links: Sequence[Link]) -> str:
    return ", ".join(
        f"[{link.pattern('n', f'r{i}', f'f{i}:{link.far}')} | [f{i}.{link.far.key}, elementId(r{i})]]"
        for i, link in enumerate(links)
    )


def count_nodes(label: Label) -> Write:
    """Found: the number of nodes, from the count store."""
    return Write(f"readCount{label}", f"MATCH (n:{label}) WITH count(n) AS nodes RETURN [nodes] AS found")


def count_edges(rel: Rel) -> Write:
    """Found: the number of relationships, from the count store."""
    return Write(f"readCount{rel}", f"MATCH ()-[r:{rel}]->() WITH count(r) AS edges RETURN [edges] AS found")


def create_nodes(label: Label, properties: Sequence[str], links: Sequence[Link]) -> Write:
    """Rows: [properties, far key of each link…]; every far key must exist. The links are those that each row has
    exactly once, to another label; the others are connected afterwards."""
    looked_up = []
    for i, link in enumerate(links):
        match = f"MATCH (f{i}:{link.far} {{{link.far.key}: row[{i + 1}]}})"
        looked_up.append(match if i == 0 else f"CALL (row) {{ {match} RETURN f{i} }}")
    values = ", ".join(f"{name}: row[0].{name}" for name in properties)
    parts = ["UNWIND $rows AS row", *looked_up, f"CREATE (n:{label} {{{values}}})"]
    parts += [f"CREATE {link.pattern('n', '', f'f{i}')}" for i, link in enumerate(links)]
    return Write(f"create{label}", " ".join(parts))


def replace_nodes(label: Label, properties: Sequence[str]) -> Write:
    """Rows: properties. Every property except the key is set to the value in the row, or removed if the row has
    none."""
    values = ", ".join(f"n.{name} = row.{name}" for name in properties if name != label.key)
    return Write(
        f"replace{label}",
        f"UNWIND $rows AS row MATCH (n:{label} {{{label.key}: row.{label.key}}}) SET {values}",
    )


def clear_properties(label: Label, properties: Sequence[str]) -> Write:
    """Rows: keys. Removes unique properties that will move from one node to another."""
    removed = ", ".join(f"n.{name}" for name in properties)
    return Write(f"clear{label}", f"UNWIND $rows AS row MATCH (n:{label} {{{label.key}: row}}) REMOVE {removed}")


def connect(label: Label, link: Link) -> Write:
    """Rows: [key, far key], of existing nodes that are not connected yet."""
    return Write(
        f"connect{label}{link.rel}",
        f"UNWIND $rows AS row MATCH (n:{label} {{{label.key}: row[0]}}) "
        f"CALL (row) {{ MATCH (f:{link.far} {{{link.far.key}: row[1]}}) RETURN f }} "
        f"CREATE {link.pattern('n', '', 'f')}",
    )


def disconnect(rel: Rel) -> Write:
    """Rows: element ids of relationships of that type, read in the same transaction."""
    return Write(
        f"disconnect{rel}",
        f"UNWIND $rows AS row CALL (row) {{ MATCH ()-[r:{rel}]->() WHERE elementId(r) = row DELETE r }}",
    )


def read_edges(start: Label, rel: Rel, end: Label) -> Write:
    """Rows: [start key, end key]. Found: [start key, end key, element id, properties] of each relationship between
    them."""
    return Write(
        f"readEdges{rel}",
        f"UNWIND $rows AS row MATCH (a:{start} {{{start.key}: row[0]}}) "
        f"CALL (row, a) {{ MATCH (a)-[r:{rel}]->(b:{end}) WHERE b.{end.key} = row[1] RETURN r }} "
        "RETURN collect([row[0], row[1], elementId(r), properties(r)]) AS found",
    )


def create_edges(start: Label, rel: Rel, end: Label, properties: Sequence[str]) -> Write:
    """Rows: [start key, end key, properties]."""
    values = ", ".join(f"{name}: row[2].{name}" for name in properties)
    return Write(
        f"createEdges{rel}",
        f"UNWIND $rows AS row MATCH (a:{start} {{{start.key}: row[0]}}) "
        f"CALL (row) {{ MATCH (b:{end} {{{end.key}: row[1]}}) RETURN b }} "
        f"CREATE (a)-[:{rel} {{{values}}}]->(b)",
    )


def replace_edges(rel: Rel) -> Write:
    """Rows: [element id read in the same transaction, all properties]."""
    return Write(
        f"replaceEdges{rel}",
        f"UNWIND $rows AS row MATCH ()-[r:{rel}]->() WHERE elementId(r) = row[0] SET r = row[1]",
    )


def read_keys(label: Label) -> Write:
    """Found: the key of every node; for the labels of the catalogue, which are small."""
    return Write(f"readKeys{label}", f"MATCH (n:{label}) RETURN collect(n.{label.key}) AS found")


def read_chain(label: Label, link: Link) -> Write:
    """Found: [key, far key] of every relationship within the label; for the small labels of the catalogue."""
    return Write(
        f"readChain{link.rel}",
        f"MATCH {link.pattern(f'n:{label}', '', f'f:{link.far}')} "
        f"RETURN collect([n.{label.key}, f.{link.far.key}]) AS found",
    )


def read_holders(prop: str) -> Write:
    """Rows: values of a unique property of Entity. Found: [value, key of the entity that has it]."""
    key = Label.ENTITY.key
    return Write(
        f"readHolders{prop[0].upper()}{prop[1:]}",
        f"UNWIND $rows AS row MATCH (n:{Label.ENTITY} {{{prop}: row}}) RETURN collect([row, n.{key}]) AS found",
    )


READ_KINDS = Write(
    "readKinds",
    f"UNWIND $rows AS row MATCH (n:{Label.ENTITY} {{{Label.ENTITY.key}: row}}) RETURN collect([row, n.kind]) AS found",
)
"""Rows: keys of entities. Found: [key, kind] of those that exist."""

READ_IDENTITY_KEY = Write(
    "readIdentityKey", f"MATCH (m:{Label.META} {{name: 'identityKey'}}) RETURN collect(m.value) AS found"
)
"""Found: the fingerprint of the identity key with which the graph was loaded, or nothing."""

REMEMBER_IDENTITY_KEY = Write(
    "rememberIdentityKey",
    f"MERGE (m:{Label.META} {{name: 'identityKey'}}) ON CREATE SET m.value = $rows[0]",
)
"""Rows: one fingerprint, which is stored unless the graph has one already."""

READ_SEARCH_VERSION = Write(
    "readSearchVersion", f"MATCH (m:{Label.META} {{name: '{SEARCH_VERSION}'}}) RETURN collect(m.value) AS found"
)
"""Found: the version of the stored search texts (graph.search.stored_text.VERSION), or nothing."""

REMEMBER_SEARCH_VERSION = Write(
    "rememberSearchVersion", f"MERGE (m:{Label.META} {{name: '{SEARCH_VERSION}'}}) SET m.value = $rows[0]"
)
"""Rows: one version."""
