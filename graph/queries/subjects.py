"""A subject by its identifier, the measures and departments that apply to it, and the paths between."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

from graph.errors import IdentifierError, InputError, NotFound
from graph.identity.identifiers import Identified, identify
from graph.masking import mask_identifier
from graph.model import IdentifierScheme, Label
from graph.statements.arguments import Arguments
from graph.statements.checks import AT_MOST_ONE
from graph.statements.fetch import SELF, return_rows
from graph.statements.selected import Scope, Selected
from graph.statements.writer import Writer

SHARED = "several subjects have the registration number {!r}: ask by unified social credit code"


@dataclass(frozen=True)
class Subject:
    """The entity with the identifier in the argument, or null."""

    argument: str

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        prop, shared = writer.guard(selected, lambda arguments: _found_by(self.argument, arguments))
        if shared:
            _refuse_shared(self.argument, prop, selected, writer)
        entity = writer.name(Label.ENTITY)
        with writer.call("one") as name:
            values = writer.parameter_from(selected, _values(self.argument))
            writer.line(f"MATCH ({entity}:{Label.ENTITY}) WHERE {entity}.{prop} IN {values}")
            return_rows(selected, {SELF: entity}, f"{entity}.key", name, writer, one=True)
        return name


@dataclass(frozen=True)
class Subjects:
    """The entities with up to 500 identifiers in the argument, a batch, in order, null where unknown or shared. A
    malformed identifier is an error at its place."""

    argument: str

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        with writer.call("list") as name:
            with each_subject(self.argument, selected, writer) as (entity, one):
                return_rows(selected, {SELF: entity}, f"{entity}.key", one, writer, one=True)
            writer.line(f"RETURN [held IN collect([{one}]) | held[0]] AS {name}")
        return name


def require_subject(argument: str, selected: Selected, writer: Writer) -> tuple[str, str]:
    """The property that identifies the subject, and the parameter, a list, of its possible values. The field answers an
    error if there is no such subject, or if several share a registration number."""
    prop, shared = writer.guard(selected, lambda arguments: _found_by(argument, arguments))
    if shared:
        _refuse_shared(argument, prop, selected, writer)

    def error(arguments: Arguments) -> NotFound:
        return NotFound(
            f"{argument}: the graph holds no subject {mask_identifier(arguments.read(_subject(argument)).shown)!r}"
        )

    return prop, writer.checks.add(Label.ENTITY, prop, selected, argument, _values(argument), error)


@cache
def _subject(argument: str) -> Callable[[Arguments], Identified]:
    return lambda arguments: identify(arguments[argument], arguments.context.key, arguments.get("scheme"))


@cache
def _values(argument: str) -> Callable[[Arguments], list[str]]:
    return lambda arguments: list(arguments.read(_subject(argument)).values)


def _found_by(argument: str, arguments: Arguments) -> tuple[str, bool]:
    """The property that identifies the subject, and whether several subjects may have the same value."""
    found = arguments.read(_subject(argument))
    return found.property, found.scheme is IdentifierScheme.REGISTRATION_NO


def _refuse_shared(argument: str, prop: str, selected: Selected, writer: Writer) -> None:
    """Make the field answer an error if several subjects have the value of the property."""

    def error(arguments: Arguments) -> InputError:
        return InputError(SHARED.format(mask_identifier(arguments.read(_subject(argument)).shown)))

    writer.checks.add(Label.ENTITY, prop, selected, argument, _values(argument), error, AT_MOST_ONE)


@contextmanager
def each_subject(argument: str, selected: Selected, writer: Writer) -> Iterator[tuple[str, str]]:
    """Write a row for each of up to 500 identifiers, in order. Yields, inside a subquery of the row, the variable of
    the entity (no row if it is unknown) and the name under which the subquery must return one value; collect() would
    drop a null, so the value must be a list of one. A malformed identifier fails at its place."""
    batch = _batch(argument)
    for place, error in writer.guard(selected, lambda arguments: arguments.read(batch).malformed):
        writer.fail((*selected.path, place), error)
    found_by = writer.guard(selected, lambda arguments: arguments.read(batch).found_by)
    rows = writer.parameter_from(selected, lambda arguments: arguments.read(batch).rows)
    entity = writer.name(Label.ENTITY)
    writer.line(f"UNWIND {rows} AS row")
    with writer.call("one", ["row"]) as one:
        with writer.call_as(entity, ["row"]):
            for number, place in enumerate(found_by):
                prop = _FOUND_BY[place]
                writer.line("UNION" if number else "")
                writer.line(f"MATCH ({entity}:{Label.ENTITY}) WHERE {entity}.{prop} IN row[{place}]")
                if prop == "registrationNo":  # a shared number identifies nobody
                    writer.line(f"WITH collect({entity}) AS sharing WHERE size(sharing) = 1")
                    writer.line(f"UNWIND sharing AS {entity}")
                writer.line(f"RETURN {entity}")
        yield entity, one


_FOUND_BY = ("key", "orgCode", "registrationNo")


@dataclass(frozen=True)
class _Batch:
    """The identifiers of an argument, parsed."""

    rows: list[list[list[str]]]
    """For each identifier, the possible values of each property in _FOUND_BY."""
    found_by: tuple[int, ...]
    """The indexes in _FOUND_BY of the properties with values; the first if none has any."""
    malformed: list[tuple[int, IdentifierError]]
    """The places of the malformed identifiers."""


@cache
def _batch(argument: str) -> Callable[[Arguments], _Batch]:

    def read(arguments: Arguments) -> _Batch:
        identifiers: list[str] = arguments[argument]
        arguments.context.check_batch(argument, len(identifiers))
        rows: list[list[list[str]]] = []
        malformed: list[tuple[int, IdentifierError]] = []
        for place, text in enumerate(identifiers):
            row: list[list[str]] = [[] for _ in _FOUND_BY]
            try:
                found = identify(text, arguments.context.key)
                row[_FOUND_BY.index(found.property)] = list(found.values)
            except IdentifierError as error:
                malformed.append((place, error))
            rows.append(row)
        found_by = tuple(place for place in range(len(_FOUND_BY)) if any(row[place] for row in rows))
        return _Batch(rows, found_by or (0,), malformed)

    return read
