"""The shortest path between two nodes of the catalogue."""

from dataclasses import dataclass

from graph.errors import InputError, NotFound
from graph.ids import parse_global_id
from graph.model import Label, Rel
from graph.statements.arguments import Arguments
from graph.statements.fetch import SELF
from graph.statements.selected import Scope, Selected
from graph.statements.writer import Writer

MAX_HOPS = 10
_BETWEEN = (Label.MEMORANDUM, Label.MEASURE, Label.POWER_ITEM, Label.CREDIT_LIST, Label.AGENCY)
"""The labels that a path may pass through."""
_CATALOGUE = (
    Rel.SUBORDINATE_TO, Rel.SUCCEEDED_BY, Rel.SIGNED_BY, Rel.SUPERSEDES, Rel.GOVERNS, Rel.PRESCRIBES,
    Rel.RECOGNIZED_BY, Rel.IMPLEMENTED_BY, Rel.NAMES, Rel.EMBEDDED_IN, Rel.EXERCISED_BY, Rel.DEVOLVED_FROM,
)  # fmt: skip
"""The relationships between those labels."""
_AT_END = {
    Label.REGION: (Rel.IN_REGION, Rel.PART_OF),
    Label.DIVISION: (Rel.DIVISION_OF, Rel.ASSIGNED_TO, Rel.HANDLED_BY),
    Label.LISTING: (Rel.ON_LIST, Rel.HAS_LISTING),
    Label.ENTITY: (Rel.HAS_LISTING, Rel.AFFILIATED_WITH, Rel.IN_REGION),
}
"""The relationships of other labels, followed only from an end of the path: a list may have a million listings."""


def _hops(arguments: Arguments) -> int:
    hops = arguments.get("maxHops")
    hops = 6 if hops is None else hops
    if not 0 <= hops <= MAX_HOPS:
        raise InputError(f"maxHops: {hops} is out of range: ask for 0 to {MAX_HOPS}")
    return int(hops)


def _end(argument: str, selected: Selected, writer: Writer) -> tuple[Label, str]:
    """The label of the node whose id is the argument, and the parameter, a list, of its key."""
    label = writer.guard(selected, lambda arguments: parse_global_id(arguments[argument])[0])
    known = writer.checks.add(
        label,
        label.key,
        selected,
        argument,
        lambda arguments: [parse_global_id(arguments[argument])[1]],
        lambda _: NotFound(f"{argument}: the graph holds no {label} of this id any more"),
    )
    return label, known


@dataclass(frozen=True)
class ShortestPath:
    """Root field `shortestPath`: `length` and `steps`, or null if no path is short enough."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        hops = writer.parameter_from(selected, _hops)
        ends: list[Label] = []
        variables: list[str] = []
        with writer.call("one") as name:
            for argument in ("from", "to"):
                label, known = _end(argument, selected, writer)
                variable = writer.name(argument)
                with writer.call_as(variable, variables):
                    writer.line(f"MATCH ({variable}:{label}) WHERE {variable}.{label.key} IN {known}")
                    writer.line(f"RETURN {variable}")
                ends.append(label)
                variables.append(variable)
            start, end = variables
            types = dict.fromkeys([*_CATALOGUE, *(rel for label in ends for rel in _AT_END.get(label, ()))])
            through = "|".join(_BETWEEN)
            writer.line(
                f"MATCH path = ALL SHORTEST ({start}) ((a)-[:{'|'.join(types)}]-(b) "
                f"WHERE (a = {start} OR a:{through}) AND (b = {end} OR b:{through})){{0,{MAX_HOPS}}} ({end})"
            )
            writer.line(f"WITH path WHERE length(path) <= {hops}")
            ids, words = "[node IN nodes(path) | node.id]", "[edge IN relationships(path) | type(edge)]"
            writer.line(f"WITH nodes(path) AS nodes, {words} AS words ORDER BY {ids}, words LIMIT 1")
            value = writer.map(selected.children(None), {"nodes": "nodes", "words": "words"})
            writer.line(f"RETURN collect({value})[0] AS {name}")
        return name


@dataclass(frozen=True)
class Length:
    """The number of relationships of a path."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        return f"size({scope['words']})"


@dataclass(frozen=True)
class GraphSteps:
    """The nodes of a path, each with the type of the relationship that leads to it."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        node = writer.name("node")
        with writer.call("steps", [scope["nodes"], scope["words"]]) as name:
            writer.line(f"UNWIND range(0, size({scope['words']})) AS place")
            # words[-1] would be the last one.
            word = f"CASE place WHEN 0 THEN null ELSE {scope['words']}[place - 1] END"
            writer.line(f"WITH {scope['nodes']}[place] AS {node}, {word} AS word, place ORDER BY place")
            entries = []
            for part in selected.children(None):
                value = "word"
                if part.name == "node":
                    cases = [
                        f"WHEN {node}:{label} THEN {writer.node(part, {SELF: node}, label)}"
                        for label in (*_BETWEEN, *_AT_END)
                    ]
                    value = f"CASE {' '.join(cases)} END"
                entries.append((part.key, value))
            writer.line(f"RETURN collect({writer.object(entries)}) AS {name}")
        return name
