"""The embedded Neo4j: real JVMs, real kills."""

import contextlib
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
from typing import Any

import neo4j
import pytest

from graph.embedded import EmbeddedNeo4j, embedded_connection
from graph.embedded.locks import Locks
from graph.errors import EmbeddedError, HomeInUse
from graph.settings import Settings
from graph.store.database import Target
from tests.support.neo4j import JARS, REPOSITORY

pytestmark = pytest.mark.slow

CHILD = """
import sys
from graph.embedded import EmbeddedNeo4j
from graph.settings import Settings
with EmbeddedNeo4j(Settings(), "child") as connection:
    print(connection.uri, connection.password, flush=True)
    sys.stdin.read()
"""


def settings(home: Path, **more: Any) -> Settings:
    return Settings(JOINTCREDIT_HOME=home, JOINTCREDIT_JARS=JARS, **more)


def ask(connection: Target, query: str) -> Any:
    with neo4j.GraphDatabase.driver(connection.uri, auth=(connection.user, connection.password)) as driver:
        return driver.execute_query(query, database_=connection.database).records[0][0]


def processes(text: str) -> dict[int, str]:
    """The processes whose command line contains a text."""
    output = subprocess.run(["ps", "-axww", "-o", "pid=,args="], capture_output=True, text=True, check=True).stdout
    rows = (line.split(None, 1) for line in output.splitlines())
    return {int(row[0]): row[1] for row in rows if len(row) == 2 and text in row[1]}


def wait_for_none(text: str, seconds: float) -> None:
    end = time.monotonic() + seconds
    while left := processes(text):
        assert time.monotonic() < end, f"still there: {left}"
        time.sleep(0.1)


# One server for the tests that leave it running


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("信用 'home'") / "home"


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[Target]:
    notes: list[str] = []
    with EmbeddedNeo4j(settings(home), "the tests", notes.append) as connection:
        assert notes[-2:] == ["setting Neo4j up, once", "starting Neo4j"]
        yield connection
        stopping = time.monotonic()
    assert time.monotonic() - stopping < 15
    assert not processes(str(home))
    assert not (home / "neo4j" / "run.json").exists()


def test_answers(server: Target) -> None:
    assert ask(server, "CALL dbms.components() YIELD versions, edition RETURN versions[0] + edition") == (
        "2026.08.1community"
    )


def test_strangers_are_refused(server: Target) -> None:
    with pytest.raises(neo4j.exceptions.AuthError):
        ask(Target(server.uri, server.user, "neo4j", server.database), "RETURN 1")


def test_only_loopback_listens_and_nothing_is_broadcast(server: Target, home: Path) -> None:
    assert server.uri.startswith("bolt://127.0.0.1:")
    log = (home / "neo4j" / "logs" / "console.log").read_text("utf-8")
    assert "Bolt enabled on" in log
    assert "HTTP enabled" not in log
    assert "broadcasts have been enabled" not in log


def test_a_second_start_is_refused(server: Target, home: Path) -> None:
    with pytest.raises(HomeInUse) as caught, EmbeddedNeo4j(settings(home), "another"):
        pass
    assert f"`the tests` (process {os.getpid()}, since " in str(caught.value)
    assert "JOINTCREDIT_HOME" in str(caught.value)
    assert ask(server, "RETURN 1") == 1


def test_another_process_uses_the_one_that_runs(server: Target, home: Path) -> None:
    script = (
        "from graph.embedded import embedded_connection\n"
        "from graph.settings import Settings\n"
        "with embedded_connection(Settings(), 'user') as connection: print(connection.uri)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=REPOSITORY, env=environment(home), capture_output=True, text=True
    )
    assert (run.stdout.strip(), run.stderr) == (server.uri, "")
    assert ask(server, "RETURN 1") == 1  # its end did not end the database


def test_the_password_is_private(server: Target, home: Path) -> None:
    folder = home / "neo4j"
    assert (home.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o700, 0o700)
    assert (folder / "password").stat().st_mode & 0o777 == 0o600
    assert (folder / "password").read_text() == server.password
    assert server.password not in repr(server)
    assert not processes(server.password)
    files = [*folder.glob("*"), *folder.glob("conf/*"), *folder.glob("logs/*")]
    assert [path.name for path in files if path.is_file() and server.password in path.read_text()] == ["password"]


def test_ctrl_c_of_the_terminal_does_not_reach_guard_and_jvm(server: Target, home: Path) -> None:
    running = processes(str(home))
    assert len(running) == 2
    assert os.getsid(0) not in {os.getsid(pid) for pid in running}


# Kills


def environment(home: Path) -> dict[str, str]:
    return {**os.environ, "JOINTCREDIT_HOME": str(home), "JOINTCREDIT_JARS": str(JARS), "PYTHONPATH": str(REPOSITORY)}


@contextlib.contextmanager
def child(home: Path) -> Iterator[tuple["subprocess.Popen[str]", Target]]:
    """A process that owns the database of a home until the test kills it."""
    with subprocess.Popen(
        [sys.executable, "-c", CHILD], env=environment(home), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            uri, password = process.stdout.readline().split()
            yield process, Target(uri, "neo4j", password, "neo4j")
        finally:
            process.kill()


def test_killed_owners_leave_no_jvm_and_no_locked_store(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with child(home) as (process, connection):
        ask(connection, "CREATE (n:Kept {of: 'kill -9'}) RETURN 1")
        process.kill()
        process.wait()
        # Started at once, while the guard still stops the JVM: it waits, and finds the data.
        with child(home) as (second, again):
            assert ask(again, "MATCH (n:Kept) RETURN collect(n.of)") == ["kill -9"]
            ask(again, "CREATE (n:Kept {of: 'TERM'}) RETURN 1")
            second.send_signal(signal.SIGTERM)
            second.wait()
            wait_for_none(str(home), 20)
    with (
        pytest.raises(EmbeddedError, match="ended while it started") as caught,
        EmbeddedNeo4j(settings(home).model_copy(update={"heap": "1k"}), "tests"),
    ):
        pass
    assert "Too small maximum heap" in str(caught.value)
    assert str(home / "neo4j" / "logs" / "console.log") in str(caught.value)

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with embedded_connection(settings(home, JOINTCREDIT_BOLT_PORT=port), "tests") as third:
        assert third.uri == f"bolt://127.0.0.1:{port}"
        assert ask(third, "MATCH (n:Kept) WITH n.of AS of ORDER BY of RETURN collect(of)") == ["TERM", "kill -9"]
        if sys.platform == "linux":
            (guard,) = processes(f"{home}/neo4j/server.args").keys() & processes("guard.py").keys()
            os.kill(guard, signal.SIGKILL)
            jvm = f"java @{home}"
            wait_for_none(jvm, 5)
    assert not processes(str(home))


def test_a_told_port_that_is_taken(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with (
            pytest.raises(EmbeddedError, match=f"port {port} is taken.*JOINTCREDIT_BOLT_PORT"),
            EmbeddedNeo4j(settings(tmp_path / "home", JOINTCREDIT_BOLT_PORT=port), "tests"),
        ):
            pass


# Locks


def test_of_those_that_start_at_once_one_wins(tmp_path: Path) -> None:
    barrier = threading.Barrier(8)

    def start(number: int) -> Locks | HomeInUse:
        barrier.wait()
        try:
            return Locks(tmp_path, f"starter {number}")
        except HomeInUse as error:
            return error

    with ThreadPoolExecutor(8) as threads:
        ends = list(threads.map(start, range(8)))
    (winner,) = (end for end in ends if isinstance(end, Locks))
    winner.release()
    Locks(tmp_path, "the next").release()


def test_a_jvm_that_outlives_its_owner_is_waited_for(tmp_path: Path) -> None:
    killed = Locks(tmp_path, "killed")
    jvm = os.dup(killed.jvm)  # as guard and JVM hold it
    killed.release()
    timer = threading.Timer(0.5, os.close, [jvm])
    timer.start()
    started = time.monotonic()
    Locks(tmp_path, "the next").release()
    assert 0.3 < time.monotonic() - started < 5
    timer.join()


def test_forked_children_do_not_hold_the_locks(tmp_path: Path) -> None:
    locks = Locks(tmp_path, "parent")
    descriptor = locks.jvm
    read_end, write_end = os.pipe()
    if (pid := os.fork()) == 0:
        try:
            os.fstat(descriptor)
            os.write(write_end, b"open")
        except OSError:
            os.write(write_end, b"closed")
        finally:
            os._exit(0)
    os.waitpid(pid, 0)
    locks.release()
    assert os.read(read_end, 10) == b"closed"
    os.close(read_end)
    os.close(write_end)
