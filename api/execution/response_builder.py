"""Builds the data of an answer from the row of a statement, which holds lists in the order of the selection.

Most of what graphql-core checks is decided when a plan is made: the statement returns enum values, dates and ids in
their final form. What is left is to name the fields, to insert type names and cached fragments of the catalogue, and to
check that no required value is null. If that fails, graphql-core answers.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
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

Fragments = Sequence[Mapping[str, orjson.Fragment]]
"""The cached fragments of an answer: one dict by key for each catalogue fragment of a plan."""
Wanted = Sequence[set[str]]
"""The keys of the fragments that an answer needs: one set for each catalogue fragment of a plan."""


class UseSlowPath(Exception):
    """Raised if graphql-core must answer: a required value is null, or only graphql-core can decide."""


@dataclass(frozen=True)
class Builder:
    """Makes one value of the answer from one value of the row."""

    build: Callable[[Any, Fragments], Any]
    """The value of the answer. Raises UseSlowPath if it is null and required."""
    keys: Callable[[Any, Wanted], None] | None = None
    """Adds the keys of the fragments that `build` needs; None if it never needs any."""


class ResponseBuilder:
    """Makes the builders for a selection."""

    def __init__(
        self, selection: Selection, fragments: Mapping[tuple[Path, str | None], int], *, for_core: bool = False
    ) -> None:
        """`fragments`: the number of each fragment by its path and type name. `for_core`: graphql-core completes the
        result. It judges nulls itself, and needs the type names of objects of abstract types, and fragments as data."""
        self._selection = selection
        self._fragments = fragments
        self._for_core = for_core

    def operation(self) -> Builder:
        """The builder of the data of the operation."""
        return self._object(*self._selection.root(), ())

    def thing(self, selected: Selected, kind: str) -> Builder:
        """The builder of the selection at a field for an object of that type."""
        object_type = self._selection.schema.get_type(kind)
        if not isinstance(object_type, GraphQLObjectType):
            raise TypeError(f"{kind} is no object type")
        grouped = self._selection.collect(object_type, self._selection.details[selected.path])
        return self._object(object_type, grouped, selected.path)

    def _object(self, parent: GraphQLObjectType, grouped: GroupedFieldSet, path: Path) -> Builder:
        template: dict[str, Any] = {}
        fields: list[str] = []
        required: list[int] = []
        nested: list[tuple[int, str, Builder]] = []
        for key, details in grouped.items():
            name = details[0].node.name.value
            if name == "__typename":
                template[key] = parent.name
                continue
            if name.startswith("__"):
                raise UseSlowPath
            template[key] = None
            returned = parent.fields[name].type
            builder = self._value(returned, details, (*path, key))
            if builder is not None:
                nested.append((len(fields), key, builder))
            elif isinstance(returned, GraphQLNonNull) and not self._for_core:
                required.append(len(fields))
            fields.append(key)
        return _object(template, fields, required, nested)

    def _value(self, returned: GraphQLOutputType, details: FieldDetailsList, path: Path) -> Builder | None:
        """The builder of a value; None if the value is sent unchanged."""
        if isinstance(returned, GraphQLNonNull):
            inner = self._value(returned.of_type, details, path)
            return inner if inner is None or self._for_core else _required(inner)
        if isinstance(returned, GraphQLList):
            item = self._value(returned.of_type, details, path)
            if item is None:
                return _leaves(isinstance(returned.of_type, GraphQLNonNull) and not self._for_core)
            return _list(item)
        if isinstance(returned, GraphQLObjectType):
            return _optional(self._thing(returned, details, path, None))
        if isinstance(returned, GraphQLInterfaceType | GraphQLUnionType):
            kinds = {
                kind.name: self._thing(kind, details, path, kind.name)
                for kind in self._selection.schema.get_possible_types(returned)
            }
            return _optional(_one_of(kinds, typed=self._for_core))
        if isinstance(returned, GraphQLEnumType):
            return _word(frozenset(returned.values))
        return None

    def _thing(self, kind: GraphQLObjectType, details: FieldDetailsList, path: Path, typename: str | None) -> Builder:
        """The builder of an object. If `typename` is given, the type is abstract and the row holds the name of the type
        first."""
        number = self._fragments.get((path, typename))
        if number is not None:
            cached = _cached(number, as_data=self._for_core)
            return cached if typename is None else _behind(itemgetter(1), cached)
        built = self._object(kind, self._selection.collect(kind, details), path)
        return built if typename is None else _behind(itemgetter(slice(1, None)), built)


def _object(
    template: dict[str, Any], fields: list[str], required: list[int], nested: list[tuple[int, str, Builder]]
) -> Builder:
    # Of one index itemgetter gives no tuple, of none it cannot be made.
    needed = itemgetter(*required, required[0]) if required else None
    plain = len(template) == len(fields)
    builds = [(key, inner.build) for _, key, inner in nested]
    holders = [(index, inner.keys) for index, _, inner in nested if inner.keys]

    def build(row: Any, fragments: Fragments) -> dict[str, Any]:
        if needed is not None and None in needed(row):
            raise UseSlowPath
        if plain:
            answer = dict(zip(fields, row, strict=True))
        else:
            answer = template.copy()
            answer.update(zip(fields, row, strict=True))
        for key, inner in builds:
            answer[key] = inner(answer[key], fragments)
        return answer

    def keys(row: Any, wanted: Wanted) -> None:
        for index, inner in holders:
            inner(row[index], wanted)

    return Builder(build, keys if holders else None)


def _required(inner: Builder) -> Builder:
    def build(value: Any, fragments: Fragments) -> Any:
        if value is None:
            raise UseSlowPath
        return inner.build(value, fragments)

    return Builder(build, inner.keys)


def _optional(inner: Builder) -> Builder:
    build, keys = inner.build, inner.keys

    def keys_of(value: Any, wanted: Wanted) -> None:
        if value is not None and keys:
            keys(value, wanted)

    return Builder(
        lambda value, fragments: None if value is None else build(value, fragments), keys_of if keys else None
    )


def _list(item: Builder) -> Builder:
    build_item, keys_of_item = item.build, item.keys

    def build(value: Any, fragments: Fragments) -> list[Any] | None:
        return None if value is None else [build_item(element, fragments) for element in value]

    def keys(value: Any, wanted: Wanted) -> None:
        if keys_of_item:
            for element in value or ():
                keys_of_item(element, wanted)

    return Builder(build, keys if keys_of_item else None)


def _leaves(required: bool) -> Builder:
    def build(value: Any, _fragments: Fragments) -> Any:
        if required and value is not None and None in value:
            raise UseSlowPath
        return value

    return Builder(build)


def _word(words: frozenset[str]) -> Builder:
    def build(value: Any, _fragments: Fragments) -> Any:
        if value is not None and value not in words:
            raise UseSlowPath
        return value

    return Builder(build)


def _one_of(kinds: dict[str, Builder], *, typed: bool) -> Builder:
    def build(value: Any, fragments: Fragments) -> Any:
        built = kinds[value[0]].build(value, fragments)
        return {**built, "__typename": value[0]} if typed else built

    def keys(value: Any, wanted: Wanted) -> None:
        keys_of_kind = kinds[value[0]].keys
        if keys_of_kind:
            keys_of_kind(value, wanted)

    return Builder(build, keys if any(kind.keys for kind in kinds.values()) else None)


def _behind(value_of: Callable[[Any], Any], inner: Builder) -> Builder:
    build, keys = inner.build, inner.keys

    def keys_of(value: Any, wanted: Wanted) -> None:
        if keys:
            keys(value_of(value), wanted)

    return Builder(lambda value, fragments: build(value_of(value), fragments), keys_of if keys else None)


def _cached(number: int, *, as_data: bool) -> Builder:
    def keys(key: str, wanted: Wanted) -> None:
        wanted[number].add(key)

    if as_data:
        return Builder(lambda key, fragments: orjson.loads(orjson.dumps(fragments[number][key])), keys)
    return Builder(lambda key, fragments: fragments[number][key], keys)
