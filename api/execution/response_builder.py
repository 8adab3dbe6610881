"""The shape of an answer: what a statement returned as lists becomes the data of the response, in the order selected.

What graphql-core would say of each value is known when a plan is made: the statement answers words of vocabularies,
dates and ids as they leave. What stays to be done is to name the fields, to put in type names and what is held of the
catalogue, and to see that nothing is null which must not be. Where that fails the ordinary way answers.
"""

from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import Any

import orjson
from graphql import (
    GraphQLEnumType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLUnionType,
)
from graphql.execution.collect_fields import FieldDetailsList, GroupedFieldSet

from graph.statements.selected import Path, Selected

from .selection import Selection

Pieces = list[dict[str, orjson.Fragment]]
"""What is held of the catalogue: for each part of a plan, by key. Builders raise KeyError for what is not."""


class UseSlowPath(Exception):
    """Raised where an answer must take the ordinary way: a null where none may be, or what only graphql-core tells."""


Build = Callable[[Any, Pieces], Any]


class ResponseBuilder:
    """Makes the builders of a selection: each takes a value of the statement and the pieces, and returns the data."""

    def __init__(self, selection: Selection, fragments: Mapping[tuple[Path, str | None], int]) -> None:
        """`parts`: the numbers of the parts by where they stand."""
        self._selection = selection
        self._fragments = fragments

    def operation(self) -> Build:
        """The builder of the data of the operation."""
        return self._object(*self._selection.root(), ())

    def thing(self, selected: Selected, kind: str) -> Build:
        """The builder of what is selected of one thing of that type at a field."""
        object_type = self._selection.schema.get_type(kind)
        if not isinstance(object_type, GraphQLObjectType):
            raise TypeError(f"{kind} is no object type")
        grouped = self._selection.collect(object_type, self._selection.details[selected.path])
        return self._object(object_type, grouped, selected.path)

    def _object(self, parent: GraphQLObjectType, grouped: GroupedFieldSet, path: Path) -> Build:
        template: dict[str, Any] = {}
        fields: list[str] = []
        required: list[int] = []
        nested: list[tuple[str, Build]] = []
        for key, details in grouped.items():
            name = details[0].node.name.value
            if name == "__typename":
                template[key] = parent.name
                continue
            if name.startswith("__"):
                raise UseSlowPath
            template[key] = None
            returned = parent.fields[name].type
            build = self._value(returned, details, (*path, key))
            if build is not None:
                nested.append((key, build))
            elif isinstance(returned, GraphQLNonNull):
                required.append(len(fields))
            fields.append(key)
        return _object(template, fields, required, nested)

    def _value(self, returned: GraphQLOutputType, details: FieldDetailsList, path: Path) -> Build | None:
        """None for a value that leaves as it is."""
        if isinstance(returned, GraphQLNonNull):
            inner = self._value(returned.of_type, details, path)
            return None if inner is None else _required(inner)
        if isinstance(returned, GraphQLList):
            item = self._value(returned.of_type, details, path)
            if item is None:
                return _leaves(isinstance(returned.of_type, GraphQLNonNull))
            return _list(item)
        if isinstance(returned, GraphQLObjectType):
            return _optional(self._thing(returned, details, path, None))
        if isinstance(returned, GraphQLInterfaceType | GraphQLUnionType):
            schema = self._selection.schema
            kinds = {
                kind.name: self._thing(kind, details, path, kind.name) for kind in schema.get_possible_types(returned)
            }
            return _optional(lambda value, pieces: kinds[value[0]](value, pieces))
        if isinstance(returned, GraphQLEnumType):
            return _word(frozenset(returned.values))
        return None

    def _thing(self, kind: GraphQLObjectType, details: FieldDetailsList, path: Path, typename: str | None) -> Build:
        number = self._fragments.get((path, typename))
        if number is not None:
            return _held(number) if typename is None else _behind_its_type(_held(number), held=True)
        built = self._object(kind, self._selection.collect(kind, details), path)
        return built if typename is None else _behind_its_type(built, held=False)


def _object(template: dict[str, Any], fields: list[str], required: list[int], nested: list[tuple[str, Build]]) -> Build:
    # Of one index itemgetter gives no tuple, of none it cannot be made.
    needed = itemgetter(*required, required[0]) if required else None
    plain = len(template) == len(fields)

    def build(row: Any, pieces: Pieces) -> dict[str, Any]:
        if needed is not None and None in needed(row):
            raise UseSlowPath
        if plain:
            answer = dict(zip(fields, row, strict=True))
        else:
            answer = template.copy()
            answer.update(zip(fields, row, strict=True))
        for key, inner in nested:
            answer[key] = inner(answer[key], pieces)
        return answer

    return build


def _required(inner: Build) -> Build:
    def build(value: Any, pieces: Pieces) -> Any:
        if value is None:
            raise UseSlowPath
        return inner(value, pieces)

    return build


def _word(words: frozenset[str]) -> Build:
    def build(value: Any, _pieces: Pieces) -> Any:
        if value is not None and value not in words:
            raise UseSlowPath
        return value

    return build


def _optional(inner: Build) -> Build:
    return lambda value, pieces: None if value is None else inner(value, pieces)


def _list(item: Build) -> Build:
    def build(value: Any, pieces: Pieces) -> list[Any] | None:
        return None if value is None else [item(element, pieces) for element in value]

    return build


def _leaves(required: bool) -> Build:
    def build(value: Any, _pieces: Pieces) -> Any:
        if required and value is not None and None in value:
            raise UseSlowPath
        return value

    return build


def _held(number: int) -> Build:
    return lambda key, pieces: pieces[number][key]


def _behind_its_type(inner: Build, *, held: bool) -> Build:
    if held:
        return lambda value, pieces: inner(value[1], pieces)
    return lambda value, pieces: inner(value[1:], pieces)
