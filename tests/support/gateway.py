"""A gateway on a real socket, and a connection to Neo4j that can be cut."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette

from api.app import create_app
from api.server.run import configure
from graph.identity.key import IdentityKey
from graph.settings import Settings
from graph.store.database import Target
from tests.support.client import ID_KEY


@contextmanager
def gateway(target: Target, **settings: Any) -> Iterator[str]:
    """Serve the application with uvicorn in a thread. Yields the address, such as `http://127.0.0.1:8000`."""
    configuration = Settings(**settings)
    with listening(create_app(target, IdentityKey(ID_KEY), configuration), configuration) as address:
        yield address


@contextmanager
def listening(app: Starlette, settings: Settings | None = None) -> Iterator[str]:
    """Serve any application with uvicorn, configured as for the gateway. Yields the address."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        config = configure(app, settings or Settings())
        config.timeout_graceful_shutdown = 5
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            wait_for(lambda: server.started)
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


class Line:
    """A TCP connection to a Neo4j. `target` leads through it; `cut` ends all connections and refuses new ones."""

    def __init__(self, target: Target) -> None:
        address = urlsplit(target.uri)
        self._far = (address.hostname or "127.0.0.1", address.port or 7687)
        self._near = socket.create_server(("127.0.0.1", 0))
        self._ends: list[socket.socket] = [self._near]
        self.target = replace(target, uri=f"bolt://127.0.0.1:{self._near.getsockname()[1]}")
        self._run(self._accept)

    def cut(self) -> None:
        """Make the database unreachable from now on."""
        for end in self._ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near = self._near.accept()[0]
                self._ends.append(near)
                far = socket.create_connection(self._far)
                self._ends.append(far)
                self._run(self._carry, near, far)
                self._run(self._carry, far, near)

    @staticmethod
    def _carry(source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(1 << 16):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)

    @staticmethod
    def _run(target: Any, *arguments: Any) -> None:
        threading.Thread(target=target, args=arguments, daemon=True).start()


@contextmanager
def line_to(target: Target) -> Iterator[Line]:
    """A line that ends with the block at the latest."""
    line = Line(target)
    try:
        yield line
    finally:
        line.cut()


def wait_for(condition: Any, seconds: float = 20.0) -> None:
    """Return once the condition is true. Raises TimeoutError if it stays false for that time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError("what was waited for did not come")
        time.sleep(0.02)
