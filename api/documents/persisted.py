"""Automatic persisted queries in Apollo's protocol: a client sends the SHA-256 of a document instead of the document.

An unknown digest is refused, and the client then sends both digest and document. The store belongs to one process and
drops old documents; a client that follows the protocol does not notice.
"""

import hashlib
from collections import OrderedDict

from api.documents.request import GraphQLRequest
from api.errors import RequestError

MAX_DOCUMENTS = 1000
MAX_CHARACTERS = 2_000_000
"""Characters of all stored documents, so that a few large ones cannot fill the memory."""


class PersistedQueries:
    """The documents that clients sent with a digest, least recently used out first."""

    def __init__(self, documents: int = MAX_DOCUMENTS, characters: int = MAX_CHARACTERS) -> None:
        """`documents` and `characters` are the largest numbers that are kept."""
        self._most_documents = documents
        self._most_characters = characters
        self._texts: OrderedDict[str, str] = OrderedDict()
        self._characters = 0

    def __len__(self) -> int:
        return len(self._texts)

    def text(self, request: GraphQLRequest) -> str:
        """The document of the request. Raises RequestError if the digest is unknown or does not match the document."""
        if request.text is None:
            found = self._texts.get(request.digest or "")
            if found is None:
                # Apollo's message and status for every media type: older clients stop using the protocol after a 400.
                raise RequestError(200, "PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound")
            self._texts.move_to_end(request.digest or "")
            return found
        if request.digest is not None and request.digest != digest_of(request.text):
            raise RequestError(400, "BAD_REQUEST", "provided sha does not match query: send the SHA-256 of `query`")
        return request.text

    def keep(self, request: GraphQLRequest) -> None:
        """Store the document under its digest, if it has one. Call it only with a document that may be executed."""
        if request.digest is None or request.text is None or request.digest in self._texts:
            return
        self._texts[request.digest] = request.text
        self._characters += len(request.text)
        while len(self._texts) > self._most_documents or self._characters > self._most_characters:
            _, forgotten = self._texts.popitem(last=False)
            self._characters -= len(forgotten)


def digest_of(text: str) -> str:
    """SHA-256 in hex. A lone surrogate counts as a question mark: no client can mean it in a digest."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
