"""One writer at a time: a second one waits, or is refused with the name of the first; one that lost the lock writes
nothing."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import neo4j
import pytest

from graph.errors import DatabaseError, GraphInUse, LoadInterrupted
from graph.statements.write import Write
from graph.store import write_lock
from graph.store.database import Target
from graph.store.readiness import MIGRATIONS
from graph.store.transactions import Ask, Transactions
from graph.store.write_lock import READ_WRITER, WriteLock
from tests.api.test_cli import run
from tests.conftest import Graph
from tests.support.neo4j import REPOSITORY
from tests.support.rows import Rows

MAKE = Write("makeMark", "UNWIND $rows AS row CREATE (:Mark {value: row})")
MARKS = Write("readMarks", "MATCH (n:Mark) RETURN collect(n.value) AS found")
CHILD = """
import sys, time
from graph.store.database import Target
from graph.store.readiness import open_driver
from graph.store.write_lock import WriteLock
uri, user, password, database = sys.argv[1:]
with open_driver(Target(uri, user, password, database)) as driver, WriteLock(driver, database, "child"):
    print("taken", flush=True)
    time.sleep(120)
"""


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch, empty_graph: neo4j.Driver) -> None:
    monkeypatch.setattr(write_lock, "LEASE", 2.0)


@pytest.fixture
def child(target: Target) -> Iterator["subprocess.Popen[str]"]:
    """Another process with the lock."""
    process = subprocess.Popen(
        [sys.executable, "-c", CHILD, target.uri, target.user, target.password, target.database],
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "taken\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def lock(driver: neo4j.Driver, database: str, name: str = "test", patience: float = 20.0) -> WriteLock:
    return WriteLock(driver, database, name, patience=patience)


def make(ask: Ask) -> None:
    ask(MAKE, [1])


def test_the_second_is_refused_with_who_writes(empty_graph: neo4j.Driver, database: str) -> None:
    with (
        lock(empty_graph, database, "load of seeds"),
        pytest.raises(GraphInUse, match=rf"load of seeds, process {os.getpid()} on \S+\): run this again"),
        lock(empty_graph, database, patience=0.0),
    ):
        pass
    with lock(empty_graph, database, patience=0.0) as free:
        free.run("make", make)
    assert Transactions(empty_graph, database).ask_once(READ_WRITER) == []


def test_the_second_waits_and_says_for_whom(empty_graph: neo4j.Driver, database: str) -> None:
    said: list[str] = []
    order: list[str] = []

    def second() -> None:
        with WriteLock(empty_graph, database, "second", patience=20, notify=said.append):
            order.append("second")

    with lock(empty_graph, database, "first"):
        thread = threading.Thread(target=second)
        thread.start()
        time.sleep(write_lock.LEASE * 1.5)  # longer than a lock lasts without renewal
        order.append("first")
    thread.join()
    assert order == ["first", "second"]
    assert len(said) == 1
    assert "waiting for another process that writes the graph: first, process" in said[0]


def test_a_name_in_the_holder_is_masked(empty_graph: neo4j.Driver, database: str) -> None:
    with lock(empty_graph, database, "load of 440000190001010019"):
        holder = Transactions(empty_graph, database).ask_once(READ_WRITER)[1]
    assert "0001010" not in holder


def test_a_killed_holder_is_followed_at_once(
    child: "subprocess.Popen[str]", empty_graph: neo4j.Driver, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    child.kill()
    child.wait()
    monkeypatch.setattr(write_lock, "LEASE", 15.0)
    started = time.monotonic()
    with lock(empty_graph, database):
        assert time.monotonic() - started < 5


@pytest.mark.slow
def test_a_holder_of_another_machine_is_followed_when_its_lock_runs_out(
    child: "subprocess.Popen[str]", empty_graph: neo4j.Driver, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write_lock, "_place", lambda: "elsewhere")
    with pytest.raises(GraphInUse), lock(empty_graph, database, patience=0.0):
        pass
    child.kill()
    child.wait()
    with lock(empty_graph, database, patience=30) as transactions:
        transactions.run("make", make)


def test_an_overtaken_writer_leaves_nothing_and_raises(empty_graph: neo4j.Driver, database: str) -> None:
    """A writer is paused in the middle of a transaction until another has started."""
    first = lock(empty_graph, database, "first")
    paused, go_on = threading.Event(), threading.Event()
    raised: list[BaseException] = []

    def work(ask: Ask) -> None:
        ask(MAKE, ["first"])
        paused.set()
        assert go_on.wait(30)

    def overtaken() -> None:
        try:
            with first:
                first.run("first work", lambda ask: ask(MAKE, ["before"]))
                first._over.set()  # stops its renewals too
                first.run("slow work", work)
        except BaseException as error:
            raised.append(error)

    thread = threading.Thread(target=overtaken)
    thread.start()
    assert paused.wait(30)
    with lock(empty_graph, database, "second") as second:
        second.run("second work", lambda ask: ask(MAKE, ["second"]))
        go_on.set()
        thread.join()
    assert [type(error) for error in raised] == [LoadInterrupted]
    assert "run the same command again" in str(raised[0])
    assert sorted(Transactions(empty_graph, database).ask_once(MARKS)) == ["before", "second"]


@pytest.mark.slow
def test_a_stopped_process_is_overtaken_and_ends(
    child: "subprocess.Popen[str]", empty_graph: neo4j.Driver, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process stopped by SIGSTOP still exists, so its lock must expire first."""
    child.send_signal(signal.SIGSTOP)
    started = time.monotonic()
    with lock(empty_graph, database, patience=60):
        assert time.monotonic() - started > 5
        child.send_signal(signal.SIGCONT)


def test_an_error_gives_the_lock_back(empty_graph: neo4j.Driver, database: str) -> None:
    def fails(ask: Ask) -> None:
        make(ask)
        raise RuntimeError("wrong")

    with pytest.raises(RuntimeError, match="wrong"), lock(empty_graph, database) as transactions:
        transactions.run("fails", fails)
    with lock(empty_graph, database, patience=0.0) as transactions:
        assert transactions.ask_once(MARKS) == []


def test_what_a_transaction_refuses_gives_the_lock_back(empty_graph: neo4j.Driver, database: str) -> None:
    bad = Write("divide", "UNWIND $rows AS row RETURN [row / 0] AS found")
    with pytest.raises(DatabaseError), lock(empty_graph, database) as transactions:
        transactions.run("bad", lambda ask: ask(bad, [1]))
    with lock(empty_graph, database, patience=0.0):
        pass


def test_many_writers_count_one_after_the_other(empty_graph: neo4j.Driver, database: str) -> None:
    """Each reads the number of marks and creates the next: without the lock some numbers would appear twice."""

    def count(ask: Ask) -> None:
        ask(MAKE, [len(ask(MARKS, []))])

    def writer() -> None:
        for _ in range(5):
            with WriteLock(empty_graph, database, "writer", patience=60) as transactions:
                transactions.run("count", count)

    threads = [threading.Thread(target=writer) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(Transactions(empty_graph, database).ask_once(MARKS)) == list(range(20))


def test_migrations_at_once_are_applied_once(target: Target, empty_graph: neo4j.Driver, database: str) -> None:
    empty_graph.execute_query("MATCH (n:__Neo4jMigration) DETACH DELETE n", database_=database)
    command = [sys.executable, "-c", "from api.cli.main import main; main()", "migrate"]
    environment = {"NEO4J_URI": target.uri, "NEO4J_PASSWORD": target.password, "NEO4J_DATABASE": database}
    processes = [subprocess.Popen(command, cwd=REPOSITORY, env=os.environ | environment) for _ in range(3)]
    assert [process.wait() for process in processes] == [0, 0, 0]
    versions = empty_graph.execute_query(
        "MATCH (n:__Neo4jMigration) RETURN n.version ORDER BY n.version", database_=database
    ).records
    expected = sorted(path.name[1:5] for path in MIGRATIONS.glob("V*.cypher"))
    assert [record[0] for record in versions] == [*expected, "BASELINE"]


def test_the_command_refuses_to_wait_and_says_who_writes(tmp_path: Path, graph: Graph) -> None:
    folder = Rows().write(tmp_path)
    with lock(graph.driver, graph.target.database, "load of seeds"):
        for command in (["load", str(folder), "--wait", "0"], ["load", str(folder), "--wait", "0.5"]):
            done = run(*command, target=graph.target)
            assert done.returncode == 3
            assert re.search(r"GRAPH_IN_USE: .*load of seeds, process \d+ on", done.stderr), done.stderr
    assert run("load", str(folder), "--wait", "0", target=graph.target).returncode == 0
