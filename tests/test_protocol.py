"""Connections as programs treat them that mean harm, or nothing: what httptools and uvicorn alone would let pass."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from api.protocol import MAX_HEAD, PAUSE
from graph.database import Target

from .asking import Client
from .live import gateway, listening

pytestmark = pytest.mark.slow

BODY = json.dumps({"query": "{ __typename }"}).encode()
POST = b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
LENGTH = b"content-length: %d\r\n" % len(BODY)


@pytest.fixture(scope="module")
def address(target: Target, client: Client) -> Iterator[str]:
    with gateway(target, JOINTCREDIT_BODY_TIMEOUT=1) as address:
        yield address


def connected(address: str) -> socket.socket:
    where = urlsplit(address)
    connection = socket.create_connection((where.hostname or "", where.port or 0))
    connection.settimeout(20)
    return connection


def until_closed(connection: socket.socket) -> tuple[bytes, float]:
    """What arrives until the server closes the connection, and after how many seconds it does."""
    began, received = time.monotonic(), b""
    while data := connection.recv(65_536):
        received += data
    return received, time.monotonic() - began


def answer(connection: socket.socket) -> bytes:
    received = b""
    while b'{"data"' not in received:
        data = connection.recv(65_536)
        assert data, received
        received += data
    return received


@pytest.mark.parametrize("begun", [b"", b"G", b"\r\n", POST, POST + LENGTH])
def test_a_head_that_does_not_end_closes_the_connection(address: str, begun: bytes) -> None:
    with closing(connected(address)) as connection:
        connection.sendall(begun)
        _, seconds = until_closed(connection)
        assert 0.5 < seconds < 3


def test_an_empty_line_now_and_then_holds_no_connection(address: str) -> None:
    """uvicorn stops to wait for the next request with the first byte that comes."""
    with closing(connected(address)) as connection:
        connection.sendall(POST + LENGTH + b"\r\n" + BODY)
        answer(connection)
        began = time.monotonic()
        try:
            while time.monotonic() - began < 10:
                connection.sendall(b"\r\n")
                time.sleep(0.3)
        except OSError:
            pass
        assert time.monotonic() - began < 5


def test_a_head_in_pieces_is_read(address: str) -> None:
    with closing(connected(address)) as connection:
        for _ in range(2):
            for piece in (POST[:5], POST[5:], LENGTH, b"\r\n", BODY[:3], BODY[3:]):
                connection.sendall(piece)
                time.sleep(0.05)
            assert answer(connection).startswith(b"HTTP/1.1 200 ")


def test_a_head_that_grows_too_large_is_refused(address: str) -> None:
    with closing(connected(address)) as connection:
        try:
            connection.sendall(POST + b"x: " + b"y" * MAX_HEAD * 4)
            received, _ = until_closed(connection)
        except OSError:
            return  # the refusal was lost with the rest of what was sent
        assert received.startswith(b"HTTP/1.1 400 ")


def test_http_2_is_declined_without_losing_the_request(address: str) -> None:
    """As Java's own client asks, with every first request and after it."""
    upgrade = b"connection: Upgrade, HTTP2-Settings\r\nupgrade: h2c\r\nhttp2-settings: AAEAAEAAAAIAAAAA\r\n"
    with closing(connected(address)) as connection:
        for head in (upgrade, upgrade, b""):
            connection.sendall(POST + LENGTH + head + b"\r\n" + BODY)
            assert answer(connection).startswith(b"HTTP/1.1 200 ")


def test_who_is_told_to_come_back_is_heard_a_second_later() -> None:
    async def overloaded(_request: object) -> Response:
        return Response("", 503, {"Retry-After": "1"})

    with listening(Starlette(routes=[Route("/graphql", overloaded)])) as address, closing(connected(address)) as client:
        times = []
        for _ in range(3):
            client.sendall(b"GET /graphql HTTP/1.1\r\nhost: x\r\n\r\n")
            assert client.recv(65_536).startswith(b"HTTP/1.1 503 ")
            times.append(time.monotonic())
        assert all(PAUSE - 0.1 < after - before < PAUSE + 2 for before, after in pairwise(times))


@pytest.mark.parametrize(
    "request_",
    [
        b"GET /graphql HTTP/1.1\r\n\r\n",
        b"GET /graphql HTTP/1.1\r\nhost: x\r\nhost: y\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\nhost: x\r\n\r\n",
        b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab",
        b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /graphql HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_what_is_no_request_is_400(address: str, request_: bytes) -> None:
    with closing(connected(address)) as connection:
        connection.sendall(request_)
        received, _ = until_closed(connection)
        assert received.startswith(b"HTTP/1.1 400 "), received
