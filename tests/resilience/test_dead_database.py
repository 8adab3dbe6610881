"""All users of a dead database detect it; a slow one does not count as dead."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import neo4j
import psutil
import pytest

from graph.embedded import embedded_connection, shared
from graph.embedded.home import Home
from graph.embedded.locks import Locks
from graph.errors import DatabaseUnavailable, EmbeddedError
from graph.settings import Settings
from graph.statements.write import Write
from graph.store.database import Target
from graph.store.readiness import migrate, open_driver
from graph.store.transactions import Ask, Transactions
from tests.loaders.test_loader_kill import CHILD
from tests.resilience.full_disk import running_neo4j
from tests.support.client import ID_KEY
from tests.support.gateway_process import started
from tests.support.generator import make_dataset
from tests.support.neo4j import JARS, REPOSITORY

pytestmark = pytest.mark.slow

PROMISED = 2.0
SLACK = 3.0
"""Seconds for a process to report it and end, on a busy machine."""


def ready(address: str) -> int:
    return httpx2.get(f"{address}/readyz", timeout=10).status_code


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP])
def test_a_jvm_that_was_killed_or_held(number: signal.Signals, tmp_path: Path) -> None:
    """Detected by the owner `neo4j`, by a running load, and by a gateway with its address."""
    make_dataset(tmp_path / "data", entities=400, seed=3)
    with running_neo4j(tmp_path / "home") as (process, target):
        with open_driver(target) as driver:
            migrate(driver, target.database)
        with started(target) as (_, address):
            assert ready(address) == 200
            parts = [target.uri, target.user, target.password, target.database, ID_KEY, str(tmp_path / "data")]
            (jvm,) = [child for child in psutil.Process(process.pid).children(recursive=True) if child.name() == "java"]
            with subprocess.Popen(
                [sys.executable, "-c", CHILD, *parts],
                env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
                stderr=subprocess.PIPE,
                text=True,
            ) as loader:
                wait_for_rows(target, loader)
                began = time.monotonic()
                jvm.send_signal(number)
                _, said = loader.communicate(timeout=20)
            loaded = time.monotonic() - began
            assert ready(address) == 503
            unready = time.monotonic() - began
            assert process.wait(20) == 3
            owner = time.monotonic() - began
        assert process.stderr is not None
        said_last = process.stderr.read()
    print(f"noticed by load after {loaded:.1f} s, by /readyz by {unready:.1f} s, by neo4j after {owner:.1f} s")
    (line,) = said_last.splitlines()
    assert "DatabaseUnavailable: the database stopped answering" in said
    assert "the embedded Neo4j stops: its process" in line
    assert ("by a signal" in line) is (number == signal.SIGSTOP)
    assert max(loaded, unready, owner) < PROMISED + SLACK


def wait_for_rows(target: Target, loader: "subprocess.Popen[str]") -> None:
    """Wait until a load is in the middle of its entities."""
    end = time.monotonic() + 120
    with neo4j.GraphDatabase.driver(target.uri, auth=(target.user, target.password)) as driver:
        while True:
            found = driver.execute_query("MATCH (n:Entity) RETURN count(n)", database_=target.database).records[0][0]
            if found:
                return
            assert loader.poll() is None
            assert time.monotonic() < end
            time.sleep(0.05)


def test_nothing_is_waited_for_where_nothing_listens() -> None:
    """A load continues while its database is gone; the driver alone would wait half a minute."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        uri = f"bolt://127.0.0.1:{closed.getsockname()[1]}"
        with neo4j.GraphDatabase.driver(uri, auth=("neo4j", "x")) as driver:
            transactions = Transactions(driver, "neo4j")
            began = time.monotonic()
            with pytest.raises(DatabaseUnavailable, match="stopped answering"):
                transactions.run("tests", lambda ask: None)
            assert time.monotonic() - began < PROMISED + SLACK


@pytest.fixture
def owned(tmp_path: Path) -> Iterator[Home]:
    """A home that a process holds and whose record of a running Neo4j is false."""
    home = Home(tmp_path / "home")
    home.make()
    home.write_private("password", "sesame")
    locks = Locks(home.folder, "neo4j")
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        home.write_run({"token": locks.owner.token, "uri": f"bolt://127.0.0.1:{nobody.getsockname()[1]}"})
        yield home
    locks.release()


def enter(home: Home) -> None:
    settings = Settings(JOINTCREDIT_HOME=home.home, JOINTCREDIT_JARS=JARS)
    with embedded_connection(settings, "tests"):
        pass


def test_the_dead_neo4j_of_another_process_is_not_waited_for(owned: Home) -> None:
    began = time.monotonic()
    with pytest.raises(EmbeddedError, match=r"its Neo4j is dead \(.*Connect call failed") as raised:
        enter(owned)
    assert f"kill {os.getpid()}" in str(raised.value)
    assert time.monotonic() - began < PROMISED + SLACK


def test_the_silent_neo4j_of_another_process_is_waited_for_longer(owned: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared, "_SILENT", 3.0)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        owned.write_run(owned.read_run() | {"uri": f"bolt://127.0.0.1:{silent.getsockname()[1]}"})
        began = time.monotonic()
        with pytest.raises(EmbeddedError, match=r"its Neo4j is dead \(it has not answered"):
            enter(owned)
        assert time.monotonic() - began > 3.0


def test_transactions_that_meet_are_both_done(empty_graph: neo4j.Driver, database: str) -> None:
    """A deadlock does not count as dead: the transaction that Neo4j aborts is retried."""
    empty_graph.execute_query("CREATE (:Region {code: '1'}), (:Region {code: '2'})", database_=database)
    lock = Write("lock", "UNWIND $rows AS code MATCH (n:Region {code: code}) SET n.name = code")
    met = threading.Barrier(2, timeout=30)

    def both(codes: str) -> int:
        tries = 0

        def work(ask: Ask) -> int:
            nonlocal tries
            tries += 1
            ask(lock, [codes[0]])
            if tries == 1:
                met.wait()
            ask(lock, [codes[1]])
            return tries

        return Transactions(empty_graph, database).run("tests", work)

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(both, ["12", "21"])) == [1, 2]
