"""Exports over a real connection: what a client sees when the database dies, and the cost of a slow client."""

import csv
import io
import json
import logging
import socket
from collections.abc import Iterator
from contextlib import closing

import httpx2
import pytest

import api.exports.paths as streaming
from graph.queries import export as reading
from tests.conftest import Graph
from tests.support.gateway import gateway, line_to, wait_for
from tests.support.rows import Rows

ROWS = Rows()
ITEMS, SUBJECTS = 40, 300
for n in range(ITEMS):
    ROWS.add("power_items", code=f"P{n:02}")
ROWS.add("memoranda", code="M")
ROWS.add("credit_lists", code="名单 1", color="BLACK", memoranda="M")
ROWS.add("measures", code="X", memorandum_code="M", nature="RESTRICTION", content="某" * 500,
         legal_bases=["甲法", "乙法"], power_items=[f"P{n:02}" for n in range(ITEMS)])  # fmt: skip
NAMES = ["=1+1", "+1", "-1", "@a", '"quoted", and\nbroken']
for n in range(SUBJECTS):
    ROWS.listed(ROWS.organization(NAMES[n] if n < len(NAMES) else f"某公司{n}"), f"S{n}", "名单 1")
PATHS = ITEMS * SUBJECTS
ASKED = {"list": "名单 1", "asOf": "2018-01-01"}


@pytest.fixture(scope="module", autouse=True)
def dataset(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> None:
    graph.hold(ROWS.write(tmp_path_factory.mktemp("export")))


@pytest.fixture(scope="module")
def address(graph: Graph) -> Iterator[str]:
    with gateway(graph.target, JOINTCREDIT_MAX_EXPORTS=1, JOINTCREDIT_STATEMENT_TIMEOUT=60) as address:
        yield f"{address}/export/paths"


@pytest.fixture
def statements(caplog: pytest.LogCaptureFixture) -> Iterator[list[str]]:
    """The names of the statements that ran, from the log of the database."""
    ran: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            ran.append(str(record.args[0]) if isinstance(record.args, tuple) else record.msg)

    log, handler = logging.getLogger("jointcredit.database"), Kept()
    with caplog.at_level(logging.DEBUG, log.name):
        log.addHandler(handler)
        yield ran
        log.removeHandler(handler)


def unread(address: str) -> socket.socket:
    """A client with a small buffer that requests the list and reads nothing."""
    url = httpx2.URL(f"{address}.ndjson", params=ASKED)
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 14)
    client.connect((url.host, url.port or 80))
    client.sendall(b"GET " + url.raw_path + b" HTTP/1.1\r\nHost: gateway\r\n\r\n")
    return client


def test_csv_for_excel(address: str) -> None:
    """Cells that Excel would calculate, quotes, line breaks in quotes, and lists joined by semicolons."""
    response = httpx2.get(f"{address}.csv", params=ASKED)
    assert response.headers["content-disposition"].endswith("paths-%E5%90%8D%E5%8D%95%201-2018-01-01.csv")
    header, *rows = csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline=""), strict=True)
    assert len(rows) == PATHS
    assert len({row[-1] for row in rows}) == PATHS
    assert {row[header.index("subjectName")] for row in rows} >= {"'=1+1", "'+1", "'-1", "'@a", NAMES[-1]}
    assert {row[header.index("legalBases")] for row in rows} == {"甲法;乙法"}


def test_a_database_that_dies_cuts_the_stream(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """The client sees that the end is missing, and gets the rest from another gateway."""
    monkeypatch.setattr(reading, "PATHS_AT_ONCE", 500)
    lines: list[bytes] = []

    def read(url: str) -> None:
        rest = b""
        with httpx2.stream("GET", url, params=ASKED) as response:
            assert response.status_code == 200
            for data in response.iter_bytes():
                *whole, rest = (rest + data).split(b"\n")
                lines.extend(whole)
                line.cut()

    with line_to(graph.target) as line, gateway(line.target) as address:
        url = f"{address}/export/paths.ndjson"
        with pytest.raises(httpx2.RemoteProtocolError):
            read(url)
        assert 0 < len(lines) < PATHS
        refused = httpx2.get(url, params=ASKED)
        assert refused.status_code == 503
        assert refused.json()["errors"][0]["extensions"]["code"] == "DATABASE_UNAVAILABLE"
        assert httpx2.get(f"{address}/healthz").status_code == 200
    with gateway(graph.target) as address:
        after = json.loads(lines[-1])["cursor"]
        more = httpx2.get(f"{address}/export/paths.ndjson", params=ASKED | {"after": after}).content.splitlines()
        whole = httpx2.get(f"{address}/export/paths.ndjson", params=ASKED).content.splitlines()
    assert len(whole) == PATHS
    assert lines + more == whole


def test_a_slow_client_holds_its_place_and_nothing_else(address: str, statements: list[str]) -> None:
    """Nothing is read ahead for it. Another export is refused, and runs once the client is gone."""
    client = unread(address)
    wait_for(lambda: "exportPaths" in statements)
    stable = settled(statements)
    assert stable * reading.PATHS_AT_ONCE < PATHS
    busy = httpx2.get(f"{address}.csv", params=ASKED)
    assert busy.status_code == 503
    assert busy.headers["retry-after"] == "30"
    (error,) = busy.json()["errors"]
    assert error["extensions"]["code"] == "TOO_MANY_EXPORTS"
    assert "JOINTCREDIT_MAX_EXPORTS" in error["message"]
    assert statements.count("exportPaths") == stable
    client.close()
    wait_for(lambda: httpx2.head(f"{address}.csv", params=ASKED).status_code == 200)
    assert statements.count("exportPaths") <= stable + 2  # those of HEAD, and one that was running


def test_a_client_that_goes_on_reading_gets_all(address: str) -> None:
    with closing(unread(address)) as client:
        got = bytearray()
        while b"\r\n0\r\n\r\n" not in got[-16:]:
            got += client.recv(1 << 16)
    assert got.count(b'"subjectId"') == PATHS


def test_a_client_that_stops_reading_loses_its_place(
    address: str, statements: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming, "PATIENCE", 0.5)
    with closing(unread(address)):
        wait_for(lambda: "exportPaths" in statements)
        wait_for(lambda: httpx2.head(f"{address}.csv", params=ASKED).status_code == 200)


def settled(statements: list[str]) -> int:
    """The number of pages read once it stops growing."""
    counts: list[int] = []

    def steady() -> bool:
        counts.append(statements.count("exportPaths"))
        return len(counts) > 50 and len(set(counts[-50:])) == 1

    wait_for(steady)
    return counts[-1]
