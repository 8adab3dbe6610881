"""uvicorn's HTTP/1.1 over httptools, with what it lacks: the head of a request must arrive in time and be of a size,
what is refused before it is a request gets an answer in JSON like any other, and a server that stops says so to every
client before it closes a connection.

Without the first a client holds a connection for as long as it likes by sending a byte now and then; without the second
a client that sends its next request just then sees a reset.
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
"""Bytes of a request's address: httptools takes no longer one apart."""
MAX_HEADERS = 65_536
"""Bytes of a request's headers altogether, each with its colon, blank and end of line; trailers count as well."""
LINGER = 64 * MAX_HEADERS
"""Bytes that are read on and thrown away after a refusal: a client that is cut off while it sends sees a broken
connection instead of the answer."""
PAUSE = 1.0
"""Seconds until the next request of a client that was refused with Retry-After is read; the header says the same."""
REFUSED = "jointcredit.refused"
"""Set in the scope of a request whose answer is such a refusal."""


class Protocol(HttpToolsProtocol):
    """One connection. `protocol_with` makes the class that a server takes."""

    head_timeout: float
    _head_due: asyncio.TimerHandle | None = None
    _data = _read = b""
    _in_head = True
    """Whether a head is awaited or under way."""
    _headers_size = 0
    """Bytes of the headers of this request that are whole."""
    _unended = 0
    """Bytes that came since a head, a piece of a body or a request ended: the parser tells no header before its end."""
    _problem: RequestError | None = None
    """What a callback of the parser found wrong with the request."""
    _refusal: RequestError | None = None
    """The answer to what is no request; nothing is heard after it."""
    _thrown_away = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first head."""
        super().connection_made(transport)
        self._expect_head()

    def data_received(self, data: bytes) -> None:
        """Read on; a head that grows too large is refused."""
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
        """A request begins."""
        super().on_message_begin()
        self._headers_size = 0

    def on_url(self, url: bytes) -> None:
        """The address, or a part of it, is here."""
        super().on_url(url)
        if len(self.url) > MAX_ADDRESS:
            message = f"the address is longer than {MAX_ADDRESS} bytes: send the operation by POST"
            self._reject(RequestError(414, "URI_TOO_LONG", message))

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header is here."""
        super().on_header(name, value)
        self._headers_size += len(name) + len(value) + 4
        if self._headers_size > MAX_HEADERS:
            self._reject(_headers_too_large())

    def on_headers_complete(self) -> None:
        """The head is here. HTTP/1.1 demands one Host: what has none, or two, is answered 400."""
        self._stop_expecting()
        self._unended = 0
        if self.parser.should_upgrade():
            return  # what follows is heard by _unsupported_upgrade_warning
        if self.parser.get_http_version() == "1.1" and [name for name, _ in self.headers].count(b"host") != 1:
            self._reject(RequestError(400, "BAD_REQUEST", "a request has one Host header: send one, and no more"))
        super().on_headers_complete()
        self._in_head = False

    def on_body(self, body: bytes) -> None:
        """A piece of the body is here."""
        self._unended = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is here."""
        self._unended = 0
        self._in_head = True
        if not self.parser.should_upgrade():
            super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._stop_expecting()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """The answer is sent. The next request of a client that was refused with Retry-After is read after a second:
        clients that ask again at once, each on its connection, would leave the process no time but for refusals."""
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
        """The server stops: the answer under way is the last one, or the next where none is.

        An idle connection is left to its timeout, and an answer that has begun to the next request: closed now, it
        would be reset under a client that just asks again. The server gives `Connection: close` to the answers of
        requests that are still to come.
        """
        if self._answering() and not self.cycle.response_started:
            self.cycle.default_headers = [*self.cycle.default_headers, CLOSE_HEADER]

    def close_idle(self) -> None:
        """Close the connection if nothing is under way on it."""
        if not self._answering():
            self.transport.close()

    def _answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _unsupported_upgrade_warning(self) -> None:
        """Read the request as if it asked for no other protocol: it is answered in this one.

        httptools takes what follows such a head for the other protocol, the body included, and Java's own client asks
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
        """Refuse what the parser did not take; uvicorn's `msg` says no more than that."""
        self._refuse(
            self._problem or RequestError(400, "BAD_REQUEST", "what was sent is no request of HTTP/1.1 (RFC 9112)")
        )

    def _reject(self, problem: RequestError) -> NoReturn:
        """Make the parser stop, and data_received refuse the request."""
        self._problem = problem
        raise problem

    def _refuse(self, refusal: RequestError) -> None:
        """Answer the last request of this connection, once those before it are answered."""
        self._refusal = refusal
        self._stop_expecting()
        answering = self._answering()
        if self._in_head:
            if not answering:
                self._send_refusal(refusal)
        elif not answering:  # an answer was given before the body came that turns out to be broken
            self._end(b"")
        elif self.cycle.response_started or self.pipeline:  # too late, or too early, for another answer
            self.transport.close()
        else:
            self.cycle.disconnected = True  # the application waits for the body
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
        """Send the last bytes, and read on for a while."""
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
    """The application, under which Protocol knows which client was refused with Retry-After."""

    async def noticing(scope: Scope, receive: Receive, send: Send) -> None:
        async def notice(message: Message) -> None:
            if message.get("status") == 503 and any(name == b"retry-after" for name, _ in message["headers"]):
                scope[REFUSED] = True
            await send(message)

        await app(scope, receive, notice)

    return noticing


def protocol_with(head_timeout: float) -> type[Protocol]:
    """The protocol that closes connections whose next request does not begin within `head_timeout` seconds of its first
    byte; uvicorn itself closes those that are idle between requests."""
    members: dict[str, Any] = {"head_timeout": head_timeout}
    return type("Protocol", (Protocol,), members)
