"""A subject by its identifier, the measures and departments that apply to it, and the paths between."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from graph.errors import IdentifierError, InputError, NotFound
from graph.identity.identifiers import Identified, identify
from graph.identity.masking import mask_identifier
from graph.ids import CursorPart
from graph.model import IdentifierScheme, Label, Rel
from graph.rules import applicability as rules
from graph.statements.arguments import Arguments
from graph.statements.connections import Keyset, Page, write_connection
from graph.statements.fetch import SELF, return_rows
from graph.statements.statement import AT_MOST_ONE, Scope, Selected, Writer

from .filters import gating, implemented_by, known_code

SHARED = "several subjects have the registration number {!r}: ask by unified social credit code"
_BY_MEASURE = Keyset(("{measure}.id",), (CursorPart(Label.MEASURE),))


@dataclass(frozen=True)
class Subject:
    """Root field `subject`: the entity of an identifier, or null."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        prop, shared = writer.guard(selected, lambda given: _found_by("identifier", given))
        if shared:
            _refuse_shared("identifier", prop, selected, writer)
        entity = writer.name(Label.ENTITY)
        with writer.call("one") as name:
            values = writer.parameter_from(selected, _VALUES["identifier"])
            writer.line(f"MATCH ({entity}:{Label.ENTITY}) WHERE {entity}.{prop} IN {values}")
            return_rows(selected, {SELF: entity}, f"{entity}.key", name, writer, one=True)
        return name


@dataclass(frozen=True)
class Subjects:
    """Root field `subjects`: the entities of up to 500 identifiers, in their order, null where unknown or shared; a
    malformed one is an error at its place."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        with writer.call("list") as name:
            with each_subject("identifiers", selected, writer) as (entity, one):
                return_rows(selected, {SELF: entity}, f"{entity}.key", one, writer, one=True)
            writer.line(f"RETURN [held IN collect([{one}]) | held[0]] AS {name}")
        return name


def require_subject(argument: str, selected: Selected, writer: Writer) -> tuple[str, str]:
    """The property by which the identified subject is found, and the parameter, a list, of what it may hold; the field
    answers an error where no subject is, or where several share a registration number."""
    prop, shared = writer.guard(selected, lambda given: _found_by(argument, given))
    if shared:
        _refuse_shared(argument, prop, selected, writer)

    def error(given: Arguments) -> NotFound:
        return NotFound(
            f"{argument}: the graph holds no subject {mask_identifier(given.read(_SUBJECT[argument]).shown)!r}"
        )

    return prop, writer.check_exists(Label.ENTITY, prop, selected, argument, _VALUES[argument], error)


def _subject(argument: str) -> Callable[[Arguments], Identified]:
    return lambda given: identify(given[argument], given.request.key, given.get("scheme"))


_SUBJECT = {argument: _subject(argument) for argument in ("identifier", "subject")}


def _values(subject: Callable[[Arguments], Identified]) -> Callable[[Arguments], list[str]]:
    return lambda given: list(given.read(subject).values)


_VALUES = {argument: _values(subject) for argument, subject in _SUBJECT.items()}


def _found_by(argument: str, given: Arguments) -> tuple[str, bool]:
    """The property by which the subject is found, and whether several may share its value."""
    found = given.read(_SUBJECT[argument])
    return found.property, found.scheme is IdentifierScheme.REGISTRATION_NO


def _refuse_shared(argument: str, prop: str, selected: Selected, writer: Writer) -> None:
    """The field answers an error where several subjects hold the value of the property."""

    def error(given: Arguments) -> InputError:
        return InputError(SHARED.format(mask_identifier(given.read(_SUBJECT[argument]).shown)))

    writer.check_exists(Label.ENTITY, prop, selected, argument, _VALUES[argument], error, AT_MOST_ONE)


@contextmanager
def each_subject(argument: str, selected: Selected, writer: Writer) -> Iterator[tuple[str, str]]:
    """Write a row for each of up to 500 identifiers, in order. Yields, inside a subquery of the row, the variable of
    the entity (no row where it is unknown) and the name under which the subquery must return one value; a list of
    one keeps a null that collect() would leave out. A malformed identifier fails at its place."""
    batch = _BATCH[argument]
    found_by, malformed = writer.guard(selected, lambda given: given.read(batch)[1:])
    for place, error in malformed:
        writer.fail((*selected.path, place), error)
    rows = writer.parameter_from(selected, lambda given: given.read(batch)[0])
    entity = writer.name(Label.ENTITY)
    writer.line(f"UNWIND {rows} AS row")
    with writer.call("one", ["row"]) as one:
        with writer.call_as(entity, ["row"]):
            for number, place in enumerate(found_by):
                prop = _FOUND_BY[place]
                writer.line("UNION" if number else "")
                writer.line(f"MATCH ({entity}:{Label.ENTITY}) WHERE {entity}.{prop} IN row[{place}]")
                if prop == "registrationNo":  # one that several share is nobody's
                    writer.line(f"WITH collect({entity}) AS sharing WHERE size(sharing) = 1")
                    writer.line(f"UNWIND sharing AS {entity}")
                writer.line(f"RETURN {entity}")
        yield entity, one


_FOUND_BY = ("key", "orgCode", "registrationNo")
_Batch = tuple[list[list[list[str]]], tuple[int, ...], list[tuple[int, IdentifierError]]]


def _batch(argument: str) -> Callable[[Arguments], _Batch]:
    """Reads for each identifier what each of _FOUND_BY may hold; the places of those of them that may hold anything, or
    of the first; and the places of the identifiers that are malformed."""

    def read(given: Arguments) -> _Batch:
        identifiers: list[str] = given[argument]
        given.request.check_batch(argument, len(identifiers))
        rows: list[list[list[str]]] = []
        malformed: list[tuple[int, IdentifierError]] = []
        for place, text in enumerate(identifiers):
            row: list[list[str]] = [[] for _ in _FOUND_BY]
            try:
                found = identify(text, given.request.key)
                row[_FOUND_BY.index(found.property)] = list(found.values)
            except IdentifierError as error:
                malformed.append((place, error))
            rows.append(row)
        found_by = tuple(place for place in range(len(_FOUND_BY)) if any(row[place] for row in rows))
        return rows, found_by or (0,), malformed

    return read


_BATCH = {argument: _batch(argument) for argument in ("identifiers", "subjects")}


@dataclass(frozen=True)
class StandingOf:
    """Rule 8."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        with writer.call("colors", [scope[SELF]]) as name:
            writer.line(rules.standing_colors(scope[SELF], writer.day(selected)))
            writer.line(f"RETURN collect(DISTINCT list.color) AS {name}")
        return rules.standing(name)


@dataclass(frozen=True)
class AdviceFor:
    """Rule 9."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        item = known_code("powerItem", Label.POWER_ITEM, selected, writer)
        with writer.call("natures", [scope[SELF]]) as name:
            writer.line(rules.grounds(scope[SELF], writer.day(selected)))
            writer.line(f"WITH DISTINCT measure WHERE {rules.gates_an_item('measure', f'rule6.code IN {item}')}")
            writer.line(f"RETURN collect(DISTINCT measure.nature) AS {name}")
        return rules.advice(name)


@dataclass(frozen=True)
class ApplicableMeasures:
    """Rule 5 with the filters, as a connection of rows `measure` and `grounds`."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        def source(_page: Page) -> None:
            _write_grounds(selected, scope[SELF], writer)
            writer.line(
                "WITH measure, collect({via: via, listing: listing, list: list, memorandum: memorandum, "
                "affiliation: affiliation, organization: organization}) AS grounds"
            )

        return write_connection(selected, [scope[SELF]], ["measure", "grounds"], _BY_MEASURE, source, writer)


@dataclass(frozen=True)
class ApplicableAgencies:
    """Rule 7: rows `agency`, `measures`, those of the applicable measures that it implements, and `items`, for each of
    these, where power items are asked for, the list of the agency's own that it gates."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        roles = {"agency": "agency", "measures": "measures"}
        with writer.call("list", [scope[SELF]]) as name:
            _write_grounds(selected, scope[SELF], writer)
            writer.line("WITH DISTINCT measure")
            if selected.child("powerItems"):
                # Once for each measure, not for each agency that implements it.
                with writer.call_as("gated", ["measure"]):
                    writer.line(f"MATCH {rules.gates('measure', 'item')}")
                    writer.line("WITH DISTINCT item")
                    writer.line(f"MATCH (item)-[:{Rel.EXERCISED_BY}]->(acting:{Label.AGENCY})")
                    writer.line("RETURN collect({item: item, acting: acting}) AS gated")
                roles["items"] = "items"
            writer.line(f"MATCH (measure)-[:{Rel.IMPLEMENTED_BY}]->(agency:{Label.AGENCY})")
            own = ", collect([pair IN gated WHERE pair.acting = agency | pair.item]) AS items" * ("items" in roles)
            writer.line(f"WITH agency, collect(measure) AS measures{own}")
            return_rows(selected, roles, "agency.code", name, writer)
        return name


@dataclass(frozen=True)
class OwnItems:
    """The distinct power items of an agency that its measures gate (rule 7), out of the lists in the list `items`."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        node = writer.name(Label.POWER_ITEM)
        with writer.call("list", [scope["items"]]) as name:
            writer.line(f"UNWIND {scope['items']} AS own")
            writer.line(f"UNWIND own AS {node}")
            writer.line(f"WITH DISTINCT {node}")
            return_rows(selected, {SELF: node}, f"{node}.{Label.POWER_ITEM.key}", name, writer)
        return name


_LEFT = {"via": "via = {}", "color": "list.color = {}", "natures": "measure.nature IN {}"}
"""By argument, the condition of the grounds that it leaves."""


def _write_grounds(selected: Selected, entity: str, writer: Writer) -> None:
    """The grounds that the filters of RULES.md leave: of the grounds themselves, then of their measures."""
    writer.line(rules.grounds(entity, writer.day(selected)))
    asked = [
        condition.format(writer.argument(selected, argument))
        for argument, condition in _LEFT.items()
        if writer.has(selected, argument)
    ]
    for condition in (implemented_by, gating):
        if text := condition({SELF: "measure"}, selected, writer):
            asked.append(text)
    if writer.has(selected, "scene"):
        asked.append(rules.gates_an_item("measure", f"rule6.scene = {writer.argument(selected, 'scene')}"))
    if asked:
        writer.line("WITH * WHERE " + " AND ".join(asked))
