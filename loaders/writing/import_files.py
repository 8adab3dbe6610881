"""Writes a new graph as files for Neo4j's own importer (`neo4j-admin database import full`).

Batches are loaded into it as into a database: it answers their queries from what was written before.
"""

import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO, TypeVar

from graph.identity.key import IdentityKey
from graph.model import Label, Rel
from graph.search.stored_text import VERSION
from graph.statements.catalogue_version import new_version
from graph.statements.write import Write
from graph.store.transactions import Ask
from graph.store.write_lock import LOCK_NAME, LOCK_VALUE
from graph.writes.loading import READ_KINDS, SEARCH_VERSION, read_holders
from loaders.format.cells import Reader, read_date, read_flag, read_number
from loaders.format.columns import Column
from loaders.format.tables import TABLES, Table

from .upsert import EDGE_WRITES, NODE_WRITES

T = TypeVar("T")
_FLUSH = 1 << 20
_TYPES: dict[Reader, str] = {read_date: "date", read_number: "long", read_flag: "boolean"}
_HELD = "orgCode"
_NOTHING = "\0"
"""Placeholder for a missing value while a line is built; a row with it was refused."""


class _File:
    """One of the importer's files. `multiline`: whether a quoted cell in it contains a line break."""

    def __init__(self, text: TextIO, argument: str, header: list[str]) -> None:
        self._text = text
        self.argument = argument
        self.multiline = False
        text.write(",".join(header) + "\n")

    def write(self, rows: Sequence[Sequence[Any]]) -> None:
        """Write rows of values."""
        text = "".join([_line(row) for row in rows])
        self.multiline = self.multiline or text.count("\n") > len(rows) or "\r" in text
        self._text.write(text)


class ImportFiles:
    """Files in a folder, mode 0600, written while batches are loaded; a context manager, which deletes them after an
    error. They contain no resident IDs, because they hold what the graph would. Memory grows by some 0.3 GB per million
    entities: everything that rows may refer to is kept."""

    def __init__(self, folder: Path, key: IdentityKey) -> None:
        self._folder, self._key = folder, key
        self._open = ExitStack()
        self._sinks: dict[str, Callable[[Sequence[Any]], None]] = {}
        self._files: dict[str, _File] = {}
        self._kinds: dict[str, str] = {}
        self._holders: dict[str, str] = {}

    def __enter__(self) -> Self:
        for table in TABLES:
            if table.label:
                self._nodes(table)
            else:
                self._edges(table)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._open.close()
        finally:
            for path in self._files if kind else ():
                (self._folder / path).unlink()

    def run(self, name: str, work: Callable[[Ask], T]) -> T:
        """Do the work on what was written so far."""
        return work(self._ask)

    def finish(self) -> list[str]:
        """Close the files. Returns the importer's arguments, with the folder as working directory."""
        meta = self._file(f"nodes:{Label.META}", ["name:ID(Meta)", "value:string", "version:string", "open:boolean"])
        meta.write([["identityKey", self._key.fingerprint, None, None], ["catalogue", None, new_version(), False]])
        meta.write([[LOCK_NAME, LOCK_VALUE, None, None], [SEARCH_VERSION, VERSION, None, None]])
        self._open.close()
        files = self._files.values()
        # Its format v2, which names the files concerned, fails on a carriage return in a cell.
        several = any(file.multiline for file in files)
        return [*(file.argument for file in files), f"--multiline-fields={str(several).lower()}"]

    def _ask(self, statement: Write, rows: Sequence[Any]) -> list[Any]:
        if statement is READ_KINDS:
            return [(key, kind) for key in rows if (kind := self._kinds.get(key))]
        if statement.name == read_holders(_HELD).name:
            return [(code, key) for code in rows if (key := self._holders.get(code))]
        if rows and not statement.reads:
            self._sinks[statement.name](rows)
        return []

    def _file(self, what: str, header: list[str]) -> _File:
        option, _, name = what.partition(":")
        path = f"./{option}-{len(self._files):02}.csv"
        descriptor = os.open(self._folder / path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        text = self._open.enter_context(os.fdopen(descriptor, "w", _FLUSH, encoding="utf-8", newline=""))
        file = self._files[path] = _File(text, f"--{option}={name}={path}", header)
        return file

    def _nodes(self, table: Table) -> None:
        label, statements = table.node, NODE_WRITES[table.name]
        written = [name for name in table.properties if name != label.key]
        header = [f"{label.key}:ID({label})", *(f"{name}:{_type(table, name)}" for name in written)]
        file = self._file(f"nodes:{label}", header)
        names = [label.key, *written]
        links = {column.name: self._link(label, column) for column in table.linked}
        subjects = label is Label.ENTITY

        def create(rows: Sequence[Any]) -> None:
            file.write([[row[0].get(name) for name in names] for row in rows])
            for place, column in enumerate(statements.at_once, 1):
                links[column.name]([(row[0][label.key], row[place]) for row in rows])
            for properties, *_ in rows if subjects else ():
                self._kinds[properties["key"]] = properties["kind"]
                if number := properties.get(_HELD):
                    self._holders[number] = properties["key"]

        self._sinks[statements.create.name] = create
        for name, connect in statements.connect.items():
            self._sinks[connect.name] = links[name]

    def _link(self, near: Label, column: Column) -> Callable[[Sequence[Any]], None]:
        if (link := column.link) is None:
            raise TypeError(f"{column.name} makes no relationship")
        start, end = (near, link.far) if link.outgoing else (link.far, near)
        file = self._relationships(link.rel, start, end, [])

        def connect(rows: Sequence[Any]) -> None:
            file.write(rows if link.outgoing else [(far, key) for key, far in rows])

        return connect

    def _edges(self, table: Table) -> None:
        start, rel, end = table.edge
        names = table.properties
        file = self._relationships(rel, start, end, [f"{name}:{_type(table, name)}" for name in names])

        def create(rows: Sequence[Any]) -> None:
            file.write([[one, other, *(cells.get(name) for name in names)] for one, other, cells in rows])

        self._sinks[EDGE_WRITES[table.name].create.name] = create

    def _relationships(self, rel: Rel, start: Label, end: Label, properties: list[str]) -> _File:
        return self._file(f"relationships:{rel}", [f":START_ID({start})", f":END_ID({end})", *properties])


def _type(table: Table, prop: str) -> str:
    column = next((column for column in table.columns if column.prop == prop and column.stored), None)
    if column is None:
        return "string"
    return "string[]" if column.many else _TYPES.get(column.read, "string")


def _line(row: Sequence[Any]) -> str:
    """Each value in quotation marks, so that an empty text is a value; nothing for a missing value."""
    texts = [_NOTHING if value is None else value if type(value) is str else _text(value) for value in row]
    line = '","'.join(texts)
    if line.count('"') > 2 * len(row) - 2:
        line = '","'.join([text.replace('"', '""') for text in texts])
    return f'"{line}"\n'.replace(f'"{_NOTHING}"', "")


def _text(value: Any) -> str:
    """A value in the importer's syntax."""
    if isinstance(value, list):
        return ";".join(value)  # no item contains the separator, because the cell was split at it
    return str(value).lower() if isinstance(value, bool) else str(value)
