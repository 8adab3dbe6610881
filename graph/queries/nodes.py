"""Nodes by their global ids: the root fields `node` and `nodes`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from graph.errors import InputError
from graph.ids import parse_global_id
from graph.model import Label
from graph.statements.arguments import Arguments
from graph.statements.fetch import SELF
from graph.statements.selected import Scope, Selected
from graph.statements.writer import Writer


@dataclass(frozen=True)
class NodeById:
    """Root field `node`: the node with an id, of any type, or null."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        label = writer.guard(selected, lambda arguments: arguments.read(_wanted)[0])
        key = writer.parameter_from(selected, lambda arguments: arguments.read(_wanted)[1])
        node = writer.name(label)
        with writer.call("one") as name:
            writer.line(f"MATCH ({node}:{label} {{{label.key}: {key}}})")
            value = writer.node(selected, {SELF: node}, label)
            writer.line(f"RETURN collect({value})[0] AS {name}")
        return name


@dataclass(frozen=True)
class NodesById:
    """The nodes with up to 500 ids in the argument, a batch, in order, null where unknown. A malformed id is an error
    at its place."""

    argument: str

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        batch = _placed(self.argument)
        for place, error in writer.guard(selected, lambda arguments: arguments.read(batch).malformed):
            writer.fail((*selected.path, place), error)
        labels = writer.guard(selected, lambda arguments: sorted(arguments.read(batch).places))
        with writer.call("list") as name:
            found = [writer.parameter_from(selected, lambda arguments: arguments.read(batch).empty)]
            for label in labels:
                node = writer.name(label)
                with writer.call("found") as rows:
                    writer.line(f"UNWIND {writer.parameter_from(selected, _places(self.argument, label))} AS wanted")
                    with writer.call("one", ["wanted"]) as one:
                        writer.line(f"MATCH ({node}:{label} {{{label.key}: wanted[1]}})")
                        value = writer.node(selected, {SELF: node}, label)
                        writer.line(f"RETURN collect({value})[0] AS {one}")
                    writer.line(f"RETURN collect([wanted[0], {one}]) AS {rows}")
                found.append(rows)
            writer.line(f"UNWIND {' + '.join(found)} AS placed")
            writer.line("WITH placed ORDER BY placed[0]")
            writer.line(f"RETURN [held IN collect([placed[1]]) | held[0]] AS {name}")
        return name


def _wanted(arguments: Arguments) -> tuple[Label, str]:
    return parse_global_id(arguments["id"])


@dataclass
class _Placed:
    """The ids of a batch by label, each with its place."""

    places: dict[Label, list[list[object]]] = field(default_factory=dict)
    empty: list[list[object]] = field(default_factory=list)
    malformed: list[tuple[int, InputError]] = field(default_factory=list)


@cache
def _placed(argument: str) -> Callable[[Arguments], _Placed]:

    def read(arguments: Arguments) -> _Placed:
        ids: list[str] = arguments[argument]
        arguments.context.check_batch(argument, len(ids))
        placed = _Placed()
        for place, text in enumerate(ids):
            try:
                label, key = parse_global_id(text)
                placed.places.setdefault(label, []).append([place, key])
            except InputError as error:
                placed.malformed.append((place, error))
                placed.empty.append([place, None])
        return placed

    return read


def _places(argument: str, label: Label) -> Callable[[Arguments], list[list[object]]]:
    return lambda arguments: arguments.read(_placed(argument)).places[label]
