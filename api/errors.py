"""From an error to what a client sees: one table for GraphQL and HTTP.

A client error keeps its code and its message. Everything else is masked: it is logged with an id, and the id is told.
"""

import logging
import secrets
from typing import Any

from graphql import GraphQLError

from graph.errors import DatabaseUnavailable, InputError, JointCreditError
from graph.identity import scrub

log = logging.getLogger("jointcredit.errors")

_SHOWN: tuple[type[JointCreditError], ...] = (InputError, DatabaseUnavailable)


def formatted(error: GraphQLError) -> dict[str, Any]:
    """An entry of `errors` for the response. Whatever could be a resident ID in its message is masked."""
    original = error.original_error
    shown = dict(error.formatted)
    if original is None:
        code = (error.extensions or {}).get("code") or ("BAD_USER_INPUT" if error.path else "GRAPHQL_VALIDATION_FAILED")
        extensions: dict[str, Any] = {"code": code}
    elif isinstance(original, _SHOWN):
        extensions = {"code": original.code}
        if isinstance(original, InputError) and original.reason:
            extensions["reason"] = original.reason
    else:
        reference = secrets.token_hex(8)
        log.error("error %s at %s", reference, error.path, exc_info=original)
        shown["message"] = f"something went wrong here; tell the operators the reference {reference}"
        extensions = {"code": "INTERNAL_SERVER_ERROR", "reference": reference}
    shown["message"] = scrub(str(shown["message"]))
    shown["extensions"] = extensions
    return shown


def status_of(errors: list[GraphQLError], executed: bool, strict: bool) -> int:
    """The HTTP status of an answer with these errors; `executed`: a field was; `strict`: the client accepts the newer
    media type. A well-formed request of the older one gets 200 even where it could not be executed."""
    originals = [error.original_error for error in errors]
    if any(isinstance(original, DatabaseUnavailable) for original in originals):
        return 503
    if executed or not errors:
        return 200
    if any(original is not None and not isinstance(original, InputError) for original in originals):
        return 500
    return 400 if strict else 200


def refused(message: str, code: str) -> dict[str, Any]:
    """An entry of `errors` for a request that could not be executed at all."""
    return {"message": scrub(message), "extensions": {"code": code}}
