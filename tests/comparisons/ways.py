"""Two gateways, one with the fast path and one with graphql-core only; they get the same requests and are compared."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import graphql as gql
import orjson
from starlette.applications import Starlette
from starlette.testclient import TestClient

from api.app import create_app
from api.http.endpoint import Endpoint
from graph.identity.key import IdentityKey
from graph.settings import Settings
from graph.store.database import Target
from tests.comparisons.operations_order import Order
from tests.support.client import ID_KEY

HEADERS = {"accept": "application/graphql-response+json"}
MAX_COST = 100_000


class Way:
    """A gateway and its answers."""

    def __init__(self, http: TestClient, app: Starlette) -> None:
        self.http = http
        endpoints = [getattr(route, "app", None) for route in app.routes]
        endpoint = next(endpoint for endpoint in endpoints if isinstance(endpoint, Endpoint))
        self._gateway = endpoint._gateway

    def answer(self, text: str, name: str | None, variables: dict[str, Any]) -> "Answered":
        body = {"query": text, "operationName": name, "variables": variables}
        response = self.http.post("/graphql", json=body, headers=HEADERS)
        headers = {key: response.headers.get(key) for key in ("content-type", "cache-control", "retry-after", "vary")}
        return Answered(response.status_code, headers, _without_references(response.content))

    def counted(self) -> Counter[str]:
        """How many operations took the fast and the slow path, how many of the latter met an unexpected error, and how
        often a cached plan was used."""
        fast_path = self._gateway._fast_path
        if fast_path is None:
            return Counter()
        plans = fast_path.plans
        return Counter(
            fast=fast_path.fast,
            slow=fast_path.slow,
            failed=fast_path.failed,
            hits=plans.hits,
            misses=plans.misses,
        )


@dataclass
class Answered:
    status: int
    headers: dict[str, str | None]
    body: bytes

    @property
    def canonical(self) -> bytes:
        return orjson.dumps(orjson.loads(self.body), option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2)


def _without_references(body: bytes) -> bytes:
    """The body without the random reference of a masked error."""
    return re.sub(rb'(reference(?:":"| ))[a-z]+', rb"\1-", body)


@contextmanager
def way_of(target: Target, fast: bool) -> Iterator[Way]:
    """A gateway with or without the fast path."""
    settings = Settings(JOINTCREDIT_FAST_PATH=fast, JOINTCREDIT_MAX_COST=MAX_COST, JOINTCREDIT_STATEMENT_TIMEOUT=60)
    app = create_app(target, IdentityKey(ID_KEY), settings)
    with TestClient(app) as http:
        yield Way(http, app)


def compare(
    text: str,
    name: str | None,
    variables: dict[str, Any],
    ways: tuple[Way, Way],
    parsed: gql.DocumentNode | None = None,
) -> Answered:
    """Send the operation to both gateways and compare; returns the answer."""
    fast, slow = (way.answer(text, name, variables) for way in ways)
    operation = f"\n{text}\noperationName: {name}\nvariables: {orjson.dumps(variables).decode()}"
    assert fast.canonical.decode() == slow.canonical.decode(), operation
    assert (fast.status, fast.headers) == (slow.status, slow.headers), operation
    for way, answered in (("fast", fast), ("slow", slow)):
        data = orjson.loads(answered.body).get("data")
        if data:
            order = Order(parsed or gql.parse(text), name, variables)
            assert order.follows(data), f"the keys of the {way} answer do not follow the selection{operation}"
    assert fast.body == slow.body, f"the order of keys differs{operation}"
    return fast
