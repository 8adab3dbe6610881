"""Maintains the version of the catalogue during a load, by the protocol of `graph.statements.catalogue_version`."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any, Self, TypeVar

from graph.errors import DatabaseError, LoadInterrupted
from graph.statements.catalogue_version import (
    CHANGE_CATALOGUE,
    CLOSE_CATALOGUE,
    OPEN_CATALOGUE,
    READ_STATE,
    new_version,
)
from graph.statements.write import Write
from graph.store.transactions import Ask, Transactions

T = TypeVar("T")


class _Overtaken(Exception):
    pass


class CatalogueChange:
    """A context around a load. It announces writes to the catalogue. At the end, with or without an error, it closes
    the catalogue, unless another load has it open."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions
        self._version: str | None = None
        """The version that this load set, or found and may close."""

    def __enter__(self) -> Self:
        self._version = next(iter(self._transactions.ask_once(READ_STATE)), None)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the catalogue. Raises like every transaction, unless another error is being raised."""
        if self._version is None:
            return
        pair = [self._version, new_version()]
        with suppress(*((DatabaseError, LoadInterrupted) if kind else ())):
            self._transactions.run("close catalogue", lambda ask: ask(CLOSE_CATALOGUE, pair))

    def run(self, name: str, work: Callable[[Ask], T]) -> T:
        """Do the work in one transaction, like `Transactions.run`, and announce what it wrote.

        The work is repeated if another load has changed the state of the catalogue in the meantime.
        """
        while True:
            with suppress(_Overtaken):
                return self._transactions.run(name, lambda ask: self._announced(work, ask))

    def _announced(self, work: Callable[[Ask], T], ask: Ask) -> T:
        wrote = False

        def watched(statement: Write, rows: Sequence[Any]) -> list[Any]:
            nonlocal wrote
            wrote = wrote or bool(rows and not statement.reads)
            return ask(statement, rows)

        result = work(watched)
        if wrote:
            opened, changed = new_version(), new_version()
            self._transactions.run("open catalogue", lambda ask_alone: ask_alone(OPEN_CATALOGUE, [opened]))
            self._version = opened
            if not ask(CHANGE_CATALOGUE, [opened, changed]):
                raise _Overtaken
            self._version = changed
        return result
