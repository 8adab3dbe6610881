"""uvicorn around the application: the port is taken before anything slow is started, and said once it answers."""

import socket as sockets
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from rich.console import Console
from starlette.applications import Starlette

from graph.database import Target
from graph.errors import SettingsError
from graph.identity import IdentityKey
from graph.settings import Settings

from .app import create_app
from .protocol import protocol_with

FIRST_QUERY = """\
curl -s %s -H 'Content-Type: application/json' -d '{"query": "{ subject(identifier: \\"91440000XXXX00019F\\") { name \
standing applicableMeasures(first: 3) { totalCount nodes { measure { nature content agencies { name } } grounds { \
list { name } memorandum { title } } } } } }"}'"""
"""A first query, on a subject of seeds/demo."""


@contextmanager
def listen(host: str, port: int) -> Iterator[sockets.socket]:
    """A socket bound to the address. Raises SettingsError when it is taken or not ours."""
    try:
        family = sockets.getaddrinfo(host, port, type=sockets.SOCK_STREAM)[0][0]
        socket = sockets.socket(family, sockets.SOCK_STREAM)
        socket.setsockopt(sockets.SOL_SOCKET, sockets.SO_REUSEADDR, 1)
        socket.bind((host, port))
    except OSError as error:
        raise SettingsError(
            f"cannot listen on {host}:{port} ({error.strerror or error}): stop what does, or pass --port or set "
            "JOINTCREDIT_PORT"
        ) from None
    with socket:
        yield socket


class _Server(uvicorn.Server):
    """uvicorn, which says where it answers."""

    def __init__(self, config: uvicorn.Config, console: Console, url: str) -> None:
        super().__init__(config)
        self._console = console
        self._url = url

    async def startup(self, sockets: list[sockets.socket] | None = None) -> None:
        """Start, then tell the address, a first query and how to stop."""
        await super().startup(sockets=sockets)
        if self.started:
            say = self._console.print
            say(f"\njointcredit answers at {self._url} (a page in a browser, GraphQL for programs). A first query:\n")
            say(FIRST_QUERY % self._url, markup=False)
            say("\nStop with Ctrl-C.")


def configure(app: Starlette, settings: Settings) -> uvicorn.Config:
    """How uvicorn serves the application. There is no WebSocket: a request to open one is answered as any other."""
    return uvicorn.Config(
        app,
        http=protocol_with(settings.body_timeout),
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="on",
    )


def run(socket: sockets.socket, target: Target, key: IdentityKey, settings: Settings, console: Console) -> None:
    """Serve until a signal. The access log of uvicorn is off: paths of GET queries hold identifiers."""
    config = configure(create_app(target, key, settings), settings)
    host, port = socket.getsockname()[:2]
    host = f"[{host}]" if ":" in host else host
    _Server(config, console, f"http://{host}:{port}/graphql").run(sockets=[socket])
