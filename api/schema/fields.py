"""How a field declares its description and its fetch, beside its type."""

import inspect
from collections.abc import Callable
from typing import Any

import strawberry

from graph.statements.fetch import Property
from graph.statements.selected import Fetch

METADATA = "fetch"
"""Under this key of a Strawberry field's metadata stands its Fetch."""


def fetch_field(fetch: Fetch, description: str, name: str | None = None) -> Any:
    """A field without arguments; `name` where Python has another use for that."""
    return strawberry.field(name=name, description=description, metadata={METADATA: fetch})


def property_field(name: str, description: str, *, date: bool = False, many: bool = False) -> Any:
    """A field that answers a stored property: a date as text, a list that may be empty."""
    return fetch_field(Property(name, date, many=many), description)


def query_field(fetch: Fetch) -> Callable[[Callable[..., Any]], Any]:
    """A field with arguments: the function gives its signature, and its docstring the description."""

    def declare(function: Callable[..., Any]) -> Any:
        description = inspect.cleandoc(function.__doc__ or "").replace("\n", " ")
        return strawberry.field(resolver=function, description=description, metadata={METADATA: fetch})

    return declare


def source() -> Any:
    """Where a fact comes from."""
    return property_field("source", "Where this row comes from 来源, as the dataset says.")


def confidence() -> Any:
    """How sure a fact is."""
    return property_field("confidence", "How sure the source is 可信程度: high, medium or low.")


def fetch_of(extensions: dict[str, Any]) -> Fetch | None:
    """The Fetch that a field declares in its Strawberry definition."""
    field = extensions.get("strawberry-definition")
    fetch: Fetch | None = field.metadata.get(METADATA) if field is not None else None
    return fetch
