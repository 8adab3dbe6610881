"""How a field declares its description and its fetch, beside its type."""

import inspect
from collections.abc import Callable, Mapping
from typing import Any

import strawberry
from graphql import GraphQLArgument, GraphQLField, GraphQLSchema

from graph.statements.fetch import Property
from graph.statements.selected import Fetch

METADATA = "fetch"
"""Metadata key of a Strawberry field: its Fetch."""
PUBLIC = "public"
"""Metadata key of a field: whether any cache may keep its answers."""
BATCH = "batch"
"""Metadata key of an argument: whether the field returns one element for each of its values."""


def fetch_field(fetch: Fetch, description: str, name: str | None = None) -> Any:
    """A field without arguments; `name` is its GraphQL name if the Python name differs."""
    return strawberry.field(name=name, description=description, metadata={METADATA: fetch})


def property_field(name: str, description: str, *, date: bool = False, many: bool = False) -> Any:
    """A field that returns a stored property. `date`: a date as text; `many`: a list, which may be empty."""
    return fetch_field(Property(name, date, many=many), description)


def query_field(fetch: Fetch, *, public: bool = False) -> Callable[[Callable[..., Any]], Any]:
    """A field with arguments: the function declares the signature, its docstring the description. `public`: any cache
    may keep its answers, because every selection shows only the catalogue."""

    def declare(function: Callable[..., Any]) -> Any:
        description = inspect.cleandoc(function.__doc__ or "").replace("\n", " ")
        return strawberry.field(resolver=function, description=description, metadata={METADATA: fetch, PUBLIC: public})

    return declare


def source() -> Any:
    """The field for the origin of a fact."""
    return property_field("source", "Where this row comes from 来源, from the dataset.")


def confidence() -> Any:
    """The field for the confidence in a fact."""
    return property_field("confidence", "Confidence of the source 可信程度: high, medium or low.")


def fetch_of(field: GraphQLField) -> Fetch | None:
    """The Fetch that a field declares in its Strawberry definition."""
    fetch: Fetch | None = _metadata(field).get(METADATA)
    return fetch


def public_fields(schema: GraphQLSchema) -> frozenset[str]:
    """The root fields whose answers any cache may keep, as each field declares."""
    if schema.query_type is None:
        raise TypeError("the schema has no query type")
    fields = schema.query_type.fields
    return frozenset(name for name, field in fields.items() if _metadata(field).get(PUBLIC) is True)


def is_batch(argument: GraphQLArgument) -> bool:
    """Whether the field returns one element for each value of the argument."""
    return _metadata(argument).get(BATCH) is True


def _metadata(element: GraphQLField | GraphQLArgument) -> Mapping[Any, Any]:
    definition = element.extensions.get("strawberry-definition")
    return (definition.metadata or {}) if definition is not None else {}
