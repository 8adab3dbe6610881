"""Numbers that only one entity may have: organisation codes. (Registration offices give some numbers twice.)

The graph may still have a number at an entity that gives it up in a later row of the file. A row with such a number is
deferred to the end of the file; otherwise it would be refused now and loaded the next time.
"""

from graph.store.transactions import Ask
from graph.writes.loading import read_holders
from loaders.format.tables import Table

from .ledger import Ledger
from .references import Verdict


def numbers_of(table: Table, verdict: Verdict) -> dict[str, str]:
    """By column, the numbers in a row."""
    found = {}
    for name in table.unique:
        if value := verdict.row.properties.get(table.by_name[name].prop):
            found[name] = value
    return found


def marks(table: Table, verdict: Verdict) -> set[str]:
    """The key and the numbers of a row; a later row that shares one with a deferred row is deferred too."""
    return {verdict.key, *(f"{name}:{value}" for name, value in numbers_of(table, verdict).items())}


class UniqueNumbers:
    """The numbers of one batch. `waiting` holds the marks of deferred rows; None while those are loaded themselves."""

    def __init__(self, table: Table, alive: list[Verdict], ledger: Ledger, ask: Ask, waiting: set[str] | None) -> None:
        self._table = table
        self._waiting = waiting
        self.deferred: list[Verdict] = []
        self._holders: dict[str, dict[str, str]] = {}
        self._repeated = False
        """Whether two rows of the batch have the same number. This is rare, so one test covers the whole batch."""
        for name in table.unique:
            prop = table.by_name[name].prop
            all_values = [value for v in alive if (value := v.row.properties.get(prop))]
            values = sorted(set(all_values))
            self._repeated = self._repeated or len(values) < len(all_values)
            self._holders[name] = dict(ask(read_holders(prop), values)) if values else {}
        holders = {key for holding in self._holders.values() for key in holding.values()}
        # The rows of earlier batches are in the graph, so their numbers need no separate look-up.
        self._loaded = ledger.taken(table.file, holders)

    def refuse_held(self, chosen: dict[str, Verdict]) -> bool:
        """Refuse or defer rows with a number that another entity has. Returns whether there were any."""
        changed = False
        if not self._waiting and not any(self._holders.values()):
            return changed
        for verdict in chosen.values():
            if self._waiting and not self._waiting.isdisjoint(marks(self._table, verdict)):
                self._defer(verdict)
                changed = True
                continue
            waits = False
            for name, value in numbers_of(self._table, verdict).items():
                holder = self._holders[name].get(value, verdict.key)
                if holder == verdict.key or self._gives_up(chosen.get(holder), name, value):
                    continue
                changed = True
                if holder in self._loaded:
                    self._refuse(verdict, name, value, f"the entity of line {self._loaded[holder]}")
                elif self._waiting is None or holder in chosen:
                    self._refuse(verdict, name, value, "another entity in the graph")
                else:
                    waits = True
            if waits and not verdict.problems:
                self._defer(verdict)
        return changed

    def refuse_shared(self, chosen: dict[str, Verdict]) -> bool:
        """Refuse rows with a number that an earlier row of the batch has. Returns whether there were any."""
        first: dict[tuple[str, str], Verdict] = {}
        changed = False
        for verdict in chosen.values() if self._repeated else ():
            for name, value in numbers_of(self._table, verdict).items():
                earlier = first.setdefault((name, value), verdict)
                if earlier is not verdict and not earlier.problems:
                    self._refuse(verdict, name, value, f"the entity of line {earlier.row.line}")
                    changed = True
        return changed

    def _gives_up(self, holder: Verdict | None, name: str, value: str) -> bool:
        return holder is not None and numbers_of(self._table, holder).get(name) != value

    def _defer(self, verdict: Verdict) -> None:
        self.deferred.append(verdict)
        if self._waiting is not None:
            self._waiting |= marks(self._table, verdict)

    @staticmethod
    def _refuse(verdict: Verdict, name: str, value: str, who: str) -> None:
        derived = "" if verdict.row.cells.clear(name) else ", which is places 9 to 17 of the identifier,"
        shown = verdict.row.shown(name, value)
        verdict.refuse(name, f"{name} {shown}{derived} is held by {who}", value)
