"""Whatever clients send, the gateway answers, never with 5xx, and `/healthz` answers within a second."""

import json
import os
import random
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest

from graph.store.database import Target
from tests.support.client import Client
from tests.support.gateway_process import Pulse, served

pytestmark = pytest.mark.alone

JSON = {"content-type": "application/json"}
BROKEN = 2_000 if os.environ.get("ABUSE") == "full" else 200
MEASURE = "id code number category nature content targets legalBases source confidence"


@pytest.fixture(scope="module")
def address(target: Target, client: Client) -> Iterator[str]:
    with served(target, JOINTCREDIT_BODY_TIMEOUT="3") as address:
        yield address


@pytest.fixture
def pulse(address: str, seeds: None) -> Iterator[Pulse]:
    with Pulse(address) as pulse:
        yield pulse
    print(f"/healthz: {pulse.slowest * 1000:.0f} ms at the most, asked {pulse.asked} times")
    assert pulse.asked
    assert pulse.slowest < 1.0


def ask(address: str, query: str, **variables: Any) -> Any:
    """The error code, and the whole answer."""
    response = httpx2.post(f"{address}/graphql", json={"query": query, "variables": variables}, timeout=60)
    assert response.status_code < 500, response.text[:500]
    return response.json()


def code_of(body: Any) -> str:
    code: str = body["errors"][0]["extensions"]["code"]
    return code


def chained(times: int) -> str:
    """Fragments that spread each other twice: 2^times spreads in all."""
    spreads = [f"fragment f{n} on Query {{ ...f{n + 1} ...f{n + 1} }}" for n in range(times)]
    return f"{{ ...f0 }} {' '.join(spreads)} fragment f{times} on Query {{ __typename }}"


def recursive(levels: int) -> str:
    return "{ agency(code: 1) { " + "children { " * levels + "code" + " }" * levels + " } }"


@pytest.mark.parametrize(
    "query",
    [
        chained(20),
        chained(300),
        chained(20).replace("__typename", "memoranda { totalCount }"),
        "{ " + " ".join(f"a{n}: __typename" for n in range(10_000)) + " }",
        "{ " + " ".join(f"a{n}: memoranda {{ totalCount }}" for n in range(2_000)) + " }",
        "{ __typename " + "@skip(if: false) " * 5_000 + "}",
        "{ " + "__typename " * 9_000 + "}",
        "{ " + 'subject(identifier: "x") { name } ' * 1_000 + "}",
        recursive(40),
        recursive(9),
        "{ a(b: " + "[" * 400_000 + "]" * 400_000 + ") }",
        "{" * 900_000,
        "#" * 900_000,
        '{ measure(code: "' + "x" * 900_000 + '") { code } }',
        "{ memoranda(first: " + "9" * 6_000 + ") { totalCount } }",
        "query (" + "".join(f"$v{n}: [[[Int]]] " for n in range(3_000)) + ") { __typename }",
        "fragment A on Query { ...B } fragment B on Query { ...A } { ...A }",
        "{ __schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }",
    ],
    ids=lambda query: f"{query[:40]}",
)
def test_documents(address: str, pulse: Pulse, query: str) -> None:
    started = time.monotonic()
    body = ask(address, query)
    if "errors" in body:
        assert code_of(body) in (
            "LIMIT_EXCEEDED", "GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "BAD_USER_INPUT"
        )  # fmt: skip
    assert time.monotonic() - started < 10


def test_many_documents_at_once(address: str, pulse: Pulse) -> None:
    """Each is different, so that none is cached; together they are seconds of work."""
    queries = ["{ " + f"a{n}: __typename " + "__typename " * 100 + "}" for n in range(200)]
    queries += ["{ " + f"a{n}: __typename " + "__typename " * 2_000 + "}" for n in range(20)]
    with ThreadPoolExecutor(32) as pool:
        bodies = list(pool.map(lambda query: ask(address, query), queries))
    assert all("data" in body or code_of(body) == "LIMIT_EXCEEDED" for body in bodies)


def test_large_variables(address: str, pulse: Pulse) -> None:
    query = "query ($i: [String!]!, $o: [ID!]!) { subjects(identifiers: $i) { id } nodes(ids: $o) { id } }"
    batches: tuple[Any, ...] = ([None] * 90_000, ["x" * 10] * 35_000, [[[]]] * 60_000, {"a": {"b": 1}})
    for values in batches * 2:  # cached documents take another way
        started = time.monotonic()
        assert code_of(ask(address, query, i=values, o=values)) in ("BAD_USER_INPUT", "LIMIT_EXCEEDED")
        assert time.monotonic() - started < 2  # a fifth of that on a quiet machine


def test_the_largest_answer(address: str, pulse: Pulse) -> None:
    """As many rows as the limits allow. The database may cancel it, which is no failure of the gateway."""
    pages = " ".join(f"m{n}: measures(first: 300) {{ nodes {{ {MEASURE} }} }}" for n in range(60))
    response = httpx2.post(f"{address}/graphql", json={"query": f"{{ {pages} }}"}, timeout=60)
    assert response.status_code in (200, 503)
    if response.status_code == 200:
        assert len(response.content) > 1_000_000


def test_a_body_of_50_mb(address: str, pulse: Pulse) -> None:
    for content in (b" " * 50_000_000, iter([b" " * 1_000_000] * 50)):
        response = httpx2.post(f"{address}/graphql", content=content, headers=JSON, timeout=60)
        assert response.status_code == 413


def test_one_byte_a_second(address: str, pulse: Pulse) -> None:
    where = urlsplit(address)
    head = b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 99999\r\n\r\n"
    connections = [socket.create_connection((where.hostname or "", where.port or 0)) for _ in range(30)]
    for connection in connections:
        connection.sendall(head)
        connection.settimeout(10)

    def drip(connection: socket.socket) -> bytes:
        with closing(connection):
            for _ in range(2):
                connection.sendall(b" ")
                time.sleep(1)
            return connection.recv(4096)

    with ThreadPoolExecutor(30) as pool:
        answers = list(pool.map(drip, connections))
    assert all(answer.startswith(b"HTTP/1.1 408 ") for answer in answers)


def test_broken_bodies(address: str, pulse: Pulse) -> None:
    """Bodies made by a few changes to good ones, the same on each run."""
    chance = random.Random(5)
    with ThreadPoolExecutor(8) as pool:
        statuses = set(pool.map(lambda body: _status(address, body), [broken(chance) for _ in range(BROKEN)]))
    assert statuses <= {200, 400, 403, 406, 413, 415}


GOOD = [
    {"query": "{ __typename }", "variables": {}, "operationName": None, "extensions": {}},
    {"query": "query A($c: String!) { measure(code: $c) { code } }", "variables": {"c": "x"}, "operationName": "A"},
    {"query": "query B($f: Int) { memoranda(first: $f) { nodes { title } } }", "variables": {"f": 2}},
    {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}}},
]
VALUES: list[Any] = [None, True, 0, -1, 1e300, 2**70, "", "\x00", "𠮷", [], [[]], {}, {"a": None}, "{", "[" * 500]
BYTES = [
    b"\xff",
    b"\xed\xa0\x80",
    b"\\ud800",
    b"\x00",
    b'"',
    b"{",
    b"}",
    b"[" * 3_000,
    b"9" * 6_000,
    b"\\",
    b"NaN",
    b"...",
]


def broken(chance: random.Random) -> bytes:
    def put_elsewhere(value: Any) -> Any:
        if isinstance(value, dict) and value and chance.random() < 0.7:
            key = chance.choice(list(value))
            return value | {key: put_elsewhere(value[key])}
        return chance.choice(VALUES)

    body = chance.choice(GOOD)
    changed: Any = put_elsewhere(body) if chance.random() < 0.6 else body
    text = bytearray(json.dumps(changed, ensure_ascii=chance.random() < 0.5).encode())
    changes: list[Callable[[int], None]] = [
        lambda place: text.__setitem__(slice(place, place), chance.choice(BYTES)),
        lambda place: text.__delitem__(slice(place, place + chance.randrange(1, 20))),
        lambda place: text.__setitem__(slice(place, place + 1), bytes([chance.randrange(256)])),
    ]
    for _ in range(chance.randrange(3)):
        chance.choice(changes)(chance.randrange(len(text) + 1))
    return bytes(text)


def _status(address: str, body: bytes) -> int:
    response = httpx2.post(f"{address}/graphql", content=body, headers=JSON, timeout=20)
    assert isinstance(response.json(), dict), body
    return response.status_code


def test_connections_that_send_nothing(address: str, pulse: Pulse) -> None:
    where = urlsplit(address)
    idle = [socket.create_connection((where.hostname or "", where.port or 0)) for _ in range(200)]
    try:
        assert "data" in ask(address, "{ __typename }")
        ended: list[float] = []
        started = time.monotonic()
        for connection in idle:
            connection.settimeout(10)
        reading = [threading.Thread(target=lambda c=c: ended.append(len(c.recv(1)))) for c in idle[:20]]
        for thread in reading:
            thread.start()
        for thread in reading:
            thread.join()
        assert ended == [0] * 20
        assert time.monotonic() - started < 6
    finally:
        for connection in idle:
            connection.close()
