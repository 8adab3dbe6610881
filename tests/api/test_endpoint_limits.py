"""What one request, and all requests together, may take from the process; unexpected errors."""

import asyncio
import logging
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx2
import neo4j
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from api.app import create_app
from api.execution.gateway import Gateway
from api.server.run import configure
from graph.identity.key import IdentityKey
from graph.settings import Settings
from graph.statements.statement import Statement
from graph.store.database import Database, Target
from tests.support.client import ID_KEY, Client
from tests.support.gateway_process import served

pytestmark = pytest.mark.alone

OK = {"query": "{ __typename }"}
JSON = {"content-type": "application/json"}


@pytest.fixture(scope="module")
def address(target: Target, client: Client) -> Iterator[str]:
    with served(target, JOINTCREDIT_BODY_TIMEOUT="1", JOINTCREDIT_MAX_BODY="1000") as address:
        yield address


def code_of(response: Any) -> str:
    code: str = response.json()["errors"][0]["extensions"]["code"]
    return code


@pytest.mark.parametrize("size", [1_001, 60_000, 5_000_000])
def test_a_large_body_is_413(address: str, size: int) -> None:
    for content in (b" " * size, iter([b" " * (size // 2)] * 3)):
        response = httpx2.post(f"{address}/graphql", content=content, headers=JSON)
        assert response.status_code == 413
        assert code_of(response) == "PAYLOAD_TOO_LARGE"
        assert "1000 bytes (JOINTCREDIT_MAX_BODY)" in response.json()["errors"][0]["message"]


def raw(address: str, *pieces: bytes, pause: float = 0.0) -> tuple[bytes, float]:
    """The response to these bytes until the connection ends, and the seconds until then."""
    where = urlsplit(address)
    started = time.monotonic()
    with socket.create_connection((where.hostname or "", where.port or 0)) as connection:
        connection.settimeout(20)

        def send() -> None:
            try:
                for piece in pieces:
                    connection.sendall(piece)
                    time.sleep(pause)
            except OSError:
                pass

        sending = threading.Thread(target=send)
        sending.start()
        received = b""
        try:
            while data := connection.recv(65536):
                received += data
        except ConnectionResetError:
            pass
        ended = time.monotonic() - started
        sending.join()
    return received, ended


def test_a_body_of_a_byte_a_while_is_408(address: str) -> None:
    head = b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n"
    received, seconds = raw(address, head, *[b" "] * 8, pause=0.25)
    assert received.startswith(b"HTTP/1.1 408 ")
    assert b"JOINTCREDIT_BODY_TIMEOUT" in received
    assert seconds < 2.5


def test_a_head_of_a_byte_a_while_is_cut_off(address: str) -> None:
    received, seconds = raw(address, b"GET / HTTP/1.1\r\n", *[b"x"] * 8, pause=0.25)
    assert received == b""
    assert seconds < 2.5


def test_a_head_without_an_end_is_refused(address: str) -> None:
    received, _ = raw(address, b"GET / HTTP/1.1\r\nx: " + b"y" * 200_000)
    assert received.startswith(b"HTTP/1.1 431 ")


def test_more_operations_than_may_wait_are_503(target: Target, client: Client, monkeypatch: Any) -> None:
    release = asyncio.Event()

    run = Database.run

    async def later(self: Database, statement: Statement) -> neo4j.Record:
        await release.wait()
        return await run(self, statement)

    monkeypatch.setattr(Database, "run", later)
    settings = Settings(JOINTCREDIT_POOL_SIZE=1, JOINTCREDIT_MAX_WAITING=1)
    app = create_app(target, IdentityKey(ID_KEY), settings)
    question = {"query": '{ measure(code: "x") { code } }'}

    async def ask() -> None:
        transport = httpx2.ASGITransport(app)
        started = app.router.lifespan_context(app)
        async with started, httpx2.AsyncClient(transport=transport, base_url="http://test") as http:
            waiting = [asyncio.create_task(http.post("/graphql", json=question)) for _ in range(2)]
            await asyncio.sleep(0.2)
            refused = await http.post("/graphql", json=OK)
            assert refused.status_code == 503
            assert refused.headers["retry-after"]
            assert code_of(refused) == "OVERLOADED"
            assert "JOINTCREDIT_MAX_WAITING" in refused.json()["errors"][0]["message"]
            release.set()
            assert [(await task).status_code for task in waiting] == [200, 200]
            assert (await http.post("/graphql", json=OK)).status_code == 200

    asyncio.run(ask())


@pytest.mark.parametrize("error", [RecursionError("too deep"), KeyError("440000190001010019"), UnicodeError("lone")])
def test_what_nobody_foresaw_is_masked_and_logged(
    target: Target, client: Client, monkeypatch: Any, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    async def answer(_self: Gateway, _asked: object) -> None:
        raise error

    monkeypatch.setattr(Gateway, "answer", answer)
    with TestClient(create_app(target, IdentityKey(ID_KEY), Settings())) as http:
        response = http.post("/graphql", json=OK)
    assert response.status_code == 500
    (reported,) = response.json()["errors"]
    assert reported["extensions"]["code"] == "INTERNAL_SERVER_ERROR"
    assert reported["extensions"]["reference"] in reported["message"]
    assert str(error) not in response.text
    (record,) = [record for record in caplog.records if record.name == "jointcredit.errors"]
    assert record.levelno == logging.ERROR
    assert reported["extensions"]["reference"] in record.getMessage()


def test_a_long_value_is_quoted_in_part(client: Client) -> None:
    query = "query ($a: Int) { memoranda(first: $a) { totalCount } }"
    response = client.http.post("/graphql", json={"query": query, "variables": {"a": "x" * 100_000}})
    assert code_of(response) == "BAD_USER_INPUT"
    assert len(response.content) < 2_000


def test_no_websocket_is_opened() -> None:
    config = configure(Starlette(), Settings())
    config.load()
    assert config.ws_protocol_class is None
