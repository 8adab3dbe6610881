"""Parses a GraphQL request from a POST with JSON or the parameters of a GET; GraphQL over HTTP, section 5."""

import re
from typing import Any

import orjson
from starlette.requests import Request

from api.documents.request import GraphQLRequest
from api.errors import RequestError
from graph.masking import quoted

from .body import CLOSE, read_body
from .negotiation import JSON

_KINDS: tuple[tuple[str, type, str], ...] = (
    ("query", str, "text"),
    ("variables", dict, "a JSON object"),
    ("operationName", str, "text"),
    ("extensions", dict, "a JSON object"),
)


async def parse_request(request: Request, most: int, seconds: float) -> GraphQLRequest:
    """Parse a GET, HEAD or POST request. Raises RequestError if it is too large, too slow or no GraphQL request."""
    if request.method == "POST":
        _check_content_type(request.headers.get("content-type", ""))
        _check_codings(request)
        body = await read_body(request, most, seconds)
        return _to_request(_loads(body, "the body"), len(body))
    parameters: dict[str, Any] = {}
    for name, value in request.query_params.multi_items():
        if name in parameters:
            raise _bad(f"{quoted(name)} is given more than once: pass one value")
        parameters[name] = value
    for name in ("variables", "extensions"):
        if name in parameters:
            parameters[name] = _loads(parameters[name].encode(), f"`{name}`") if parameters[name] else None
    return _to_request(parameters, len(request.url.query))


def _check_content_type(header: str) -> None:
    media_type, *parameters = (part.strip().lower() for part in header.split(";"))
    charset = next((part.partition("=")[2].strip('"') for part in parameters if part.startswith("charset=")), "utf-8")
    # Other types are refused, not guessed: a page of another site can send text/plain or a form without a preflight.
    if media_type != JSON or charset not in ("utf-8", "utf8"):
        message = f"send the operation as {JSON} in UTF-8"
        raise RequestError(415, "UNSUPPORTED_MEDIA_TYPE", message, {"Accept": JSON})


def _check_codings(request: Request) -> None:
    """Compressed bodies are refused: operations are small, and a compressed body may be a thousand times larger than
    the limit. The client learns the accepted codings as in RFC 7694, and for transfer codings as in RFC 9112, 6.1."""
    coding = _coding(request, "content-encoding", "identity")
    if coding is not None:
        message = f"Content-Encoding: {coding} is not supported: send the body as it is"
        raise RequestError(415, "UNSUPPORTED_MEDIA_TYPE", message, {"Accept-Encoding": "identity"})
    coding = _coding(request, "transfer-encoding", "chunked")
    if coding is not None:
        message = f"Transfer-Encoding: {coding} is not supported: send the body as it is, or in chunks"
        raise RequestError(501, "NOT_IMPLEMENTED", message, CLOSE)


def _coding(request: Request, header: str, known: str) -> str | None:
    """The first coding in the header other than `known`, quoted."""
    codings = ",".join(request.headers.getlist(header)).split(",")
    return next((quoted(name.strip()) for name in codings if name.strip().lower() not in ("", known)), None)


def _to_request(members: Any, size: int) -> GraphQLRequest:
    if isinstance(members, list):
        raise _bad("batches of operations are not supported: send each operation in its own request, as a JSON object")
    if not isinstance(members, dict):
        raise _bad("the body must be a JSON object with the key `query`")
    for name, kind, described in _KINDS:
        if members.get(name) is not None and not isinstance(members[name], kind):
            raise _bad(f"`{name}` must be {described}")
    digest = _digest((members.get("extensions") or {}).get("persistedQuery"))
    text = members.get("query") or None
    if text is None and digest is None:
        raise _bad("`query` is missing: it holds the GraphQL document")
    return GraphQLRequest(text, digest, members.get("operationName") or None, members.get("variables") or {}, size)


def _digest(persisted: Any) -> str | None:
    if persisted is None:
        return None
    if not isinstance(persisted, dict) or persisted.get("version") != 1:
        raise _bad("`extensions.persistedQuery` must be a JSON object whose `version` is 1")
    digest = persisted.get("sha256Hash")
    if not isinstance(digest, str) or not re.fullmatch("[0-9a-fA-F]{64}", digest):
        raise _bad("`extensions.persistedQuery.sha256Hash` must be the SHA-256 of the document, 64 hex digits")
    return digest.lower()


def _loads(text: bytes, name: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise _bad(f"{name} is no JSON in UTF-8: {error}") from None


def _bad(message: str) -> RequestError:
    return RequestError(400, "BAD_REQUEST", message)
