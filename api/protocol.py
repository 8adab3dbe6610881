"""uvicorn's HTTP/1.1, with what it lacks: the head of a request must arrive in time.

Without that a client holds a connection for as long as it likes by sending a byte now and then.
"""

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol


class _Protocol(H11Protocol):
    head_timeout: float
    _head_due: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._expect_head()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._stop_expecting()
        elif self._head_due is None:
            self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_expecting()
        super().connection_lost(exc)

    def _unsupported_upgrade_warning(self) -> None:
        """Nothing is missing: the endpoint answers whoever wants a WebSocket."""

    def _expect_head(self) -> None:
        self._head_due = self.loop.call_later(self.head_timeout, self.timeout_keep_alive_handler)

    def _stop_expecting(self) -> None:
        if self._head_due is not None:
            self._head_due.cancel()
            self._head_due = None


def protocol_with(head_timeout: float) -> type[asyncio.Protocol]:
    """The protocol that closes connections whose next request does not begin within `head_timeout` seconds of its first
    byte; uvicorn itself closes those that are idle between requests."""
    members: dict[str, Any] = {"head_timeout": head_timeout}
    return type("Protocol", (_Protocol,), members)
