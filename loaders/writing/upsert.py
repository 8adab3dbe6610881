"""Writes accepted rows to the graph: reads the present state, compares, and writes only what differs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graph.statements.catalogue_version import CHANGE_CATALOGUE, CLOSE_CATALOGUE, OPEN_CATALOGUE, READ_STATE
from graph.statements.write import Write
from graph.store import write_lock
from graph.store.transactions import Ask
from graph.writes import loading as writes
from loaders.checking.references import Verdict, edge_keys
from loaders.format.columns import Column
from loaders.format.tables import TABLES, Table
from loaders.report import Figures


@dataclass(frozen=True)
class NodeWrites:
    """The statements of a table of nodes."""

    count: Write
    read: Write
    create: Write
    replace: Write
    clear: Write | None
    connect: dict[str, Write]
    disconnect: dict[str, Write]
    at_once: tuple[Column, ...]
    """The references that are connected when the node is created: exactly one per row, to a node of another label."""


def node_writes(table: Table) -> NodeWrites:
    """Print the statements of a table of nodes."""
    label = table.node
    linked = [(column, column.link) for column in table.linked if column.link]
    at_once = tuple(column for column in table.linked if column.required and not column.many)
    unique = [table.by_name[name].prop for name in table.unique]
    return NodeWrites(
        writes.count_nodes(label),
        writes.read_state(label, [link for _, link in linked]),
        writes.create_nodes(label, table.properties, [column.link for column in at_once if column.link]),
        writes.replace_nodes(label, table.properties),
        writes.clear_properties(label, unique) if unique else None,
        {column.name: writes.connect(label, link) for column, link in linked},
        {column.name: writes.disconnect(link.rel) for column, link in linked},
        at_once,
    )


NODE_WRITES = {table.name: node_writes(table) for table in TABLES if table.label}


def write_rows(table: Table, verdicts: Sequence[Verdict], written: int, ask: Ask) -> Figures:
    """Make the graph hold the rows. Returns how many were created, updated and unchanged. Everything that the rows
    refer to must exist. Call it in one transaction, so that a row is written completely. `written`: how many rows this
    load has created so far. If the graph holds no more than those, it cannot hold any of these rows and is not queried
    for them."""
    if not verdicts:
        return Figures()
    return _write_nodes(table, verdicts, written, ask) if table.label else _write_edges(table, verdicts, written, ask)


def _write_nodes(table: Table, verdicts: Sequence[Verdict], written: int, ask: Ask) -> Figures:
    statements = NODE_WRITES[table.name]
    new = ask(statements.count, []) == [written]
    found = [] if new else ask(statements.read, [verdict.key for verdict in verdicts])
    state = {key: (properties, links) for key, properties, links in found}
    created, replaced, cleared = [], [], []
    connected: dict[str, list[list[str]]] = {column.name: [] for column in table.linked}
    disconnected: dict[str, list[str]] = {column.name: [] for column in table.linked}
    updated = mended = 0
    for verdict in verdicts:
        wanted = verdict.row.properties
        if verdict.key not in state:
            created.append([wanted, *(verdict.targets[column.name][0] for column in statements.at_once)])
            for column in table.linked:
                if column not in statements.at_once:
                    connected[column.name] += [[verdict.key, far] for far in verdict.targets.get(column.name, ())]
            continue
        present, links = state[verdict.key]
        differs = any(present.get(name) != wanted.get(name) for name in table.properties)
        if differs:
            replaced.append(wanted)
            if any(present.get(name) not in (None, wanted.get(name)) for name in _unique(table)):
                cleared.append(verdict.key)
        for column, ends in zip(table.linked, links, strict=True):
            named = set(verdict.targets.get(column.name, ()))
            kept = dict(reversed([(far, element) for far, element in ends if far in named]))
            surplus = [element for far, element in ends if kept.get(far) != element]
            mended += sum(far in named for far, _ in ends) - len(kept)
            lacking = [[verdict.key, far] for far in sorted(named - kept.keys())]
            disconnected[column.name] += surplus
            connected[column.name] += lacking
            differs = differs or bool(surplus or lacking)
        updated += differs
    if statements.clear:
        ask(statements.clear, cleared)
    ask(statements.replace, replaced)
    ask(statements.create, created)
    for column in table.linked:
        ask(statements.disconnect[column.name], disconnected[column.name])
        ask(statements.connect[column.name], connected[column.name])
    return Figures(0, len(created), updated, len(verdicts) - len(created) - updated, mended=mended)


def _unique(table: Table) -> list[str]:
    return [table.by_name[name].prop for name in table.unique]


@dataclass(frozen=True)
class EdgeWrites:
    """The statements of a table of relationships."""

    count: Write
    read: Write
    create: Write
    replace: Write
    delete: Write


def edge_writes(table: Table) -> EdgeWrites:
    """Print the statements of a table of relationships."""
    start, rel, end = table.edge
    return EdgeWrites(
        writes.count_edges(rel),
        writes.read_edges(start, rel, end),
        writes.create_edges(start, rel, end, table.properties),
        writes.replace_edges(rel),
        writes.disconnect(rel),
    )


EDGE_WRITES = {table.name: edge_writes(table) for table in TABLES if table.rel}


def _write_edges(table: Table, verdicts: Sequence[Verdict], written: int, ask: Ask) -> Figures:
    statements = EDGE_WRITES[table.name]
    identity = edge_keys(table)
    new = ask(statements.count, []) == [written]
    chosen = () if new else verdicts
    pairs = {(verdict.targets[table.start][0], verdict.targets[table.end][0]) for verdict in chosen}
    # As text: the driver's dates and Python's are equal, but hash differently.
    state: dict[tuple[str, ...], list[tuple[str, dict[str, Any]]]] = {}
    for start, end, element, properties in ask(statements.read, [list(pair) for pair in sorted(pairs)]):
        key = (start, end, *(str(properties.get(name)) for name in identity))
        state.setdefault(key, []).append((element, properties))
    created, replaced, surplus = [], [], []
    updated = 0
    for verdict in verdicts:
        wanted = verdict.row.properties
        ends = [verdict.targets[table.start][0], verdict.targets[table.end][0]]
        present = state.get((*ends, *(str(wanted[name]) for name in identity)))
        if present is None:
            created.append([*ends, wanted])
            continue
        (element, properties), *others = present
        if properties != wanted:
            replaced.append([element, wanted])
        surplus += [other for other, _ in others]
        updated += properties != wanted or bool(others)
    ask(statements.create, created)
    ask(statements.replace, replaced)
    ask(statements.delete, surplus)
    return Figures(0, len(created), updated, len(verdicts) - len(created) - updated, mended=len(surplus))


def all_writes() -> list[Write]:
    """Every statement that the loader may send, for the test that explains them."""
    found: list[Write] = [writes.READ_KINDS, writes.READ_IDENTITY_KEY, writes.REMEMBER_IDENTITY_KEY]
    found += [READ_STATE, OPEN_CATALOGUE, CHANGE_CATALOGUE, CLOSE_CATALOGUE, *write_lock.all_writes()]
    for nodes in NODE_WRITES.values():
        found += [
            nodes.count,
            nodes.read,
            nodes.create,
            nodes.replace,
            *nodes.connect.values(),
            *nodes.disconnect.values(),
        ]
        found += [nodes.clear] if nodes.clear else []
    for edges in EDGE_WRITES.values():
        found += [edges.count, edges.read, edges.create, edges.replace, edges.delete]
    for table in TABLES:
        if table.label:
            found.append(writes.read_keys(table.label))
            found += [writes.read_chain(table.label, column.link) for column in table.chained if column.link]
            found += [writes.read_holders(table.by_name[name].prop) for name in table.unique]
    return found
