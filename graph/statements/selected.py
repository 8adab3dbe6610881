"""The selection: the fields of an operation, and the protocol by which each is fetched."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from graph.model import Label
from graph.statements.arguments import Arguments

if TYPE_CHECKING:
    from graph.statements.writer import Writer

Scope = Mapping[str, str]
"""The variables in reach: roles, such as `self` or `listing`, and the Cypher variable of each."""

Path = tuple[str | int, ...]
"""Response names from the root, without list indexes; an int names one element of a list."""


class Fetch(Protocol):
    """How a field is fetched. Implemented by the classes of `fetch`, of `connections` and of `graph.queries`."""

    def write(self, selected: "Selected", scope: Scope, writer: "Writer") -> str:
        """Add the necessary clauses to the open block and return the expression of the value.

        Raises InputError if an argument cannot be used: the field then answers null with the error. LimitExceeded
        refuses the whole operation.
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
    """None for the parts of a connection, which the connection fetches itself."""
    arguments: Arguments
    """For the Writer only; fetches use the methods of the Writer."""
    site: int | None
    """Number of the field among those with variables in their arguments; None if they are the same in every request."""
    origins: Mapping[str, str]
    """The arguments as written in the document, such as `$day`."""
    type: str | None
    """Name of the type, without lists and nulls."""
    children: Callable[[str | None], Sequence["Selected"]]
    """The selected fields of the value: of an object type for None, of an interface or union by type name."""

    def child(self, name: str) -> "Selected | None":
        """The selected field with this schema name, if any."""
        return next((child for child in self.children(None) if child.name == name), None)


@dataclass(frozen=True)
class CatalogueFragment:
    """A piece of the catalogue that a statement returns as the key of its node. What is selected of it does not depend
    on the subject, so it can be cached between requests."""

    label: Label
    selected: Selected
    typename: str | None
