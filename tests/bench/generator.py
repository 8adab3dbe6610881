"""The load generator: autocannon on Node, one process for a whole run, so that its own code is warm.

autocannon, because npm installs it on any machine beside the server that Node is needed for anyway, because it takes
other bodies with each request and looks at each answer, and because it tells the time of each one.
"""

import hashlib
import select
import shutil
import subprocess
from types import TracebackType
from typing import Any, Self

import orjson

from tests.bench.processes import NODE, stop


def install() -> None:
    """Install what the bench needs on Node, where that was not done yet for these very versions."""
    if not (shutil.which("node") and shutil.which("npm")):
        raise SystemExit("the bench needs node (20 or newer) and npm: for @neo4j/graphql, and for the load generator")
    stamp = NODE / "node_modules" / ".installed"
    digest = hashlib.sha256((NODE / "package-lock.json").read_bytes()).hexdigest()
    if not (stamp.exists() and stamp.read_text() == digest):
        print("installing what runs on Node", flush=True)
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(command, cwd=NODE, check=True)
        stamp.write_text(digest)


class Generator:
    """Asks, as a context."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(["node", "load.mjs"], cwd=NODE, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        stop(self._process)

    def ask(self, url: str, bodies: list[str], *, connections: int, seconds: float) -> dict[str, Any]:
        """Ask the URL for so long, by so many connections, each of which asks again when it is answered.

        `requests` came within `seconds`, of which `failed`; `first_error` is the text of the first error; `p50` and
        `p99` are in milliseconds, `bytes` on the wire altogether. Raises SystemExit where the generator itself gives no
        answer.
        """
        asked = {"url": url, "connections": connections, "seconds": seconds, "bodies": bodies}
        if self._process.stdin is None or self._process.stdout is None:
            raise TypeError("the generator has no pipes")
        self._process.stdin.write(orjson.dumps(asked) + b"\n")
        self._process.stdin.flush()
        if not select.select([self._process.stdout], [], [], seconds + 60)[0]:
            raise SystemExit(f"the load generator is stuck with {url}")
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit("the load generator ended: what it said stands above")
        answer: dict[str, Any] = orjson.loads(line)
        return answer
