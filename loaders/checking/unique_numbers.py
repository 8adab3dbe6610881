"""Numbers that one entity alone may hold: organisation codes. (Registration offices have given numbers twice.)

The graph may still give a number to an entity whose row, later in the file, gives it up. A row that asks for such a
number waits until the end of the file; else it would be refused now and loaded the next time.
"""

from graph.store.transactions import Ask
from graph.writes.loading import read_holders
from loaders.format.tables import Table

from .ledger import Ledger
from .references import Verdict


def asked(table: Table, verdict: Verdict) -> dict[str, str]:
    """By column, the numbers that a row gives its entity."""
    found = {}
    for name in table.unique:
        if value := verdict.row.properties.get(table.by_name[name].prop):
            found[name] = value
    return found


def marks(table: Table, verdict: Verdict) -> set[str]:
    """The row's key and numbers: what later rows must not share with a row that waits."""
    return {verdict.key, *(f"{name}:{value}" for name, value in asked(table, verdict).items())}


class UniqueNumbers:
    """The numbers of one batch. `waiting` holds the marks of rows that wait; None once they are settled themselves."""

    def __init__(self, table: Table, alive: list[Verdict], ledger: Ledger, ask: Ask, waiting: set[str] | None) -> None:
        self._table = table
        self._waiting = waiting
        self.deferred: list[Verdict] = []
        self._holders: dict[str, dict[str, str]] = {}
        self._repeated = False
        """Whether two rows of the batch ask for the same number; seldom, so the question is put once for all."""
        for name in table.unique:
            prop = table.by_name[name].prop
            given = [value for v in alive if (value := v.row.properties.get(prop))]
            values = sorted(set(given))
            self._repeated = self._repeated or len(values) < len(given)
            self._holders[name] = dict(ask(read_holders(prop), values)) if values else {}
        holders = {key for holding in self._holders.values() for key in holding.values()}
        # What earlier batches loaded is in the graph, so their numbers need no look-up of their own.
        self._loaded = ledger.taken(table.file, holders)

    def refuse_held(self, chosen: dict[str, Verdict]) -> bool:
        """Refuse, or put off, rows that ask for a number which another entity holds. Whether there was one."""
        changed = False
        if not self._waiting and not any(self._holders.values()):
            return changed
        for verdict in chosen.values():
            if self._waiting and not self._waiting.isdisjoint(marks(self._table, verdict)):
                self._defer(verdict)
                changed = True
                continue
            waits = False
            for name, value in asked(self._table, verdict).items():
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
        """Refuse rows that ask for a number which an earlier row of the batch has got. Whether there was one."""
        first: dict[tuple[str, str], Verdict] = {}
        changed = False
        for verdict in chosen.values() if self._repeated else ():
            for name, value in asked(self._table, verdict).items():
                earlier = first.setdefault((name, value), verdict)
                if earlier is not verdict and not earlier.problems:
                    self._refuse(verdict, name, value, f"the entity of line {earlier.row.line}")
                    changed = True
        return changed

    def _gives_up(self, holder: Verdict | None, name: str, value: str) -> bool:
        return holder is not None and asked(self._table, holder).get(name) != value

    def _defer(self, verdict: Verdict) -> None:
        self.deferred.append(verdict)
        if self._waiting is not None:
            self._waiting |= marks(self._table, verdict)

    @staticmethod
    def _refuse(verdict: Verdict, name: str, value: str, who: str) -> None:
        derived = "" if verdict.row.cells.clear(name) else ", which is places 9 to 17 of the identifier,"
        shown = verdict.row.shown(name, value)
        verdict.refuse(name, f"{name} {shown}{derived} is held by {who}", value)
