"""Runs uvicorn: binds the port before anything slow starts, and prints the address once requests are answered."""

import signal
import socket as sockets
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import uvicorn
from rich.console import Console
from starlette.applications import Starlette
from uvicorn.protocols.http.flow_control import CLOSE_HEADER

from api.app import create_app
from api.telemetry.logs import set_up_logging
from graph.errors import SettingsError
from graph.identity.key import IdentityKey
from graph.masking import quoted
from graph.settings import Settings, check_host
from graph.store.database import Target

from .protocol import Protocol, noticing_refusals, protocol_with

FIRST_QUERY = """\
curl -s %s -H 'Content-Type: application/json' -d '{"query": "{ subject(identifier: \\"91440000XXXX00019F\\") { name \
standing applicableMeasures(first: 3) { totalCount nodes { measure { nature content agencies { name } } grounds { \
list { name } memorandum { title } } } } } }"}'"""
"""A first query, on a subject of seeds/demo."""


@contextmanager
def listen(host: str, port: int) -> Iterator[sockets.socket]:
    """A socket bound to the address. Raises SettingsError if the address is invalid, taken or not of this machine."""
    try:
        check_host(host)
    except ValueError as error:
        raise SettingsError(f"cannot listen on {quoted(host)}: {error}") from None
    with ExitStack() as stack:
        try:
            family = sockets.getaddrinfo(host, port, type=sockets.SOCK_STREAM)[0][0]
            socket = stack.enter_context(sockets.socket(family, sockets.SOCK_STREAM))
            socket.setsockopt(sockets.SOL_SOCKET, sockets.SO_REUSEADDR, 1)
            socket.bind((host, port))
        except OSError as error:
            raise SettingsError(
                f"cannot listen on {host}:{port} ({error.strerror or error}): stop the program that does, or name an "
                "address of this machine (--host, JOINTCREDIT_HOST) and a free port (--port, JOINTCREDIT_PORT)"
            ) from None
        yield socket


class _Server(uvicorn.Server):
    """uvicorn that reports when it answers, and stops without resetting connections."""

    def __init__(self, config: uvicorn.Config, answers: Callable[[], None]) -> None:
        super().__init__(config)
        self._answers = answers

    async def startup(self, sockets: list[sockets.socket] | None = None) -> None:
        """Start, then report that requests are answered."""
        await super().startup(sockets=sockets)
        if self.started:
            self._answers()

    async def shutdown(self, sockets: list[sockets.socket] | None = None) -> None:
        """Accept no more connections and answer one last request on each open one. After Ctrl-C, idle connections are
        closed at once."""
        self.server_state.default_headers = [*self.server_state.default_headers, CLOSE_HEADER]
        if signal.SIGINT in self._captured_signals:
            for connection in list(self.server_state.connections):
                if isinstance(connection, Protocol):
                    connection.close_idle()
        await super().shutdown(sockets)


def configure(app: Starlette, settings: Settings) -> uvicorn.Config:
    """uvicorn's configuration. There is no WebSocket: a request to open one is answered like any other."""
    return uvicorn.Config(
        noticing_refusals(app),
        loop="auto",
        http=protocol_with(settings.body_timeout),
        ws="none",
        log_config=None,
        access_log=False,  # the paths of GET queries hold identifiers
        server_header=False,
        proxy_headers=False,  # nothing here asks for the client's address
        lifespan="on",
        timeout_graceful_shutdown=settings.drain_timeout,
    )


@dataclass(frozen=True)
class Service:
    """What one process serves; it can be pickled."""

    target: Target
    key: IdentityKey
    settings: Settings

    def serve(self, socket: sockets.socket, answers: Callable[[], None]) -> None:
        """Serve until a signal; `answers` is called once requests are answered. Raises SettingsError for a manifest of
        operations that cannot be used."""
        set_up_logging(self.settings.log_level)
        config = configure(create_app(self.target, self.key, self.settings), self.settings)
        _Server(config, answers).run(sockets=[socket])


def run(service: Service, socket: sockets.socket, workers: int, console: Console) -> None:
    """Serve until a signal, in this process or, with several workers, in child processes that this one supervises."""
    host, port = socket.getsockname()[:2]
    host = f"[{host}]" if ":" in host else host
    url = f"http://{host}:{port}/graphql"

    def announce() -> None:
        console.print(f"\njointcredit answers at {url} (a page in a browser, GraphQL for programs). A first query:\n")
        console.print(FIRST_QUERY % url)
        console.print("\nStop with Ctrl-C.")

    if workers == 1:
        service.serve(socket, announce)
        return
    from .workers import Supervisor

    # uvicorn ends by itself after the drain; a worker that is still running is stuck.
    Supervisor(service.serve, socket, workers, service.settings.drain_timeout + 10.0).run(announce)
