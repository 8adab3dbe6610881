"""A GraphQL request, and where its document comes from."""

from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True)
class GraphQLRequest:
    """One operation of one document."""

    text: str | None
    """The document; None if the client sent its digest alone."""
    digest: str | None
    """SHA-256 of the document in hex, for a persisted query."""
    name: str | None
    variables: dict[str, Any]
    size: int
    """Bytes or characters of the request."""


class DocumentSource(Protocol):
    """How a client names a document."""

    def text(self, request: GraphQLRequest) -> str:
        """The document. Raises RequestError if it is unknown or may not be executed."""

    def keep(self, request: GraphQLRequest) -> None:
        """Called once it is known that the document may be executed."""
