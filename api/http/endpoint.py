"""GraphQL over HTTP: POST with JSON, GET for queries, one answer in the media type that the client accepts."""

import logging
import time
from typing import Any

import orjson
from graphql import GraphQLError, OperationDefinitionNode, OperationType
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api import errors
from api.errors import RequestError
from api.execution.gateway import Gateway
from graph.settings import Settings

from .caching import NO_STORE, cacheable
from .negotiation import GRAPHQL_RESPONSE, JSON, accepted, prefers_html
from .page import page
from .parsing import parse_request

log = logging.getLogger("jointcredit.endpoint")

METHODS = ("GET", "HEAD", "POST")


class Endpoint:
    """Answers `/graphql` as an ASGI application: in JSON, for every method."""

    def __init__(self, gateway: Gateway, public: frozenset[str], settings: Settings) -> None:
        """`public`: the root fields whose answers any cache may keep."""
        self._gateway = gateway
        self._public = public
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. Never raises for anything that a client sends."""
        started = time.perf_counter()
        request = Request(scope, receive)
        media_type = JSON
        try:
            if self._is_for_the_page(request):
                response: Response = page()
            else:
                media_type = _media_type(request)
                response = await self._execute(request, media_type)
        except RequestError as error:
            body = {"errors": [errors.refused(str(error), error.code)]}
            response = _response(body, error.status, error.headers, media_type)
        except Exception as error:
            response = _response({"errors": [errors.masked(error, "at the endpoint")]}, 500, {}, media_type)
        response.headers["Vary"] = "Accept"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Server-Timing"] = f"total;dur={(time.perf_counter() - started) * 1000:.1f}"
        await response(scope, receive, send)

    @staticmethod
    def _is_for_the_page(request: Request) -> bool:
        asks = {"query", "extensions"} & request.query_params.keys()
        return request.method in ("GET", "HEAD") and not asks and prefers_html(request.headers.get("accept", ""))

    async def _execute(self, request: Request, media_type: str) -> Response:
        if request.method not in METHODS:
            raise RequestError(405, "METHOD_NOT_ALLOWED", f"{', '.join(METHODS)} are supported here", _allow(METHODS))
        if request.headers.get("upgrade", "").lower() == "websocket":
            message = "subscriptions and WebSocket are not supported: send the operation by POST"
            raise RequestError(400, "BAD_REQUEST", message)
        graphql_request = await parse_request(request, self._settings.max_body, self._settings.body_timeout)
        answer = await self._gateway.answer(graphql_request)
        by_get = request.method != "POST"
        if by_get and _asks_for_more_than_a_query(answer.errors):
            raise RequestError(405, "METHOD_NOT_ALLOWED", "GET is for queries: send others by POST", _allow(("POST",)))
        status = errors.status_of(answer.errors, answer.executed, media_type == GRAPHQL_RESPONSE)
        headers = NO_STORE | errors.retry_after(answer.errors)
        response = Response(answer.body, status, headers, media_type=f"{media_type}; charset=utf-8")
        if by_get and answer.executed and not answer.errors and answer.roots <= self._public:
            return cacheable(request, response, media_type, self._settings.catalogue_max_age)
        return response


def _media_type(request: Request) -> str:
    media_type = accepted(", ".join(request.headers.getlist("accept")))
    if media_type is None:
        message = f"accept {GRAPHQL_RESPONSE} or {JSON}: no other media type is available"
        raise RequestError(406, "NOT_ACCEPTABLE", message)
    return media_type


def _asks_for_more_than_a_query(failed: Any) -> bool:
    """Whether a document was refused because its operation is no query: the schema has no other operations."""
    nodes = [node for error in failed if isinstance(error, GraphQLError) for node in error.nodes or ()]
    return any(
        isinstance(node, OperationDefinitionNode) and node.operation is not OperationType.QUERY for node in nodes
    )


def _allow(methods: tuple[str, ...]) -> dict[str, str]:
    return {"Allow": ", ".join(methods)}


def _response(body: dict[str, Any], status: int, headers: dict[str, str], media_type: str) -> Response:
    return Response(orjson.dumps(body), status, NO_STORE | headers, media_type=f"{media_type}; charset=utf-8")
