"""uvicorn's HTTP/1.1 over httptools, with three additions: the head of a request is limited in time and size, a
malformed request gets an answer in JSON like any other, and a stopping server tells every client before it closes a
connection.

Without the first, a client can hold a connection forever by sending a byte now and then. Without the last, a client
that sends its next request at that moment sees a reset.
"""

import asyncio
import sys
from typing import Any, NoReturn, cast

import httptools
import orjson
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.flow_control import CLOSE_HEADER
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from api.errors import RequestError, refused

MAX_ADDRESS = 65_535
"""Bytes of a request's address: httptools parses no longer one."""
MAX_HEADERS = 65_536
"""Bytes of all headers of a request, each with its colon, blank and line end; trailers count too."""
LINGER = 64 * MAX_HEADERS
"""Bytes that are read and discarded after a refusal: a client that is cut off while it sends sees a broken connection
instead of the answer."""
PAUSE = 1.0
"""Seconds before the next request is read from a client that was refused with Retry-After; the header says the same."""
REFUSED = "jointcredit.refused"
"""Key in the scope of a request that was refused with Retry-After."""


class Protocol(HttpToolsProtocol):
    """One connection. `protocol_with` makes the class for a server."""

    head_timeout: float
    _head_due: asyncio.TimerHandle | None = None
    _data = _read = b""
    _in_head = True
    """Whether a head is expected or arriving."""
    _headers_size = 0
    """Bytes of the complete headers of this request."""
    _unended = 0
    """Bytes since the last event of the parser: it reports a header only once it is complete."""
    _problem: RequestError | None = None
    """The error that a callback of the parser found in the request."""
    _refusal: RequestError | None = None
    """The answer to a malformed request. Nothing is read after it."""
    _thrown_away = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the timer of the first head."""
        super().connection_made(transport)
        self._expect_head()

    def data_received(self, data: bytes) -> None:
        """Parse the data. Refuses a head that grows too large."""
        self._read = data
        while self._read and self._refusal is None and not self.transport.is_closing():
            self._data, self._read = self._read, b""
            self._unended += len(self._data)
            super().data_received(self._data)
        if self._refusal is not None:
            self._throw_away(len(data))
        elif self._unended > MAX_ADDRESS + MAX_HEADERS:
            self._refuse(_headers_too_large())
        elif self._head_due is None and not self._answering() and not self.transport.is_closing():
            self._expect_head()

    def on_message_begin(self) -> None:
        """Start a request."""
        super().on_message_begin()
        self._headers_size = 0

    def on_url(self, url: bytes) -> None:
        """Check the length of the address, which may arrive in parts."""
        super().on_url(url)
        if len(self.url) > MAX_ADDRESS:
            message = f"the address is longer than {MAX_ADDRESS} bytes: send the operation by POST"
            self._reject(RequestError(414, "URI_TOO_LONG", message))

    def on_header(self, name: bytes, value: bytes) -> None:
        """Check the size of the headers so far."""
        super().on_header(name, value)
        self._headers_size += len(name) + len(value) + 4
        if self._headers_size > MAX_HEADERS:
            self._reject(_headers_too_large())

    def on_headers_complete(self) -> None:
        """Check the Host header: HTTP/1.1 requires exactly one, and other requests get 400."""
        self._stop_expecting()
        self._unended = 0
        if self.parser.should_upgrade():
            return  # _unsupported_upgrade_warning handles what follows
        if self.parser.get_http_version() == "1.1" and [name for name, _ in self.headers].count(b"host") != 1:
            self._reject(RequestError(400, "BAD_REQUEST", "a request needs exactly one Host header"))
        super().on_headers_complete()
        self._in_head = False

    def on_body(self, body: bytes) -> None:
        """Pass a piece of the body on."""
        self._unended = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """End the request."""
        self._unended = 0
        self._in_head = True
        if not self.parser.should_upgrade():
            super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the timer of the connection."""
        self._stop_expecting()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """End the answer. After a refusal with Retry-After, wait a second before reading the next request: clients that
        retry at once, each on its connection, would leave the process time for nothing but refusals."""
        super().on_response_complete()
        if self._refusal is not None:
            if not self._answering():
                self._send_refusal(self._refusal)
        elif (
            cast(dict[str, Any], self.scope).pop(REFUSED, False)
            and not self.pipeline
            and not self.transport.is_closing()
        ):
            self.flow.pause_reading()
            self.loop.call_later(PAUSE, self._hear_again)

    def _hear_again(self) -> None:
        if not self.transport.is_closing():
            self.flow.resume_reading()

    def shutdown(self) -> None:
        """Make the answer under way the last one of this connection.

        An idle connection is left to its timeout, and a connection whose answer has begun to its next request: closing
        it now would reset a client that is just sending. The server adds `Connection: close` to the answers of later
        requests.
        """
        if self._answering() and not self.cycle.response_started:
            self.cycle.default_headers = [*self.cycle.default_headers, CLOSE_HEADER]

    def close_idle(self) -> None:
        """Close the connection if no request is under way."""
        if not self._answering():
            self.transport.close()

    def _answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _unsupported_upgrade_warning(self) -> None:
        """Ignore the request for another protocol and answer in this one.

        After such a head, httptools treats the rest, including the body, as the other protocol. Java's own client asks
        for HTTP/2 with every first request.
        """
        upgrade = sys.exc_info()[1]
        method = self.parser.get_method()
        if method == b"CONNECT" or not isinstance(upgrade, httptools.HttpParserUpgrade):
            self._refuse(RequestError(400, "BAD_REQUEST", "there is no proxy here: send requests to /graphql"))
            return
        head = [b"%s %s HTTP/%s" % (method, self.url, self.parser.get_http_version().encode())]
        for name, value in self.headers:
            if name == b"connection":
                value = b", ".join(word for word in value.split(b",") if word.strip().lower() != b"upgrade")
            head.append(name + b": " + value)
        self._read = b"\r\n".join([*head, b"", b""]) + self._data[upgrade.args[0] :]
        self.parser = httptools.HttpRequestParser(self)

    def send_400_response(self, msg: str) -> None:
        """Refuse what the parser rejected. uvicorn's `msg` says no more than that."""
        self._refuse(
            self._problem or RequestError(400, "BAD_REQUEST", "this is not a valid request of HTTP/1.1 (RFC 9112)")
        )

    def _reject(self, problem: RequestError) -> NoReturn:
        """Stop the parser; data_received then refuses the request."""
        self._problem = problem
        raise problem

    def _refuse(self, refusal: RequestError) -> None:
        """Answer the last request of this connection, after the answers to earlier ones."""
        self._refusal = refusal
        self._stop_expecting()
        answering = self._answering()
        if self._in_head:
            if not answering:
                self._send_refusal(refusal)
        elif not answering:  # the answer was sent before the broken part of the body arrived
            self._end(b"")
        elif self.cycle.response_started or self.pipeline:  # too late, or too early, for another answer
            self.transport.close()
        else:
            self.cycle.disconnected = True  # wakes the application, which waits for the body
            self.cycle.message_event.set()
            self._send_refusal(refusal)

    def _send_refusal(self, refusal: RequestError) -> None:
        body = orjson.dumps({"errors": [refused(str(refusal), refusal.code)]})
        headers = [
            *(header for header in self.server_state.default_headers if header != CLOSE_HEADER),
            (b"content-type", b"application/json; charset=utf-8"),
            (b"content-length", b"%d" % len(body)),
            (b"cache-control", b"no-store"),
            CLOSE_HEADER,
        ]
        head = [STATUS_LINE[refusal.status], *(b"%s: %s\r\n" % header for header in headers), b"\r\n"]
        self._end(b"".join([*head, b"" if self.parser.get_method() == b"HEAD" else body]))

    def _end(self, last: bytes) -> None:
        """Send the last bytes, and read and discard for a while."""
        if self.transport.is_closing():
            return
        self._unset_keepalive_if_required()
        self.transport.write(last)
        self.transport.write_eof()
        self.flow.resume_reading()
        self._head_due = self.loop.call_later(self.head_timeout, self.transport.close)

    def _throw_away(self, size: int) -> None:
        self._thrown_away += size
        if self._thrown_away > LINGER:
            self.transport.close()

    def _expect_head(self) -> None:
        self._head_due = self.loop.call_later(self.head_timeout, self._head_is_due)

    def _head_is_due(self) -> None:
        self._head_due = None
        self.close_idle()

    def _stop_expecting(self) -> None:
        if self._head_due is not None:
            self._head_due.cancel()
            self._head_due = None


def _headers_too_large() -> RequestError:
    message = f"the headers are larger than {MAX_HEADERS} bytes: send fewer, or shorter ones"
    return RequestError(431, "REQUEST_HEADER_FIELDS_TOO_LARGE", message)


def noticing_refusals(app: ASGIApp) -> ASGIApp:
    """Wrap the application so that Protocol knows which clients were refused with Retry-After."""

    async def noticing(scope: Scope, receive: Receive, send: Send) -> None:
        async def notice(message: Message) -> None:
            if message.get("status") == 503 and any(name == b"retry-after" for name, _ in message["headers"]):
                scope[REFUSED] = True
            await send(message)

        await app(scope, receive, notice)

    return noticing


def protocol_with(head_timeout: float) -> type[Protocol]:
    """The protocol for a server: it closes a connection whose next request has begun, but whose head is not complete
    within `head_timeout` seconds. uvicorn itself closes connections that are idle between requests."""
    members: dict[str, Any] = {"head_timeout": head_timeout}
    return type("Protocol", (Protocol,), members)
