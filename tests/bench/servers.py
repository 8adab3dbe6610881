"""The four servers, each a process."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
GATEWAY = [sys.executable, "-c", "from api.cli import main; main()", "serve", "--port"]
COMMANDS = {
    "a": ("the gateway", GATEWAY, {}),
    "b": ("@neo4j/graphql", ["node", str(HERE / "neo4j_graphql.mjs")], {"NODE_ENV": "production"}),
    "c": ("bare handler", [sys.executable, "-m", "tests.bench.ceiling"], {}),
    "d": ("the gateway, shaped off", GATEWAY, {"JOINTCREDIT_SHAPED": "false"}),
}


@dataclass
class Server:
    """A running server."""

    letter: str
    url: str
    process: psutil.Process

    def cpu(self) -> float:
        """Seconds of CPU that it and its children used."""
        return sum(cpu_of(process) for process in [self.process, *self.process.children(recursive=True)])

    def megabytes(self) -> float:
        """Resident memory, children apart."""
        return float(self.process.memory_info().rss) / 1e6


def cpu_of(process: psutil.Process) -> float:
    """Seconds of CPU that a process used."""
    times = process.cpu_times()
    return float(times.user + times.system)


@contextmanager
def running(letters: str, first_port: int = 8731) -> Iterator[dict[str, Server]]:
    """Start servers and wait until each answers."""
    with ExitStack() as stack:
        found = {}
        for port, letter in enumerate(letters, first_port):
            _, command, settings = COMMANDS[letter]
            process = subprocess.Popen(
                [*command, str(port)],
                cwd=ROOT,
                env=os.environ | {"PYTHONPATH": str(ROOT)} | settings,
                stdout=subprocess.DEVNULL,
            )
            stack.callback(process.wait)
            stack.callback(process.terminate)
            found[letter] = Server(letter, f"http://127.0.0.1:{port}/graphql", psutil.Process(process.pid))
        for server in found.values():
            _wait(server.url)
        yield found


def _wait(url: str) -> None:
    request = urllib.request.Request(url, b'{"query": "{ __typename }"}', {"Content-Type": "application/json"})
    for _ in range(300):
        try:
            urllib.request.urlopen(request, timeout=5).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(f"nothing answers at {url}")
