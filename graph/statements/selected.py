"""What is selected, and how a field is fetched."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from graph.model import Label
from graph.statements.arguments import Arguments

if TYPE_CHECKING:
    from graph.statements.writer import Writer

Scope = Mapping[str, str]
"""What a value can be fetched from: roles, such as `self` or `listing`, and the Cypher variables that play them."""

Path = tuple[str | int, ...]
"""Response names from the root, list indexes left out; an int names one element of a list."""


class Fetch(Protocol):
    """How a field is fetched: by a class of `fetch`, of `connections`, or of `graph.queries`."""

    def write(self, selected: "Selected", scope: Scope, writer: "Writer") -> str:
        """Add the clauses that are needed to the open block and return the expression of the value.

        Raises InputError when an argument cannot be used: the field then answers null and the error; LimitExceeded
        refuses the operation.
        """


@dataclass(frozen=True)
class Selected:
    """A field as a client selected it."""

    name: str
    """Name in the schema."""
    key: str
    """Response name."""
    path: Path
    fetch: Fetch | None
    """None for the parts of a connection, which the connection itself fetches."""
    arguments: Arguments
    """The arguments, for the Writer alone."""
    site: int | None
    """Number of the field among those whose arguments hold variables; None where every request gives the same."""
    origins: Mapping[str, str]
    """How the arguments are written in the document, such as `$day`."""
    type: str | None
    """Name of the type that it answers, lists and nulls aside."""
    children: Callable[[str | None], Sequence["Selected"]]
    """What is selected of the value: for an object type with None, for an interface or union by type name."""

    def child(self, name: str) -> "Selected | None":
        """The selected part of that schema name, if any."""
        return next((child for child in self.children(None) if child.name == name), None)


@dataclass(frozen=True)
class CatalogueFragment:
    """A piece of the catalogue that stands in the statement by the key of its node alone: what is selected of it does
    not hang on the subject, so that it may be cached between requests."""

    label: Label
    selected: Selected
    typename: str | None
