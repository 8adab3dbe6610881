"""The errors that a client sees: one tree, one table for GraphQL and HTTP.

    RequestError                  no GraphQL request, or one that is not accepted now: its own status, no `data`
    documents.DocumentRejected    a document that is not executed: 400, no `data`
    graph.errors.JointCreditError
    ├── InputError                shown: 400 where nothing was executed
    ├── DatabaseUnavailable       shown: 503, with Retry-After
    ├── StatementTimedOut         shown: 503
    └── any other                 masked: 500 where nothing was executed
    any other exception           masked: 500

A client error keeps its code and its message, which names the value. Every other error is masked: it is logged with an
id, and the client gets only the id. What may be a resident ID is masked in both.
"""

import logging
import secrets
from collections.abc import Sequence
from typing import Any

from graphql import GraphQLError

from graph.errors import DatabaseUnavailable, InputError, JointCreditError, LimitExceeded, StatementTimedOut
from graph.masking import mask_text

log = logging.getLogger("jointcredit.errors")

_SHOWN: tuple[type[JointCreditError], ...] = (InputError, DatabaseUnavailable, StatementTimedOut)
MAX_MESSAGE = 1000
"""Characters of a message: a quoted value may have any length."""


class RequestError(Exception):
    """Raised for a request that is refused without executing its document: HTTP `status`, `code` and message."""

    def __init__(self, status: int, code: str, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.headers = headers or {}
        """Added to the headers of every answer."""


def formatted(error: GraphQLError) -> dict[str, Any]:
    """An entry of `errors` for the response. What may be a resident ID in its message is masked."""
    original = _failure(error)
    shown = dict(error.formatted)
    if original is None:
        # An error without a code is graphql-core's, about a value of a valid document, at a field or before execution.
        extensions: dict[str, Any] = {"code": "BAD_USER_INPUT", **(error.extensions or {})}
    elif isinstance(original, _SHOWN):
        extensions = {"code": original.code}
        if isinstance(original, InputError) and original.reason:
            extensions["reason"] = original.reason
        if isinstance(original, LimitExceeded):
            extensions |= {"limit": original.limit, "maximum": original.maximum, "found": original.found}
    else:
        masked_error = masked(original, f"at {error.path}")
        shown["message"], extensions = masked_error["message"], masked_error["extensions"]
    shown["message"] = masked_message(str(shown["message"]))
    shown["extensions"] = extensions
    return shown


def masked(error: BaseException, where: str) -> dict[str, Any]:
    """An entry of `errors` with only a reference; the log has the details under that reference."""
    # No digits: what may be a person's number is masked in every message.
    reference = "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz") for _ in range(12))
    log.error("error %s %s", reference, where, exc_info=error)
    message = f"internal error: give the operators the reference {reference}"
    return {"message": message, "extensions": {"code": "INTERNAL_SERVER_ERROR", "reference": reference}}


def refused(message: str, code: str) -> dict[str, Any]:
    """An entry of `errors` for a request of which nothing was executed."""
    return {"message": masked_message(message), "extensions": {"code": code}}


def status_of(errors: Sequence[GraphQLError], executed: bool, strict: bool) -> int:
    """The HTTP status of an answer with these errors. `executed`: a field was executed. `strict`: the client accepts
    the newer media type. With the older one, a well-formed request gets 200 even if it was not executed."""
    status = max((_status(_failure(error)) for error in errors), default=200)
    if executed and status != 503:
        return 200
    return 200 if status == 400 and not strict else status


def retry_after(errors: Sequence[GraphQLError]) -> dict[str, str]:
    """The Retry-After header if the database was unavailable; not after a timeout, which would take as long again."""
    return {"Retry-After": "1"} if any(isinstance(_failure(error), DatabaseUnavailable) for error in errors) else {}


def _status(failure: Exception | None) -> int:
    if failure is None or isinstance(failure, InputError):
        return 400
    return 503 if isinstance(failure, DatabaseUnavailable | StatementTimedOut) else 500


def _failure(error: GraphQLError) -> Exception | None:
    """The exception behind an error. An error with a code was made for the client and has none, except that a scalar
    may have raised one for the client's value."""
    if (error.extensions or {}).get("code"):
        return None
    original = error.original_error
    # graphql-core wraps its own error about a variable's value when it meets it at a field.
    return _failure(original) if isinstance(original, GraphQLError) else original


def masked_message(message: str) -> str:
    """The message, masked and cut, as a client may see it."""
    # Mask before cutting: half of a resident ID would not be recognised.
    message = mask_text(message)
    return message if len(message) <= MAX_MESSAGE else f"{message[:MAX_MESSAGE]}…"
