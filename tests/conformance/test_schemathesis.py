"""schemathesis makes operations of every root field, and the gateway answers all of them."""

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings

from api.schema.build import schema
from graph.store.database import Target
from tests.conftest import SEEDS, Graph
from tests.support.gateway_process import served

QUERY = schema._schema.query_type
CODES = ("BAD_USER_INPUT", "NOT_FOUND", "LIMIT_EXCEEDED")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def address(target: Target, graph: Graph, client: object) -> Iterator[str]:
    graph.hold(SEEDS / "catalogue", SEEDS / "demo")
    with served(target) as address:
        yield address


@pytest.fixture(scope="module")
def operations(address: str) -> Any:
    return schemathesis.graphql.from_url(f"{address}/graphql")


@pytest.mark.parametrize("field", QUERY.fields if QUERY else ())
def test_no_operation_fails_the_gateway(address: str, operations: Any, field: str) -> None:
    @settings(
        max_examples=10,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operations["Query"][field].as_strategy())
    def ask(case: Any) -> None:
        response = httpx2.post(f"{address}/graphql", json={"query": case.body}, timeout=30)
        assert response.status_code == 200, (case.body, response.text)
        for error in response.json().get("errors", []):
            assert error["extensions"]["code"] in CODES, (case.body, error)

    ask()
