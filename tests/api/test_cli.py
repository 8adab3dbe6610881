"""The command line in a shell: help, exit codes, errors in one line, and a gateway that serves and stops."""

import errno
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx2
import pytest

from api.cli.main import main
from graph.store.database import Target
from tests.conftest import SEEDS, Graph
from tests.resilience import command as command_here
from tests.support.client import ID_KEY
from tests.support.neo4j import REPOSITORY

COMMAND = [sys.executable, "-c", "from api.cli.main import main; main()"]
PAGE = (REPOSITORY / "docs" / "commands.md").read_text("utf-8")
SUBJECT = "91440000XXXX00019F"
NOWHERE = {"NEO4J_URI": "bolt://127.0.0.1:1", "NEO4J_PASSWORD": "x"}


def environment(target: Target | None, **settings: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "JOINTCREDIT_"))}
    there = {}
    if target is not None:
        there = {
            "NEO4J_URI": target.uri, "NEO4J_USER": target.user, "NEO4J_PASSWORD": target.password,
            "NEO4J_DATABASE": target.database, "JOINTCREDIT_ID_KEY": ID_KEY,
        }  # fmt: skip
    return kept | there | {"COLUMNS": "200", "NO_COLOR": "1"} | settings


def run(*arguments: str, target: Target | None = None, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments],
        env=environment(target, **settings),
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize("command", ["serve", "load", "neo4j", "migrate", "schema"])
def test_every_command_has_help_and_a_row_in_the_page(command: str, tmp_path: Path) -> None:
    done = command_here.run(command, "--help", folder=tmp_path)
    assert done.status == 0
    assert "Usage:" in done.out
    assert re.search(rf"^\| `{command}\b", PAGE, re.MULTILINE)


def test_schema_prints_the_sdl() -> None:
    done = run("schema")
    assert done.returncode == 0
    assert "type Query {" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "settings", "status", "message"),
    [
        (["nonsense"], {}, 2, "nonsense"),
        (["load"], {}, 2, "DIR"),
        (["serve"], {"NEO4J_URI": "bolt://127.0.0.1:1"}, 2, "NEO4J_PASSWORD"),
        (["serve"], NOWHERE, 2, "JOINTCREDIT_ID_KEY"),
        (["migrate"], NOWHERE, 3, "no Neo4j answers"),
        (["neo4j"], NOWHERE, 2, "unset it"),
        (["serve", "--host", "203.0.113.1"], NOWHERE | {"JOINTCREDIT_ID_KEY": ID_KEY}, 2, "cannot listen"),
    ],
)  # fmt: skip
def test_errors(arguments: list[str], settings: dict[str, str], status: int, message: str, tmp_path: Path) -> None:
    done = command_here.run(*arguments, folder=tmp_path, settings=settings)
    assert done.status == status, done.err
    done.is_told(message)


def test_a_full_disk_or_another_failing_file_is_reported(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """From files, and from the ledger, which SQLite stores."""

    def ledger(**_: object) -> None:
        with closing(sqlite3.connect("")) as database:
            database.executescript("PRAGMA max_page_count = 2; CREATE TABLE a (b); CREATE TABLE c (d)")

    def files(**_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    def limit(**_: object) -> None:
        raise OSError(errno.EFBIG, "File too large")

    def elsewhere(**_: object) -> None:
        Path("/nowhere").read_bytes()

    monkeypatch.setattr(signal, "signal", lambda *_: None)
    for fails in (ledger, files, limit):
        monkeypatch.setattr("api.cli.main.app", fails)
        with pytest.raises(SystemExit, match="3"):
            main()
        assert "DISK_FULL: no space is left" in capsys.readouterr().err
    monkeypatch.setattr("api.cli.main.app", elsewhere)
    with pytest.raises(SystemExit, match="2"):
        main()
    assert capsys.readouterr().err == "FILE: /nowhere: No such file or directory\n"


def test_a_wrong_password_is_told(target: Target) -> None:
    with_auth = run("migrate", target=target, NEO4J_PASSWORD="wrong-password")
    if with_auth.returncode == 0:
        pytest.skip("the Neo4j at NEO4J_URI asks for no password")
    assert with_auth.returncode == 3
    assert "NEO4J_PASSWORD" in with_auth.stderr
    assert "wrong-password" not in with_auth.stderr


def test_loading(graph: Graph, target: Target, empty_graph: object, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    done = run("load", str(SEEDS / "catalogue"), "--report", str(report), target=target)
    assert done.returncode == 0, done.stderr
    assert re.search(r"^measures\.csv +295 +295 +0 +0 +0$", done.stderr, re.MULTILINE)
    assert json.loads(report.read_text("utf-8"))["files"]["measures.csv"]["loaded"] == 295
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "regions.csv").write_text("code,name,parent_code,level\n1,一,,CITY\n2,二,,NOWHERE\n", "utf-8")
    done = run("load", str(tmp_path / "bad"), target=target)
    assert done.returncode == 1
    assert "regions.csv:3 level 'NOWHERE'" in done.stderr
    done = run("load", str(tmp_path / "none"), target=target)
    assert done.returncode == 2
    assert "none" in done.stderr


def test_another_identity_key_is_refused(graph: Graph, target: Target, seeds: None) -> None:
    done = run("serve", "--port", "0", target=target, JOINTCREDIT_ID_KEY="0" * 64)
    assert done.returncode == 2
    assert "another JOINTCREDIT_ID_KEY" in done.stderr


def test_a_missing_index_stops_the_gateway(graph: Graph, target: Target) -> None:
    graph.driver.execute_query("DROP CONSTRAINT measure_code", database_=target.database)
    try:
        done = run("serve", "--port", "0", target=target)
        assert done.returncode == 3
        assert "constraint measure_code" in done.stderr
        assert "jointcredit migrate" in done.stderr
    finally:
        assert run("migrate", target=target).returncode == 0
    names = graph.driver.execute_query("SHOW CONSTRAINTS YIELD name", database_=target.database).records
    assert "measure_code" in {row["name"] for row in names}


@contextmanager
def serving(target: Target) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A gateway in its own process, and the address that it prints."""
    with subprocess.Popen(
        [*COMMAND, "serve", "--port", "0"], env=environment(target), cwd=REPOSITORY, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stderr is not None
            output = ""
            while "Stop with Ctrl-C" not in output:
                line = process.stderr.readline()
                assert line, output
                output += line
            (address,) = set(re.findall(r"http://127\.0\.0\.1:\d+/graphql", output))
            assert SUBJECT in output
            yield process, address
        finally:
            process.kill()


@pytest.mark.parametrize("signalled", [signal.SIGINT, signal.SIGTERM])
def test_serving_and_stopping(target: Target, seeds: None, signalled: signal.Signals) -> None:
    with serving(target) as (process, address):
        query = f'{{ subject(identifier: "{SUBJECT}") {{ standing(asOf: "2026-01-01") }} }}'
        answer = httpx2.post(address, json={"query": query}, timeout=60).json()
        assert answer["data"] == {"subject": {"standing": "BLACK"}}
        process.send_signal(signalled)
        assert process.wait(10) in (0, 130, 143, -signalled)


def test_a_port_that_is_taken_is_told(target: Target, seeds: None) -> None:
    with serving(target) as (_, address):
        done = run("serve", "--port", address.split(":")[2].partition("/")[0], target=target)
        assert done.returncode == 2
        assert "JOINTCREDIT_PORT" in done.stderr
