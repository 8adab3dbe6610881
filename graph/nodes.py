"""Nodes by their global ids: the root fields `node` and `nodes`."""

from dataclasses import dataclass

from .errors import InputError
from .fetch import SELF
from .ids import parse_global_id
from .model import Label
from .statement import Scope, Selected, Writer


@dataclass(frozen=True)
class NodeById:
    """Root field `node`: the node of an id, of whatever type, or null."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        label, key = parse_global_id(selected.arguments["id"])
        node = writer.name(label)
        with writer.call("one") as name:
            writer.line(f"MATCH ({node}:{label} {{{label.key}: {writer.parameter(key)}}})")
            value = writer.map(selected.children(label), {SELF: node}, label)
            writer.line(f"RETURN collect({value})[0] AS {name}")
        return name


@dataclass(frozen=True)
class NodesById:
    """Root field `nodes`: the same for up to 500 ids, in their order, null where unknown; a malformed id is an error at
    its place."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        ids: list[str] = selected.arguments["ids"]
        writer.request.check_batch("ids", len(ids))
        places: dict[Label, list[list[object]]] = {}
        empty: list[list[object]] = []
        for place, text in enumerate(ids):
            try:
                label, key = parse_global_id(text)
                places.setdefault(label, []).append([place, key])
            except InputError as error:
                writer.fail((*selected.path, place), error)
                empty.append([place, None])
        with writer.call("list") as name:
            found = [writer.parameter(empty)]
            for label in sorted(places):
                node = writer.name(label)
                with writer.call("found") as rows:
                    writer.line(f"UNWIND {writer.parameter(places[label])} AS wanted")
                    with writer.call("one", ["wanted"]) as one:
                        writer.line(f"MATCH ({node}:{label} {{{label.key}: wanted[1]}})")
                        value = writer.map(selected.children(label), {SELF: node}, label)
                        writer.line(f"RETURN collect({value})[0] AS {one}")
                    writer.line(f"RETURN collect([wanted[0], {one}]) AS {rows}")
                found.append(rows)
            writer.line(f"UNWIND {' + '.join(found)} AS placed")
            writer.line("WITH placed ORDER BY placed[0]")
            writer.line(f"RETURN [held IN collect([placed[1]]) | held[0]] AS {name}")
        return name
