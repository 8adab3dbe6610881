"""Resolves the references in a batch: to a row of the dataset, to the graph, to a refused row, or to nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graph.model import EntityKind, Label
from graph.store.transactions import Ask
from graph.writes.loading import READ_KINDS
from loaders.format.columns import Column
from loaders.format.tables import TABLE_OF, Table
from loaders.reading.identifiers import UNREADABLE
from loaders.reading.row import Problem, Row

from .ledger import Ledger


@dataclass(slots=True, eq=False)
class Verdict:
    """A row while it is checked. The row itself does not change, so that a batch can be loaded again."""

    row: Row
    problems: list[Problem]
    targets: dict[str, list[str]] = field(default_factory=dict)
    """By column, the keys of the nodes that its cell names."""
    key: str = ""
    """The key that distinguishes the row from others in its file."""

    def refuse(self, column: str, reason: str, value: str | None = None) -> None:
        """Record a problem, like `Row.problem`."""
        self.problems.append(self.row.problem(column, reason, value))


def resolve(table: Table, rows: Iterable[Row], known: dict[Label, set[str]], ledger: Ledger, ask: Ask) -> list[Verdict]:
    """The verdicts in the order of the rows. Codes of the table's own label that are not `known` are left to
    `accept`."""
    verdicts = [Verdict(row, list(row.problems), key=row.key) for row in rows]
    for column in table.references:
        named = {key for v in verdicts for item in v.row.references.get(column.name, ()) for key in item}
        refused = ledger.refused(TABLE_OF[column.target].file, named)
        if column.names is Label.ENTITY:
            kinds = dict(ask(READ_KINDS, sorted(named))) if named else {}
            for verdict in verdicts:
                _resolve_subject(table, column, verdict, kinds, refused)
        elif column.names is not table.label:
            _resolve_codes(column, verdicts, known[column.target], refused)
        else:
            for verdict in verdicts:
                verdict.targets[column.name] = [code for (code,) in verdict.row.references.get(column.name, ())]
    if table.rel:
        for verdict in verdicts:
            _name_edge(table, verdict)
    return verdicts


MAX_DANGLING = 20
"""Codes of one cell that are listed individually."""


def refuse_dangling(verdict: Verdict, column: Column, codes: Sequence[str], refused: dict[str, int]) -> None:
    """Refuse a row for the codes in one of its cells that name nothing, or a refused row."""
    table = TABLE_OF[column.target]
    for code in codes[:MAX_DANGLING]:
        shown = verdict.row.shown(column.name, code)
        if code in refused:
            reason = f"it names {shown!r} of {table.file} line {refused[code]}, which was refused"
        else:
            reason = f"{shown!r} is neither in {table.file} nor in the graph"
        verdict.refuse(column.name, reason, code)
    if len(codes) > MAX_DANGLING:
        verdict.refuse(column.name, f"{len(codes) - MAX_DANGLING:,} more of its codes name nothing that is loaded")


def _resolve_codes(column: Column, verdicts: list[Verdict], known: set[str], refused: dict[str, int]) -> None:
    name = column.name
    for verdict in verdicts:
        codes = [item[0] for item in verdict.row.references.get(name, ())]
        verdict.targets[name] = codes
        refuse_dangling(verdict, column, [code for code in codes if code in refused or code not in known], refused)


def _resolve_subject(
    table: Table, column: Column, verdict: Verdict, kinds: dict[str, str], refused: dict[str, int]
) -> None:
    for candidates in verdict.row.references.get(column.name, ()):
        there = [key for key in candidates if key in kinds and key not in refused]
        turned_down = [refused[key] for key in candidates if key in refused]
        if len(there) == 1:
            verdict.targets[column.name] = there
            if column.name == table.end and kinds[there[0]] == EntityKind.NATURAL_PERSON:
                verdict.refuse(column.name, "it is a natural person: nobody holds a role at one")
        elif there:
            verdict.refuse(column.name, "it is the number of a natural person and of an organisation: which is meant?")
        elif turned_down:
            verdict.refuse(column.name, f"it names what entities.csv line {turned_down[0]} gave, which was refused")
        elif not candidates[0].startswith(UNREADABLE):
            verdict.refuse(column.name, "the subject is neither in entities.csv nor in the graph")


def _name_edge(table: Table, verdict: Verdict) -> None:
    """The key of a relationship: its ends, and the properties that distinguish it from others between them."""
    ends = [verdict.targets.get(name, []) for name in (table.start, table.end)]
    if all(ends) and ends[0] == ends[1] and table.by_name[table.start].names is table.by_name[table.end].names:
        verdict.refuse(table.end, "a subject holds no role at itself")
    identity = [verdict.row.properties.get(name) for name in edge_keys(table)]
    if all(ends) and None not in identity:
        verdict.key = "\x1f".join([*(end[0] for end in ends), *map(str, identity)])


def edge_keys(table: Table) -> tuple[str, ...]:
    """The properties that distinguish a relationship from others between the same nodes."""
    return tuple(table.by_name[name].prop for name in table.key if name not in (table.start, table.end))
