"""Checks that a graph has everything that loading guarantees: compares every node and relationship with the format.

On demand it repairs what a load could repair by itself: identical duplicates, derived values, and a catalogue that a
killed load left open. For the rest only a dataset has the right values: load it again.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import Any

import neo4j

from graph.masking import Masked, holds_resident_id, mask_text
from graph.model import EntityKind, Label, Rel
from graph.statements.catalogue_version import READ_OPEN
from graph.statements.write import Write
from graph.store.transactions import Ask, Transactions
from graph.store.write_lock import PATIENCE, READ_WRITER, WriteLock
from graph.writes.loading import Link, count_keyless, disconnect, read_edges_page, read_page
from loaders.format.columns import Column

from .checking.references import edge_keys
from .format.tables import TABLES, Table
from .reading.derived import DerivedValues
from .writing.catalogue_change import CatalogueChange
from .writing.upsert import NODE_WRITES

PAGE = 2_000
"""Nodes in one transaction."""
FIRST = 20
"""Findings that are listed individually."""
_NUMBERS = frozenset({"id", "key", "identifier", "orgCode"})  # each was checked as what it is when it was loaded


class Fault(StrEnum):
    """The kinds of faults."""

    DOUBLED = "doubled"
    """A relationship exists more than once between the same nodes, with the same properties."""
    CONTRADICTORY = "contradictory"
    """A relationship exists more than once between the same nodes, with different properties."""
    TOO_MANY = "too many"
    """A node has several relationships where at most one is allowed."""
    MISSING = "missing"
    """A node lacks a required relationship or value."""
    STALE = "stale"
    """A derived value differs from what the other values give."""
    IN_CLEAR = "in clear"
    """A text contains a resident ID."""
    KEYLESS = "keyless"
    """A node has no key: no load wrote it, and none can repair it."""
    OPEN = "open"
    """Nobody writes the catalogue, but it is marked as being changed, so that no gateway may cache it."""


MENDED = frozenset({Fault.DOUBLED, Fault.STALE, Fault.OPEN})
"""The faults that a repair removes."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault of a node: its label and key, and the relationship or property concerned."""

    fault: Fault
    label: Label
    key: Masked
    what: str


@dataclass(slots=True)
class Findings:
    """The result of a check."""

    nodes: int = 0
    counts: Counter[tuple[Fault, Label, str]] = field(default_factory=Counter)
    first: list[Finding] = field(default_factory=list)
    """At most 20."""

    def add(self, finding: Finding) -> None:
        """Add a finding."""
        self.counts[finding.fault, finding.label, finding.what] += 1
        if len(self.first) < FIRST:
            self.first.append(finding)

    def left(self, repaired: bool) -> int:
        """The number of faults that remain, with or without a repair."""
        return sum(times for (fault, *_), times in self.counts.items() if not (repaired and fault in MENDED))


@dataclass(slots=True)
class _Page:
    """The findings on a page of nodes, and the writes that repair them."""

    last: str = ""
    nodes: int = 0
    findings: list[Finding] = field(default_factory=list)
    replaced: list[dict[str, Any]] = field(default_factory=list)
    surplus: dict[Rel, list[str]] = field(default_factory=dict)


def check_graph(
    driver: neo4j.Driver,
    database: str,
    *,
    repair: bool = False,
    patience: float = PATIENCE,
    notify: Callable[[str], None] = lambda text: None,
) -> Findings:
    """Compare a migrated graph with what loading guarantees. With `repair`, repair what is possible, page by page, as
    the only writer of the graph; `patience` and `notify` are those of WriteLock.

    Raises the errors of any transaction, and with `repair` those of WriteLock.
    """
    if not repair:
        return _check(Transactions(driver, database), None)
    with (
        WriteLock(driver, database, "check --repair", patience=patience, notify=notify) as lock,
        CatalogueChange(lock) as change,
    ):
        return _check(lock, change)


def _check(transactions: Transactions, change: CatalogueChange | None) -> Findings:
    findings = Findings()
    # A writer that is active now may be changing the catalogue.
    busy = change is None and transactions.ask_once(READ_WRITER)
    for _ in transactions.ask_once(READ_OPEN) if not busy else ():
        findings.add(Finding(Fault.OPEN, Label.META, mask_text("catalogue"), "open"))
    for table in TABLES:
        inspect = _Nodes(table) if table.label else _Edges(table)
        if table.label:
            (keyless,) = transactions.ask_once(count_keyless(table.node))
            for _ in range(keyless):
                findings.add(Finding(Fault.KEYLESS, table.node, mask_text(""), table.node.key))
        last: str | None = ""
        while last is not None:
            if change is None:
                page = inspect.read(transactions.ask_once(inspect.statement, [last]))
            else:
                runner = change if table.catalogue else transactions
                page = runner.run(f"check {table.file}", partial(_read_and_mend, inspect, last))
            findings.nodes += page.nodes if table.label else 0
            for finding in page.findings:
                findings.add(finding)
            last = page.last if page.nodes == PAGE else None
    return findings


def _read_and_mend(inspect: "_Nodes | _Edges", last: str, ask: Ask) -> _Page:
    page = inspect.read(ask(inspect.statement, [last]))
    if page.replaced:
        ask(NODE_WRITES[inspect.table.name].replace, page.replaced)
    for rel, elements in page.surplus.items():
        ask(disconnect(rel), elements)
    return page


class _Nodes:
    """Inspects the nodes of a table."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._linked: list[tuple[Column, Link]] = [(column, column.link) for column in table.linked if column.link]
        self.statement = read_page(table.node, [link for _, link in self._linked], PAGE)
        self._derived = DerivedValues(table)
        self._required = [column.prop for column in table.columns if column.stored and column.required]

    def read(self, nodes: Sequence[tuple[str, dict[str, Any], list[list[tuple[str, str]]]]]) -> _Page:
        """The faults on a page of nodes."""
        page = _Page(nodes=len(nodes))
        for key, properties, links in nodes:
            page.last = key
            for (column, link), ends in zip(self._linked, links, strict=True):
                self._read_link(page, key, column, link, ends)
            for name in self._required:
                if properties.get(name) is None:
                    self._find(page, Fault.MISSING, key, name)
            for name in _in_clear(properties):
                self._find(page, Fault.IN_CLEAR, key, name)
            stale = self._derived.stale(key, properties)
            for name in stale:
                self._find(page, Fault.STALE, key, name)
            if stale:
                page.replaced.append(properties | stale)
        return page

    def _read_link(self, page: _Page, key: str, column: Column, link: Link, ends: list[tuple[str, str]]) -> None:
        first = dict(reversed(ends))
        surplus = [element for far, element in ends if first[far] != element]
        if surplus:
            self._find(page, Fault.DOUBLED, key, link.rel)
            page.surplus.setdefault(link.rel, []).extend(surplus)
        if len(first) > 1 and not column.many:
            self._find(page, Fault.TOO_MANY, key, link.rel)
        if not first and column.required:
            self._find(page, Fault.MISSING, key, link.rel)

    def _find(self, page: _Page, fault: Fault, key: str, what: str) -> None:
        page.findings.append(Finding(fault, self.table.node, mask_text(key), str(what)))


class _Edges:
    """Inspects the relationships of a table, by pages of their start nodes."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._start, self._rel, end = table.edge
        self.statement: Write = read_edges_page(self._start, self._rel, end, PAGE)
        self._identity = edge_keys(table)

    def read(self, nodes: Sequence[tuple[str, list[tuple[str, str, dict[str, Any]]]]]) -> _Page:
        """The faults of the relationships that leave a page of nodes."""
        page = _Page(nodes=len(nodes))
        for key, edges in nodes:
            page.last = key
            for same in _same(edges, self._identity):
                alike = [element for element, properties in same[1:] if properties == same[0][1]]
                if alike:
                    page.findings.append(Finding(Fault.DOUBLED, self._start, mask_text(key), self._rel))
                    page.surplus.setdefault(self._rel, []).extend(alike)
                if len(same) > 1 + len(alike):
                    page.findings.append(Finding(Fault.CONTRADICTORY, self._start, mask_text(key), self._rel))
        return page


def _same(
    edges: Sequence[tuple[str, str, dict[str, Any]]], identity: Sequence[str]
) -> Iterator[list[tuple[str, dict[str, Any]]]]:
    """The relationships of a node with the same other node and the same distinguishing properties."""
    groups: dict[tuple[str, ...], list[tuple[str, dict[str, Any]]]] = {}
    for far, element, properties in edges:
        groups.setdefault((far, *(str(properties.get(name)) for name in identity)), []).append((element, properties))
    yield from groups.values()


def _in_clear(properties: Mapping[str, Any]) -> list[str]:
    """The names of the texts that contain a resident ID."""
    found = []
    person = properties.get("kind") == EntityKind.NATURAL_PERSON  # the number is stored as a hash and a masked form
    for name, value in properties.items():
        texts = value if isinstance(value, list) else [value]
        if (person or name not in _NUMBERS) and any(
            isinstance(text, str) and holds_resident_id(text) for text in texts
        ):
            found.append(name)
    return found
