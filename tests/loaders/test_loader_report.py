"""The output of a load while it runs, at its end, and when the database goes away in the middle."""

import csv
import json
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import neo4j
import pytest

from graph.errors import DatabaseUnavailable
from graph.identity.key import IdentityKey
from loaders.load import load
from tests.conftest import Graph
from tests.loaders.test_loader import fingerprint, rewrite
from tests.support.generator import make_dataset


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dataset")
    make_dataset(folder, entities=400, seed=7)
    return folder


def test_the_report_holds_every_refusal_and_the_figures_add_up(
    dataset: Path, tmp_path: Path, empty_graph: neo4j.Driver, database: str, identity_key: IdentityKey
) -> None:
    folder = shutil.copytree(dataset, tmp_path / "data")
    rewrite(folder / "regions.csv", {"level": "?"}, ("code", "440700"))
    watched = Watch()
    summary = load(folder, empty_graph, database, identity_key, report=tmp_path / "r.json", progress=watched, batch=50)
    report = json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "r.json"]
    assert report["dataset"] == "data"
    assert set(report) == {"dataset", "jointcredit", "started", "refusals", "files", "totals", "seconds"}
    assert report["totals"] == summary.totals.as_dict()
    for figures in (report["totals"], *report["files"].values()):
        assert figures["read"] == figures["loaded"] + figures["refused"]
        assert figures["loaded"] == figures["created"] + figures["updated"] + figures["unchanged"]
    assert {entry["file"] for entry in report["refusals"]} >= {"regions.csv", "agencies.csv", "entities.csv"}
    assert len(summary.first_refusals) == 20 < len(report["refusals"])
    rows = {(entry["file"], entry["line"]) for entry in report["refusals"]}
    assert len(rows) == report["totals"]["refused"] == watched.bad
    assert watched.rows == {name: figures["read"] for name, figures in report["files"].items()}
    assert watched.bytes == {name: (folder / name).stat().st_size for name in report["files"]}
    for name in report["files"]:
        with (folder / name).open(encoding="utf-8-sig", newline="") as file:
            assert len(list(csv.reader(file))) - 1 == report["files"][name]["read"]


class Watch:
    """A Progress that counts."""

    def __init__(self) -> None:
        self.rows: dict[str, int] = {}
        self.bytes: dict[str, int] = {}
        self.bad = 0

    def start(self, file: str, total_bytes: int) -> None:
        self.rows[file] = self.bytes[file] = 0

    def advance(self, file: str, rows: int, bytes: int) -> None:
        self.rows[file] += rows
        self.bytes[file] += bytes

    def refused(self, file: str, rows: int) -> None:
        self.bad += rows


@contextmanager
def gate(host: str, port: int) -> Iterator[tuple[int, threading.Event]]:
    """A port that forwards to another until the event is set; then it drops every connection and accepts none."""
    shut = threading.Event()
    server = socket.create_server(("127.0.0.1", 0))
    open_sockets: list[socket.socket] = [server]

    def pump(source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while not shut.is_set() and (data := source.recv(65536)):
                sink.sendall(data)
        close(source)
        close(sink)

    def accept() -> None:
        while not shut.is_set():
            try:
                near, _ = server.accept()
            except OSError:
                return
            far = socket.create_connection((host, port))
            open_sockets.extend((near, far))
            for pair in ((near, far), (far, near)):
                threading.Thread(target=pump, args=pair, daemon=True).start()

    def watch() -> None:
        shut.wait()
        for each in open_sockets:
            close(each)

    for target in (accept, watch):
        threading.Thread(target=target, daemon=True).start()
    try:
        yield server.getsockname()[1], shut
    finally:
        shut.set()
        server.close()


def close(each: socket.socket) -> None:
    with suppress(OSError):
        each.shutdown(socket.SHUT_RDWR)
    each.close()


@pytest.mark.slow
def test_a_database_that_goes_away_is_told_and_the_next_load_goes_on(
    dataset: Path, tmp_path: Path, graph: Graph, database: str, identity_key: IdentityKey
) -> None:
    graph.wipe()
    load(dataset, graph.driver, database, identity_key)
    whole = fingerprint(graph.driver, database)
    graph.wipe()
    host, _, port = graph.target.uri.rpartition("/")[2].rpartition(":")
    with gate(host, int(port)) as (near, shut):

        class Shut(Watch):
            def advance(self, file: str, rows: int, bytes: int) -> None:
                if file == "entities.csv":
                    shut.set()

        auth = (graph.target.user, graph.target.password)
        with (
            neo4j.GraphDatabase.driver(f"bolt://127.0.0.1:{near}", auth=auth, max_transaction_retry_time=0.5) as driver,
            pytest.raises(DatabaseUnavailable, match="run the same command again to continue"),
        ):
            load(dataset, driver, database, identity_key, report=tmp_path / "r.json", progress=Shut(), batch=50)
    assert list(tmp_path.iterdir()) == []
    assert fingerprint(graph.driver, database) != whole
    assert load(dataset, graph.driver, database, identity_key).exit_status == 0
    assert fingerprint(graph.driver, database) == whole
