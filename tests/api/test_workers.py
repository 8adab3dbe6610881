"""Several processes behind one socket: they share the work, are replaced without a failed request, and end together."""

import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from api.server.workers import Supervisor
from graph.errors import SettingsError
from graph.store.database import Target
from tests.support.gateway_process import started

pytestmark = pytest.mark.alone

CLIENTS = 8
PAGE = """{ subject(identifier: "91440000XXXX00019F") { name applicableMeasures(first: 20, asOf: "2026-01-01") {
totalCount nodes { measure { code agencies { name } } } } } }"""
HEADERS = {"content-type": "application/json"}


class Clients:
    """Threads that send requests all the time, each on a persistent connection; the first two pause before each
    request."""

    def __init__(self, address: str) -> None:
        self._where = urlsplit(address).netloc
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._ask, args=(number,)) for number in range(CLIENTS)]
        self.answered = 0
        self.closes = 0
        """Answers that asked the client to close its connection."""
        self.failures: list[tuple[float, str]] = []

    def __enter__(self) -> "Clients":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _ask(self, number: int) -> None:
        body = json.dumps({"query": PAGE if number % 2 else "{ __typename }"})
        with closing(HTTPConnection(self._where, timeout=30)) as connection:
            while not self._over.wait(0.7 if number < 2 else 0):
                try:
                    connection.request("POST", "/graphql", body, HEADERS)
                    response = connection.getresponse()
                    content = response.read()
                    assert response.status == 200, content
                    assert b'"errors"' not in content, content
                    self.closes += response.headers.get("connection") == "close"
                    self.answered += 1
                except (OSError, HTTPException, AssertionError) as error:
                    self.failures.append((time.monotonic(), repr(error)))
                    connection.close()


@pytest.fixture
def gateway(target: Target, seeds: None) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    with started(target, "--workers", "2", JOINTCREDIT_STATEMENT_TIMEOUT="60") as (process, address):
        _until(lambda: len(workers(process)) == 2)
        yield process, address


def workers(process: subprocess.Popen[bytes]) -> set[int]:
    """The processes that serve."""
    return {child for child in _children(process.pid) if b"multiprocessing-fork" in _command(child)}


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _until(true: "object", seconds: float = 60) -> None:
    assert callable(true)
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_all_are_replaced_without_a_failed_request(gateway: tuple[subprocess.Popen[bytes], str]) -> None:
    process, address = gateway
    before = workers(process)
    with Clients(address) as clients:
        time.sleep(1)
        process.send_signal(signal.SIGHUP)
        _until(lambda: len(workers(process)) == 2 and not workers(process) & before)
        time.sleep(1)
    assert clients.failures == []
    assert clients.closes >= 1
    assert clients.answered > 100
    print(f"{clients.answered} answers, {clients.closes} of them the last on their connection")


def test_one_that_is_killed_is_followed_by_another(gateway: tuple[subprocess.Popen[bytes], str]) -> None:
    process, address = gateway
    before = workers(process)
    with Clients(address) as clients:
        time.sleep(1)
        killed = time.monotonic()
        os.kill(before.pop(), signal.SIGKILL)
        _until(lambda: len(workers(process)) == 2)
        time.sleep(2)
    assert all(at < killed + 1 for at, _ in clients.failures), clients.failures
    assert len(clients.failures) <= CLIENTS
    assert before < workers(process)


def test_what_is_under_way_is_answered(gateway: tuple[subprocess.Popen[bytes], str]) -> None:
    process, address = gateway
    body = json.dumps({"query": PAGE}).encode()
    with (
        closing(HTTPConnection(urlsplit(address).netloc, timeout=30)) as slow,
        closing(HTTPConnection(urlsplit(address).netloc, timeout=30)) as idle,
    ):
        idle.request("POST", "/graphql", body, HEADERS)
        idle.getresponse().read()
        slow.putrequest("POST", "/graphql")
        for name, value in {**HEADERS, "content-length": str(len(body))}.items():
            slow.putheader(name, value)
        slow.endheaders(body[:20])
        time.sleep(0.3)
        process.send_signal(signal.SIGTERM)
        time.sleep(1)
        idle.request("POST", "/graphql", body, HEADERS)
        slow.send(body[20:])
        for connection in (idle, slow):
            response = connection.getresponse()
            assert response.status == 200
            assert response.headers["connection"] == "close"
            assert b"applicableMeasures" in response.read()
    assert process.wait(20) in (143, -signal.SIGTERM)


@pytest.mark.parametrize("signalled", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_all_end_with_their_parent(gateway: tuple[subprocess.Popen[bytes], str], signalled: signal.Signals) -> None:
    process, _ = gateway
    serving = workers(process)
    process.send_signal(signalled)
    process.wait(20)
    _until(lambda: not any(b"multiprocessing-fork" in _command(pid) for pid in serving), 20)


def test_a_gateway_that_cannot_be_started_says_why(target: Target, seeds: None, tmp_path: Path) -> None:
    missing = str(tmp_path / "operations.json")
    with (
        pytest.raises(RuntimeError, match=r"operations\.json"),
        started(target, "--workers", "2", JOINTCREDIT_OPERATIONS=missing),
    ):
        pass


def _refuses(*_: object) -> None:
    raise SettingsError("nothing can be served")


def _ends(*_: object) -> None:
    raise SystemExit(7)


def test_a_worker_that_never_answers_ends_the_others() -> None:
    import socket

    with socket.socket() as listener:
        with pytest.raises(SettingsError, match="nothing can be served"):
            Supervisor(_refuses, listener, 2, 5).run(lambda: None)
        with pytest.raises(SystemExit, match="7"):
            Supervisor(_ends, listener, 2, 5).run(lambda: None)
