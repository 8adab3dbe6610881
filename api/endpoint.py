"""GraphQL over HTTP: POST with JSON, GET for queries, one answer in the media type that the client accepts."""

import time
from dataclasses import dataclass, replace
from typing import Any

import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from strawberry.types import ExecutionResult
from strawberry.types.graphql import OperationType

from . import errors
from .execution import Context
from .page import page
from .schema import Schema

JSON = "application/json"
GRAPHQL_RESPONSE = "application/graphql-response+json"
MAX_BODY = 1_000_000
"""Bytes of a request: a batch of 500 identifiers needs 15,000."""


@dataclass
class RequestError(Exception):
    """Raised for a request that is no GraphQL request: HTTP status, code, message."""

    status: int
    code: str
    message: str


@dataclass(frozen=True)
class Operation:
    """What a client asks to execute."""

    query: str
    variables: dict[str, Any] | None
    name: str | None


class Endpoint:
    """Answers `/graphql`."""

    def __init__(self, schema: Schema, context: Context) -> None:
        """`context` is what every operation is executed with."""
        self._schema = schema
        self._context = context

    async def answer(self, request: Request) -> Response:
        """Answer one request; never raises for what a client sends."""
        started = time.perf_counter()
        if request.method == "GET" and "query" not in request.query_params and _prefers_html(request):
            return page()
        media_type = JSON
        try:
            media_type = _accepted(request)
            response = await self._execute(await _operation(request), request.method, media_type)
        except RequestError as error:
            body = orjson.dumps({"errors": [errors.refused(error.message, error.code)]})
            headers = {"Allow": "GET, POST"} if error.status == 405 else None
            response = Response(body, error.status, headers, media_type=media_type)
        response.headers["Server-Timing"] = f"total;dur={(time.perf_counter() - started) * 1000:.1f}"
        return response

    async def _execute(self, operation: Operation, method: str, media_type: str) -> Response:
        result = await self._schema.execute(
            operation.query,
            variable_values=operation.variables,
            operation_name=operation.name,
            context_value=replace(self._context, operation_name=operation.name),
            allowed_operation_types=[OperationType.QUERY] if method == "GET" else list(OperationType),
        )
        if not isinstance(result, ExecutionResult):
            raise TypeError("only single results are served here")
        failed = result.errors or []
        executed = result.data is not None or any(error.path for error in failed)
        status = errors.status_of(failed, executed, media_type == GRAPHQL_RESPONSE)
        body: dict[str, Any] = {"errors": [errors.formatted(error) for error in failed]} if failed else {}
        if executed and status != 503:
            body["data"] = result.data
        headers = {"Retry-After": "1"} if status == 503 else None
        return Response(orjson.dumps(body), status, headers, media_type=media_type)


def _prefers_html(request: Request) -> bool:
    accept = request.headers.get("accept", "")
    return "text/html" in accept and JSON not in accept and GRAPHQL_RESPONSE not in accept


def _accepted(request: Request) -> str:
    accept = [part.partition(";")[0].strip().lower() for part in request.headers.get("accept", "*/*").split(",")]
    for media_type in accept:
        if media_type in (JSON, GRAPHQL_RESPONSE):
            return media_type
    if any(media_type in ("*/*", "application/*", "") for media_type in accept):
        return JSON
    raise RequestError(406, "NOT_ACCEPTABLE", f"accept {GRAPHQL_RESPONSE} or {JSON}: nothing else is answered here")


async def _operation(request: Request) -> Operation:
    if request.method == "GET":
        given: dict[str, Any] = dict(request.query_params)
        for name in ("variables", "extensions"):
            if given.get(name):
                given[name] = _loads(given[name].encode(), name)
    elif request.method == "POST":
        content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if content_type != JSON:
            raise RequestError(415, "UNSUPPORTED_MEDIA_TYPE", f"send the operation as {JSON}")
        given = _loads(await _body(request), "the body")
    else:
        raise RequestError(405, "METHOD_NOT_ALLOWED", "GET and POST are answered here")
    if not isinstance(given, dict):
        raise RequestError(400, "BAD_REQUEST", "the body must be a JSON object with the key `query`")
    for name, kind in (("query", str), ("variables", dict), ("operationName", str), ("extensions", dict)):
        if given.get(name) is not None and not isinstance(given[name], kind):
            raise RequestError(400, "BAD_REQUEST", f"`{name}` must be {'text' if kind is str else 'a JSON object'}")
    if not given.get("query"):
        raise RequestError(400, "BAD_REQUEST", "`query` is missing: it holds the GraphQL document")
    return Operation(given["query"], given.get("variables"), given.get("operationName") or None)


async def _body(request: Request) -> bytes:
    too_large = RequestError(413, "PAYLOAD_TOO_LARGE", f"the body is larger than {MAX_BODY} bytes: ask in parts")
    length = request.headers.get("content-length", "0")
    if length.isdecimal() and int(length) > MAX_BODY:
        raise too_large
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_BODY:
                raise too_large
    except ClientDisconnect:
        raise RequestError(400, "BAD_REQUEST", "the body ended early") from None
    return bytes(body)


def _loads(text: bytes, name: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise RequestError(400, "BAD_REQUEST", f"{name} is no JSON in UTF-8: {error}") from None
