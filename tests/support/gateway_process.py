"""Runs the gateway as in production: `jointcredit serve` in its own process, which tests cannot block."""

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from graph.store.database import Target
from tests.support.client import ID_KEY
from tests.support.neo4j import REPOSITORY


@contextmanager
def served(target: Target, **settings: str) -> Iterator[str]:
    """The address, such as `http://127.0.0.1:8000`; the gateway stops with the block."""
    with started(target, **settings) as (_, address):
        yield address


@contextmanager
def started(target: Target, *arguments: str, **settings: str) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """The process of `jointcredit serve` with these arguments, and its address."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("JOINTCREDIT_", "NEO4J_"))}
    connection = {
        "NEO4J_URI": target.uri,
        "NEO4J_USER": target.user,
        "NEO4J_PASSWORD": target.password,
        "NEO4J_DATABASE": target.database,
        "JOINTCREDIT_ID_KEY": ID_KEY,
    }
    with TemporaryDirectory() as home:
        log = Path(home) / "log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-c", "from api.cli.main import main; main()", "serve", "--port", "0", *arguments],
                cwd=REPOSITORY,
                env=environment | connection | {"JOINTCREDIT_HOME": home} | settings,
                stdout=output,
                stderr=output,
            )
        try:
            yield process, _address(process, log)
        finally:
            process.terminate()
            process.wait(20)


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        found = re.search(r"(http://\S+)/graphql", log.read_text("utf-8"))
        if found:
            return found[1]
        time.sleep(0.1)
    raise RuntimeError(f"the gateway does not start: {log.read_text('utf-8')}")


class Pulse:
    """Requests `/healthz` all the time in its own thread, and records the slowest answer."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._ask)
        self.slowest = 0.0
        """Seconds."""
        self.asked = 0

    def __enter__(self) -> "Pulse":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _ask(self) -> None:
        # A new connection each time, like that of a load balancer, which waits in a full queue of connections.
        while not (self.asked and self._over.wait(0.05)):
            started = time.monotonic()
            with closing(HTTPConnection(urlsplit(self._address).netloc, timeout=30)) as connection:
                connection.request("GET", "/healthz")
                self.asked += connection.getresponse().read() == b"ok"
            self.slowest = max(self.slowest, time.monotonic() - started)
