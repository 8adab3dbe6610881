"""Decides which rows of a batch are accepted: of several with one key the first good one, none in a cycle, none with a
dangling reference or a number of another entity. A refusal may make further rows bad, so each round looks at what is
left."""

from collections.abc import Callable
from dataclasses import dataclass

from graph.store.transactions import Ask
from loaders.format.tables import Table

from .cycles import Cycles
from .ledger import Ledger
from .references import Verdict
from .unique_numbers import UniqueNumbers


@dataclass(frozen=True)
class Accepted:
    """`good` rows are written, `deferred` ones wait for the end of the file; all others have problems."""

    good: list[Verdict]
    deferred: list[Verdict]


def accept(
    table: Table, verdicts: list[Verdict], known: set[str], ledger: Ledger, ask: Ask, waiting: set[str] | None
) -> Accepted:
    """Accept rows in the order of the file, and record problems in those that are refused.

    `known`: codes of the table's label in the graph, for the small tables. `waiting`: marks of the rows deferred so
    far. A row that shares a mark is deferred too, and its marks are added. None decides the deferred rows themselves.
    """
    taken = ledger.taken(table.file, (verdict.key for verdict in verdicts if verdict.key))
    for verdict in verdicts:
        if verdict.key in taken:
            _refuse_repeated(table, verdict, taken[verdict.key])
    alive = [verdict for verdict in verdicts if not verdict.problems]
    deferred: list[Verdict] = []
    refusals: list[Callable[[dict[str, Verdict]], bool]] = []
    if table.chained:
        chains = Cycles(table, verdicts, known, ask)
        refusals += [chains.refuse_dangling, chains.refuse_cycles]
    if table.unique:
        numbers = UniqueNumbers(table, alive, ledger, ask, waiting)
        deferred = numbers.deferred
        refusals += [numbers.refuse_held, numbers.refuse_shared]
    while True:
        chosen: dict[str, Verdict] = {}
        for verdict in alive:
            chosen.setdefault(verdict.key, verdict)
        refused = False
        for refuse in refusals:
            refused = refuse(chosen)
            if refused:
                break  # the next round looks at what is left
        if not refused:
            break
        put_off = set(deferred)
        alive = [verdict for verdict in alive if not verdict.problems and verdict not in put_off]
    for verdict in alive:
        if chosen[verdict.key] is not verdict:
            _refuse_repeated(table, verdict, chosen[verdict.key].row.line)
    return Accepted(list(chosen.values()), deferred)


def _refuse_repeated(table: Table, verdict: Verdict, line: int) -> None:
    what = table.key[0] if len(table.key) == 1 else f"{', '.join(table.key[:-1])} and {table.key[-1]}"
    verdict.refuse(table.key[0], f"line {line} has the same {what}")
