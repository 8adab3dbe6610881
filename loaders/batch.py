"""Loads one batch of rows: check references, accept, write, then record the outcome of each row."""

from dataclasses import dataclass, field
from functools import partial

from graph.identity.key import IdentityKey
from graph.model import Label
from graph.store.transactions import Ask, Runner

from .checking.acceptance import accept
from .checking.ledger import Ledger
from .checking.references import Verdict, resolve
from .checking.unique_numbers import marks
from .format.tables import Table
from .reading.identifiers import claims
from .reading.row import Row
from .report import Figures, Refusal, Report
from .writing.upsert import write_rows


@dataclass(frozen=True)
class _Loaded:
    """The outcome of a transaction, recorded after its commit."""

    good: list[Verdict]
    refused: list[Verdict]
    deferred: list[Verdict]
    figures: Figures = field(default_factory=Figures)


class BatchLoader:
    """Loads the batches of one file, in order, from one thread."""

    def __init__(
        self,
        table: Table,
        key: IdentityKey,
        known: dict[Label, set[str]],
        ledger: Ledger,
        runner: Runner,
        report: Report,
    ) -> None:
        self._table, self._key, self._known = table, key, known
        self._ledger, self._runner, self._report = ledger, runner, report
        self._written = 0
        self._waiting: set[str] = set()
        # Kept in memory: only organisations, and of those only rows with a number that the graph has at another entity.
        self._deferred: list[Row] = []

    def load(self, rows: list[Row], size: int) -> None:
        """Load a batch of `size` bytes in one transaction."""
        loaded = self._run(rows, last=False)
        for verdict in loaded.deferred:
            self._waiting |= marks(self._table, verdict)
            self._deferred.append(verdict.row)
        self._note(loaded, size)

    def finish(self) -> None:
        """Load the rows that were deferred to the end of the file."""
        if self._deferred:
            self._note(self._run(self._deferred, last=True), 0)

    def _run(self, rows: list[Row], *, last: bool) -> _Loaded:
        return self._runner.run(f"load {self._table.file}", partial(self._decide_and_write, rows, last))

    def _decide_and_write(self, rows: list[Row], last: bool, ask: Ask) -> _Loaded:
        verdicts = resolve(self._table, rows, self._known, self._ledger, ask)
        known = self._known.get(self._table.label, set()) if self._table.label else set()
        waiting = None if last else set(self._waiting)
        accepted = accept(self._table, verdicts, known, self._ledger, ask, waiting)
        figures = write_rows(self._table, accepted.good, self._written, ask)
        refused = [verdict for verdict in verdicts if verdict.problems]
        figures.read, figures.refused = len(accepted.good) + len(refused), len(refused)
        return _Loaded(accepted.good, refused, accepted.deferred, figures)

    def _note(self, loaded: _Loaded, size: int) -> None:
        table = self._table
        self._ledger.take(table.file, {verdict.key: verdict.row.line for verdict in loaded.good})
        if table.label in self._known:
            self._known[table.label].update(verdict.key for verdict in loaded.good)
        lines: dict[str, int] = {}
        for verdict in loaded.refused:
            for claim in claims(verdict.row, table, self._key):
                lines.setdefault(claim, verdict.row.line)
            for problem in verdict.problems:
                self._report.refuse(
                    Refusal(table.file, verdict.row.line, problem.column, problem.value, problem.reason)
                )
        if table.label:
            self._ledger.refuse(table.file, lines)
        self._written += loaded.figures.created
        self._report.add(table.file, loaded.figures, size)
