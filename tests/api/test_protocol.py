"""Malicious and careless connections: what httptools and uvicorn alone would accept."""

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

from api.server.protocol import MAX_ADDRESS, MAX_HEADERS, PAUSE
from graph.store.database import Target
from tests.support.client import Client
from tests.support.gateway import gateway, listening

pytestmark = pytest.mark.alone

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
    """The bytes until the server closes the connection, and the seconds until then."""
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
    """uvicorn cancels its timeout for the next request at the first byte."""
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


GET = b"GET /healthz%s HTTP/1.1\r\nhost: x\r\n%s\r\n"
LEFT = MAX_HEADERS - len(b"host: x\r\n")
SIZES = {
    "one header": (b"", b"x: %s\r\n" % (b"y" * (LEFT - 5))),
    "one name": (b"", b"%s: x\r\n" % (b"y" * (LEFT - 5))),
    "many headers": (b"", b"x: %s\r\n" % (b"y" * 95) * (LEFT // 100) + b"x: %s\r\n" % (b"y" * (LEFT % 100 - 5))),
    "the address": (b"?" + b"y" * (MAX_ADDRESS - len("/healthz?")), b""),
}
"""The largest allowed addresses and headers."""


def cut(data: bytes, pieces: int) -> list[bytes]:
    size = -(-len(data) // pieces)
    return [data[start : start + size] for start in range(0, len(data), size)]


@pytest.mark.parametrize("pieces", [1, 2, 7, 100])
@pytest.mark.parametrize("case", SIZES)
def test_a_head_may_have_a_size_and_no_more(address: str, case: str, pieces: int) -> None:
    """However the head is split into pieces; the answer is JSON and names the limit."""
    query, headers = SIZES[case]
    with closing(connected(address)) as connection:
        for piece in cut(GET % (query, headers), pieces):
            connection.sendall(piece)
        assert connection.recv(65_536).startswith(b"HTTP/1.1 200 ")
    query, headers = (query + b"y" if query else b""), headers.replace(b"y", b"yy", 1)
    status, limit = (414, MAX_ADDRESS) if query else (431, MAX_HEADERS)
    with closing(connected(address)) as connection:
        for piece in cut(GET % (query, headers), pieces):
            connection.sendall(piece)
        received, _ = until_closed(connection)
    refusal_of(received, status, f"{limit} bytes")


def refusal_of(received: bytes, status: int, message: str) -> None:
    head, _, body = received.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status), head
    assert b"content-type: application/json" in head
    assert b"connection: close" in head
    [error] = json.loads(body)["errors"]
    assert message in error["message"]
    assert error["extensions"]["code"] in ("URI_TOO_LONG", "REQUEST_HEADER_FIELDS_TOO_LARGE", "BAD_REQUEST")


@pytest.mark.parametrize("size", [100_000, 200_000, 3_000_000])
@pytest.mark.parametrize(
    ("begun", "status", "limit"),
    [
        (b"GET /", 414, MAX_ADDRESS),
        (b"GET / HTTP/1.1\r\nx: ", 431, MAX_HEADERS),
        (b"GET / HTTP/1.1\r\n", 431, MAX_HEADERS),
    ],
)
def test_a_head_that_does_not_end_is_refused(address: str, begun: bytes, status: int, limit: int, size: int) -> None:
    """However much is sent at once; a client that sends to the end can read the answer."""
    end = b": z\r\n\r\n" if size == 100_000 else b""  # a head is known to be too large at its end at the latest
    with closing(connected(address)) as connection:
        connection.sendall(begun + b"y" * size + end)
        received, _ = until_closed(connection)
    refusal_of(received, status, f"{limit} bytes")


@pytest.mark.parametrize("rest", [b"y" * 100_000 + b"\r\n\r\n", b"y" * 3_000_000])
def test_trailers_count_as_headers(address: str, rest: bytes) -> None:
    with closing(connected(address)) as connection:
        connection.sendall(POST + b"transfer-encoding: chunked\r\n\r\n1\r\na\r\n0\r\nx: " + rest)
        received, _ = until_closed(connection)
    refusal_of(received, 431, f"{MAX_HEADERS} bytes")


def test_a_refusal_waits_for_the_answers_before_it(address: str) -> None:
    """A client that pipelines requests takes the first answer for that of the first request."""
    with closing(connected(address)) as connection:
        connection.sendall((POST + LENGTH + b"\r\n" + BODY) * 2 + GET % (b"", b"x: " + b"y" * MAX_HEADERS + b"\r\n"))
        received, _ = until_closed(connection)
    answers = received.split(b"HTTP/1.1 ")[1:]
    assert [answer[:3] for answer in answers] == [b"200", b"200", b"431"]


def test_one_request_has_one_answer(address: str) -> None:
    """Whatever happens with its body after the answer."""
    head = POST.replace(b"json", b"pdf") + b"transfer-encoding: chunked\r\n\r\n"
    with closing(connected(address)) as connection:
        connection.sendall(head)
        received = connection.recv(65_536)
        connection.sendall(b"1\r\na\r\nzz\r\n" + b"y" * 3_000_000)
        rest, _ = until_closed(connection)
    assert received.startswith(b"HTTP/1.1 415 ")
    assert (received + rest).count(b"HTTP/1.1 ") == 1


def test_a_refusal_of_head_has_no_body(address: str) -> None:
    with closing(connected(address)) as connection:
        connection.sendall(b"HEAD /" + b"y" * 100_000 + b" HTTP/1.1\r\nhost: x\r\n\r\n")
        received, _ = until_closed(connection)
    assert received.startswith(b"HTTP/1.1 414 ")
    assert received.endswith(b"\r\n\r\n")


def test_http_2_is_declined_without_losing_the_request(address: str) -> None:
    """Java's own client offers HTTP/2 with its first request, and reuses the connection."""
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
    refusal_of(received, 400, "request")
