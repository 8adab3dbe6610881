"""Automatic persisted queries in Apollo's protocol: a client sends the SHA-256 of a document instead of the document.

A digest that is not known here is refused, and the client sends both once. The store belongs to one process and
forgets: a client that speaks the protocol needs to know neither.
"""

import hashlib
from collections import OrderedDict

from api.documents.request import GraphQLRequest
from api.errors import RequestError

MAX_DOCUMENTS = 1000
MAX_CHARACTERS = 2_000_000
"""Of all documents kept, so that nobody fills the memory with a few large ones."""


class PersistedQueries:
    """The documents that clients sent with a digest, the latest used of them."""

    def __init__(self, documents: int = MAX_DOCUMENTS, characters: int = MAX_CHARACTERS) -> None:
        """`documents` and `characters` are how many are kept at the most."""
        self._most_documents = documents
        self._most_characters = characters
        self._texts: OrderedDict[str, str] = OrderedDict()
        self._characters = 0

    def __len__(self) -> int:
        return len(self._texts)

    def text(self, request: GraphQLRequest) -> str:
        """The document that is asked for. Raises RequestError: the digest is unknown, or not that of the document."""
        if request.text is None:
            found = self._texts.get(request.digest or "")
            if found is None:
                # Apollo's words and its status, whatever the media type: older clients give the protocol up on a 400.
                raise RequestError(200, "PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound")
            self._texts.move_to_end(request.digest or "")
            return found
        if request.digest is not None and request.digest != digest_of(request.text):
            raise RequestError(400, "BAD_REQUEST", "provided sha does not match query: send the SHA-256 of `query`")
        return request.text

    def keep(self, request: GraphQLRequest) -> None:
        """Remember the document under its digest, if it has one. Only for documents that may be executed."""
        if request.digest is None or request.text is None or request.digest in self._texts:
            return
        self._texts[request.digest] = request.text
        self._characters += len(request.text)
        while len(self._texts) > self._most_documents or self._characters > self._most_characters:
            _, forgotten = self._texts.popitem(last=False)
            self._characters -= len(forgotten)


def digest_of(text: str) -> str:
    """SHA-256 in hex. A lone surrogate, which no digest of a client can mean, counts as a question mark."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
