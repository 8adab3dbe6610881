"""Search over subjects and catalogue: candidates out of the indexes, each compared anew, as a connection of hits."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graph.errors import InputError
from graph.ids import CursorPart, parse_cursor
from graph.masking import quoted
from graph.model import EntityKind, Label, Rel
from graph.search.stored_text import SEARCHED
from graph.statements.arguments import Arguments
from graph.statements.connections import Keyset, Page, write_connection
from graph.statements.fetch import SELF
from graph.statements.selected import Scope, Selected
from graph.statements.writer import Writer

from .match import PLACE, best_match, place_of_hit
from .terms import Numbers, Sought, read_search_text

MAX_CANDIDATES = 500
"""Nodes that one index may propose: a search for 有限公司 fits most subjects."""

_ORDER = Keyset(("{place}", "{node}.id"), (CursorPart(None, form=PLACE), CursorPart(None, form=r"[0-9A-V]+")))
_FULL_TEXT = {label: re.sub(r"(?<!^)(?=[A-Z])", "_", label).lower() + "_search" for label in SEARCHED}
_FORMS = ("text", "code", "codes", "number", "document", "documents", "letters", "spellings", "words", "lucene")
_ORGANIZATION = f"node.kind <> '{EntityKind.NATURAL_PERSON}'"
_NUMBERS = (Label.ENTITY.key, "orgCode", "registrationNo")
# Indexed properties of subjects that are looked up by what they begin with, and with which form of the text.
_BEGINS = (*((prop, "number") for prop in _NUMBERS), ("searchName", "text"), ("initials", "letters"))
_NODE = "RETURN node, null AS listing"


@dataclass(frozen=True)
class Search:
    """Root field `search`: a connection of rows `node` and `hit`. Natural persons are not among them."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        labels = writer.guard(selected, _labels)
        # What can be sought, not what is, decides which indexes are asked.
        writer.guard(selected, _shape_of)
        sought = selected.arguments.read(_sought)
        writer.guard(selected, _cursors_are_good)
        forms_of = writer.parameter_from(selected, _forms)

        def source(_page: Page) -> None:
            forms = {form: f"{forms_of}.{form}" for form in _FORMS}
            branches = list(_branches(sought, labels, forms, writer)) or [f"UNWIND [] AS node\n{_NODE}"]
            with writer.call_as("node"):
                writer.line("\nUNION\n".join(branches))
            writer.line("WITH node, collect(listing) AS listings")
            writer.line(best_match(labels or SEARCHED, forms))
            writer.line(f"WITH node, hit, {place_of_hit()} AS place")

        return write_connection(selected, [], ["place", "node", "hit"], _ORDER, source, writer)


@dataclass(frozen=True)
class HitNode:
    """The node of a hit, projected by its type."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        found = []
        for label in SEARCHED:
            node = writer.name(label)
            with writer.call("found", [scope["node"]]) as name:
                writer.line(f"WITH {scope['node']} AS {node} WHERE {node}:{label}")
                writer.line(f"RETURN collect({writer.node(selected, {SELF: node}, label)})[0] AS {name}")
            found.append(name)
        return f"coalesce({', '.join(found)})"


@dataclass(frozen=True)
class HitValue:
    """What a hit says of itself."""

    key: str

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        return f"{scope['hit']}.{self.key}"


@dataclass(frozen=True)
class Score:
    """The score, from 1.0 to 4.0, in hundredths."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        return f"{scope['hit']}.score / 100.0"


def _labels(arguments: Arguments) -> list[Label]:
    """The labels of the argument `types`. Raises InputError for one that is not searched."""
    types: list[str] | None = arguments.get("types")
    for name in types or ():
        if name not in SEARCHED:
            raise InputError(f"types: {quoted(name)} is not searched: choose from {', '.join(SEARCHED)}")
    return [label for label in SEARCHED if types is None or label in types]


def _check_cursor(text: str | None) -> None:
    if text is not None:
        place = text.partition(".")[0]
        # No id is of the label Meta, so that a place of nobody's is refused like every other cursor.
        label = SEARCHED[int(place[-1])] if re.fullmatch(PLACE, place, re.ASCII) else Label.META
        parse_cursor(text, (_ORDER.parts[0], CursorPart(label)))


def _cursors_are_good(arguments: Arguments) -> bool:
    for argument in ("after", "before"):
        _check_cursor(arguments.get(argument))
    return True


def _sought(arguments: Arguments) -> Sought | Numbers:
    return read_search_text(arguments["text"], arguments.context.key)


def _shape_of(arguments: Arguments) -> tuple[object, ...]:
    """Which forms of the text there are."""
    sought = arguments.read(_sought)
    return type(sought), *(bool(getattr(sought, form, None)) for form in _FORMS)


def _forms(arguments: Arguments) -> dict[str, Any]:
    """The forms of the text. They are entries of one parameter, a map, because Neo4j plans a statement anew for
    parameters of other types or lengths, and needs a third of a second for this one."""
    sought = arguments.read(_sought)
    if isinstance(sought, Numbers):
        return dict.fromkeys(_FORMS) | {"number": sought.number, "spellings": [], "words": []}
    return {form: getattr(sought, form) for form in _FORMS} | {"words": list(sought.words)}


def _branches(sought: Sought | Numbers, labels: list[Label], forms: Mapping[str, str], writer: Writer) -> Iterator[str]:
    """A query for each index that may propose candidates; none where the text has no letter, digit or character."""
    if isinstance(sought, Numbers):
        for prop in _NUMBERS if sought.number and Label.ENTITY in labels else ():
            yield f"MATCH (node:{Label.ENTITY}) WHERE node.{prop} = {forms['number']} AND {_ORGANIZATION}\n{_NODE}"
        return
    if not sought.words:
        return
    most = writer.parameter(MAX_CANDIDATES)
    for label in labels:
        organization = f" AND {_ORGANIZATION}" if label is Label.ENTITY else ""
        full_text = f"db.index.fulltext.queryNodes('{_FULL_TEXT[label]}', {forms['lucene']}, {{limit: {most}}})"
        yield f"CALL {full_text} YIELD node WHERE node:{label}{organization}\n{_NODE}"
        if label is not Label.ENTITY:
            codes = f"MATCH (node:{label}) WHERE node.code STARTS WITH begun"
            yield _each(forms["codes"], f"{codes}\nRETURN node ORDER BY node.code LIMIT {most}", _NODE)
    if Label.ENTITY in labels:
        for prop, form in _BEGINS:
            begins = f"node.{prop} STARTS WITH {forms[form]} AND {_ORGANIZATION}"
            yield f"MATCH (node:{Label.ENTITY}) WHERE {begins}\n{_NODE} ORDER BY node.{prop} LIMIT {most}"
        spelled = f"MATCH (node:{Label.ENTITY}) WHERE node.pinyin STARTS WITH begun AND {_ORGANIZATION}"
        yield _each(forms["spellings"], f"{spelled}\nRETURN node ORDER BY node.pinyin LIMIT {most}", _NODE)
        listed = (
            f"MATCH (listing:{Label.LISTING}) WHERE listing.documentNoKey STARTS WITH begun\n"
            f"MATCH (node:{Label.ENTITY})-[:{Rel.HAS_LISTING}]->(listing) WHERE {_ORGANIZATION}\n"
            f"RETURN node, listing ORDER BY listing.documentNoKey LIMIT {most}"
        )
        yield _each(forms["documents"], listed, "RETURN node, listing")


def _each(begun: str, query: str, returned: str) -> str:
    """The query for each of a list of beginnings, `begun`."""
    return f"UNWIND {begun} AS begun\nCALL (begun) {{\n{query}\n}}\n{returned}"
