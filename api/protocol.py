"""uvicorn's HTTP/1.1 over httptools, with what it lacks: the head of a request must arrive in time and be of a size,
and a server that stops says so to every client before it closes a connection.

Without the first a client holds a connection for as long as it likes by sending a byte now and then; without the second
a client that sends its next request just then sees a reset.
"""

import asyncio
import sys
from typing import Any, cast

import httptools
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.flow_control import CLOSE_HEADER
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MAX_HEAD = 65_536
"""Bytes of a request's head, its address included."""
PAUSE = 1.0
"""Seconds until the next request of a client is read that was told to come back: what Retry-After tells it, too."""
REFUSED = "jointcredit.refused"
"""Set in the scope of a request whose answer is such a refusal."""


class Protocol(HttpToolsProtocol):
    """One connection. `protocol_with` makes the class that a server takes."""

    head_timeout: float
    _head_due: asyncio.TimerHandle | None = None
    _head_size = 0
    _data = _read = b""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first head."""
        super().connection_made(transport)
        self._expect_head()

    def data_received(self, data: bytes) -> None:
        """Read on; a head that grows too large is refused."""
        self._head_size += len(data)
        self._read = data
        while self._read and not self.transport.is_closing():
            self._data, self._read = self._read, b""
            super().data_received(self._data)
        if self.transport.is_closing():
            return
        if self._answering():
            self._head_size = 0
        elif self._head_size > MAX_HEAD:
            self.send_400_response(f"The head of a request may have {MAX_HEAD} bytes.")
        elif self._head_due is None:
            self._expect_head()

    def on_headers_complete(self) -> None:
        """The head is here. HTTP/1.1 demands one Host: what has none, or two, is answered 400."""
        self._stop_expecting()
        if self.parser.should_upgrade():
            return  # what follows is heard by _unsupported_upgrade_warning
        if self.parser.get_http_version() == "1.1" and [name for name, _ in self.headers].count(b"host") != 1:
            raise ValueError("a request has one Host")  # httptools makes it an HttpParserError
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The request is here."""
        if not self.parser.should_upgrade():
            super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._stop_expecting()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """The answer is sent. A client that was told to come back is heard again after a second, not before: clients
        that ask again at once, each on its connection, would leave the process no time for anything but refusals."""
        super().on_response_complete()
        if (
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
            self.send_400_response("There is no proxy here.")
            return
        head = [b"%s %s HTTP/%s" % (method, self.url, self.parser.get_http_version().encode())]
        for name, value in self.headers:
            if name == b"connection":
                value = b", ".join(word for word in value.split(b",") if word.strip().lower() != b"upgrade")
            head.append(name + b": " + value)
        self._read = b"\r\n".join([*head, b"", b""]) + self._data[upgrade.args[0] :]
        self.parser = httptools.HttpRequestParser(self)

    def _expect_head(self) -> None:
        self._head_due = self.loop.call_later(self.head_timeout, self._head_is_due)

    def _head_is_due(self) -> None:
        self._head_due = None
        self.close_idle()

    def _stop_expecting(self) -> None:
        if self._head_due is not None:
            self._head_due.cancel()
            self._head_due = None


def noticing_refusals(app: ASGIApp) -> ASGIApp:
    """The application, under which Protocol knows whom it told to come back: 503 with Retry-After."""

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
