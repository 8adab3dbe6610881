"""The servers and the database as processes: started, asked what they cost, stopped."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import psutil

from graph.store.database import Target
from tests.support.neo4j import REPOSITORY

NODE = Path(__file__).parent / "neo4j-graphql"
_GATEWAY = [sys.executable, "-c", "from api.cli.main import main; main()", "serve", "--port", "0"]
SERVERS: dict[str, tuple[str, list[str], dict[str, str]]] = {
    "a": ("the gateway", _GATEWAY, {}),
    "b": ("@neo4j/graphql 7 on graphql-yoga", ["node", str(NODE / "server.mjs")], {"NODE_ENV": "production"}),
    "c": ("bare handler over the gateway's statement", [sys.executable, "-m", "tests.bench.bare"], {}),
    "d": ("the gateway, fast path off", _GATEWAY, {"JOINTCREDIT_FAST_PATH": "false"}),
}
"""By letter: what it is, its command, its settings."""


@dataclass(frozen=True)
class Server:
    """A server that answers."""

    letter: str
    url: str
    process: psutil.Process

    def cpu(self) -> float:
        """Seconds of CPU that it and its children have used."""
        return sum(map(cpu_of, self._tree()))

    def memory(self) -> float:
        """Resident megabytes of it and its children."""
        return sum(process.memory_info().rss for process in self._tree()) / 1e6

    def _tree(self) -> list[psutil.Process]:
        return [self.process, *self.process.children(recursive=True)]


def cpu_of(process: psutil.Process) -> float:
    """Seconds of CPU that a process has used."""
    times = process.cpu_times()
    return float(times.user + times.system)


def database_process(target: Target) -> psutil.Process | None:
    """The process that listens on the database's port; None where it is on another machine, or another user's."""
    port = urlsplit(target.uri).port or 7687
    try:
        connections = psutil.net_connections("tcp")
    except psutil.AccessDenied:  # macOS tells root alone
        return None
    for connection in connections:
        if connection.status == psutil.CONN_LISTEN and connection.laddr[1:] == (port,) and connection.pid:
            return psutil.Process(connection.pid)
    return None


@contextmanager
def serving(letters: str, environment: Mapping[str, str]) -> Iterator[dict[str, Server]]:
    """The servers of these letters, which stop with the block, whatever ends it."""
    with ExitStack() as stack:
        logs = Path(stack.enter_context(TemporaryDirectory(prefix="jointcredit-bench-")))
        started = {}
        for letter in letters:
            _, command, settings = SERVERS[letter]
            log = logs / letter
            with log.open("wb") as output:
                process = subprocess.Popen(
                    command,
                    cwd=REPOSITORY,
                    env={**environment, "JOINTCREDIT_HOME": str(logs), **settings},
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                )
            stack.callback(stop, process)
            started[letter] = (process, log)
        yield {
            letter: Server(letter, _address(letter, process, log), psutil.Process(process.pid))
            for letter, (process, log) in started.items()
        }


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process of ours: asked to, and killed where it does not."""
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _address(letter: str, process: subprocess.Popen[bytes], log: Path) -> str:
    end = time.monotonic() + 90
    while time.monotonic() < end and process.poll() is None:
        found = re.search(r"http://\S+/graphql", log.read_text("utf-8"))
        if found:
            return found[0]
        time.sleep(0.1)
    raise SystemExit(f"({letter}) {SERVERS[letter][0]} does not start:\n{log.read_text('utf-8')}")
