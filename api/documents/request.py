"""A GraphQL request, and where the text of its document comes from."""

from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True)
class GraphQLRequest:
    """One operation of one document."""

    text: str | None
    """The document; None where its digest alone is given."""
    digest: str | None
    """SHA-256 of the document in hex, where the client speaks of a persisted query."""
    name: str | None
    variables: dict[str, Any]
    size: int
    """Bytes or characters of the request."""


class DocumentSource(Protocol):
    """How a client may name the document that it means."""

    def text(self, request: GraphQLRequest) -> str:
        """The document. Raises RequestError where it is not to be had, or not to be executed."""

    def keep(self, request: GraphQLRequest) -> None:
        """Called once the document has shown that it may be executed."""
