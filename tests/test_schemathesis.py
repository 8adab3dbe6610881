"""schemathesis makes operations of every root field: whatever they ask, the gateway has an answer."""

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings

from graph.database import Target

from .conftest import SEEDS, Graph
from .served import served


@pytest.fixture(scope="module")
def made(target: Target, graph: Graph, client: object) -> Iterator[Any]:
    graph.hold(SEEDS / "catalogue", SEEDS / "demo")
    with served(target) as address:
        yield schemathesis.graphql.from_url(f"{address}/graphql")


operations = schemathesis.pytest.from_fixture("made")


@pytest.mark.slow
@operations.parametrize()
@settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_operation_fails_the_gateway(case: Any) -> None:
    response = httpx2.post(case.operation.base_url, json={"query": case.body}, timeout=30)
    assert response.status_code == 200, (case.body, response.text)
    for error in response.json().get("errors", []):
        assert error["extensions"]["code"] in ("BAD_USER_INPUT", "NOT_FOUND", "LIMIT_EXCEEDED"), (case.body, error)
