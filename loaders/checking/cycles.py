"""References within one table: they may point forward or into the graph, and must not form a cycle."""

from graph.store.transactions import Ask
from graph.writes.loading import read_chain
from loaders.format.tables import Table

from .references import Verdict, refuse_dangling


class Cycles:
    """References within one table. They may point forward, and must not form a cycle."""

    def __init__(self, table: Table, verdicts: list[Verdict], known: set[str], ask: Ask) -> None:
        self._table, self._known = table, known
        self._verdicts = verdicts
        self._in_graph = {
            column.name: dict(ask(read_chain(table.node, column.link), [])) for column in table.chained if column.link
        }

    def refuse_dangling(self, chosen: dict[str, Verdict]) -> bool:
        """Refuse rows whose reference is refused in the file, or exists neither in the file nor in the graph."""
        refused: dict[str, int] = {}
        for verdict in self._verdicts:
            if verdict.key and verdict.key not in chosen:
                refused.setdefault(verdict.key, verdict.row.line)
        before = {id(verdict): bool(verdict.problems) for verdict in self._verdicts}
        for verdict in self._verdicts:
            for column in self._table.chained:
                if any(problem.column == column.name for problem in verdict.problems):
                    continue
                codes = verdict.targets.get(column.name, ())
                bad = [code for code in codes if code not in chosen and (code not in self._known or code in refused)]
                refuse_dangling(verdict, column, bad, refused)
        return any(verdict.problems and not before[id(verdict)] for verdict in self._verdicts)

    def refuse_cycles(self, chosen: dict[str, Verdict]) -> bool:
        """Refuse the rows on a cycle, whether it consists of rows only or also of relationships in the graph."""
        found = False
        for column in self._table.chained:
            after = dict(self._in_graph[column.name])
            for key, verdict in chosen.items():
                after.pop(key, None)
                if targets := verdict.targets.get(column.name):
                    after[key] = targets[0]
            done: set[str] = set()
            for key in chosen:
                walk: dict[str, None] = {}
                at: str | None = key
                while at is not None and at not in done and at not in walk:
                    walk[at] = None
                    at = after.get(at)
                if at is not None and at in walk:
                    steps = list(walk)
                    cycle = steps[steps.index(at) :]
                    for place, code in enumerate(cycle):
                        if code in chosen:
                            found = True
                            spelled = " -> ".join([*cycle[place:], *cycle[: place + 1]])
                            chosen[code].refuse(column.name, f"a cycle: {spelled}")
                done.update(walk)
        return found
