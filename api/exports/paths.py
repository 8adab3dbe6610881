"""`GET /export/paths.ndjson` and `/export/paths.csv`: all paths of the subjects on a list, streamed.

If a stream is cut, by the database or the network, it lacks the final chunk of HTTP's chunked encoding, and every HTTP
client reports that. To get the rest, send the request again with `after=` the cursor of the last whole line.
"""

import asyncio
import datetime as dt
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from typing import Any
from urllib.parse import quote

import orjson
from graphql import GraphQLError
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from api import errors
from api.exports.formats import CSV, NDJSON, Form, Page
from graph.calendar import today
from graph.errors import InputError, JointCreditError, NotFound
from graph.identity.text import normalise
from graph.masking import quoted
from graph.queries.export import Export, ExportedPath
from graph.store.database import Database

log = logging.getLogger("jointcredit.export")

PATIENCE = 60.0
"""Seconds that a client may take to read one page; then the export is cut, because it holds one of few places."""
PARAMETERS = ("list", "asOf", "powerItem", "agency", "after")


class Exports:
    """The routes of exports; a limited number runs at a time."""

    def __init__(self, database: Database, most: int) -> None:
        """`most`: how many run at a time in this process; further ones are refused with Retry-After."""
        self._database = database
        self._most = most
        self._running = 0

    def routes(self) -> list[Route]:
        """A route for each format; HEAD returns the headers of GET. No route if no export may run."""
        return [self._route(form) for form in (NDJSON, CSV) if self._most]

    def _route(self, form: Form) -> Route:
        async def export(request: Request) -> Response:
            return await self._answer(request, form)

        return Route(f"/export/paths.{form.suffix}", export, methods=["GET"])

    async def _answer(self, request: Request, form: Form) -> Response:
        """Check the request and read the first page, then stream. Until the stream starts, an error is an answer in
        JSON."""
        if self._running >= self._most:
            message = f"{self._most} exports are running, the maximum (JOINTCREDIT_MAX_EXPORTS): try again later"
            return _refused(503, errors.refused(message, "TOO_MANY_EXPORTS"), {"Retry-After": "30"})
        self._running += 1
        streaming = False
        try:
            export = _export_of(request)
            pages = export.pages(self._database)
            first: Page = await anext(pages, [])
            headers = {"Cache-Control": "no-store", "Content-Disposition": _disposition(export, form)}
            if request.method == "HEAD":
                await pages.aclose()
                response = Response(None, 200, headers, media_type=form.media_type)
                del response.headers["Content-Length"]  # GET has none, and 0 would mean an empty export
                return response
            begun = _chunks(export, first, pages, form)
            stream = _Stream(begun, self._release, headers, form.media_type)
            streaming = True
            return stream
        except JointCreditError as error:
            failed = [GraphQLError(str(error), original_error=error)]
            status = 404 if isinstance(error, NotFound) else errors.status_of(failed, executed=False, strict=True)
            return _refused(status, errors.formatted(failed[0]), errors.retry_after(failed))
        except Exception as error:
            return _refused(500, errors.masked(error, "at an export"), {})
        finally:
            if not streaming:
                self._release()

    def _release(self) -> None:
        self._running -= 1


class _Stream(StreamingResponse):
    """Streams to a client that keeps reading. Gives its place back however it ends."""

    def __init__(
        self, chunks: AsyncIterator[bytes], ended: Callable[[], None], headers: dict[str, str], media_type: str
    ) -> None:
        super().__init__(chunks, headers=headers, media_type=media_type)
        self._ended = ended

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_in_time(message: Message) -> None:
            # uvicorn waits here while the client reads slower than we write, so nothing accumulates.
            async with asyncio.timeout(PATIENCE):
                await send(message)

        try:
            await super().__call__(scope, receive, send_in_time)
        finally:
            self._ended()


async def _chunks(
    export: Export, first: Page, pages: AsyncGenerator[list[ExportedPath], None], form: Form
) -> AsyncIterator[bytes]:
    written = 0
    async with aclosing(pages):
        try:
            if export.after is None and form.head:
                yield form.head
            if first:
                written += len(first)
                yield form.lines(first)
            async for page in pages:
                written += len(page)
                yield form.lines(page)
        except JointCreditError as error:
            # Raising cuts the connection: the client sees that the end is missing.
            log.error("an export of %s was cut after %d paths: %s", export.code, written, error)
            raise


def _export_of(request: Request) -> Export:
    parameters = request.query_params
    for name in parameters:
        if name not in PARAMETERS:
            raise InputError(f"{quoted(name)} is no parameter of an export: pass {', '.join(PARAMETERS)}")
        if len(parameters.getlist(name)) > 1:
            raise InputError(f"{name}: passed more than once: pass one value")
    if not parameters.get("list"):
        raise InputError("list: missing: pass the code of a red or black list")
    return Export(
        code=normalise(parameters["list"]),
        day=_day(parameters["asOf"]) if "asOf" in parameters else today(),
        power_item=normalise(parameters["powerItem"]) if "powerItem" in parameters else None,
        agency=normalise(parameters["agency"]) if "agency" in parameters else None,
        after=parameters.get("after"),
    )


def _day(text: str) -> dt.date:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:  # Python takes other forms of ISO 8601 too
        raise InputError(f"asOf: {quoted(text)} is no day: pass one such as 2018-08-30")
    return day


def _disposition(export: Export, form: Form) -> str:
    name = f"paths-{export.code}-{export.day}.{form.suffix}"
    return f"attachment; filename*=UTF-8''{quote(name, safe='')}"


def _refused(status: int, error: dict[str, Any], headers: dict[str, str]) -> Response:
    body = orjson.dumps({"errors": [error]})
    return Response(body, status, {"Cache-Control": "no-store"} | headers, media_type="application/json")
