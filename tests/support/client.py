"""Sends operations to the gateway as a client, and shows the statements behind the answers."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from graphql import parse, validate
from starlette.testclient import TestClient

from api.execution.executor import StatementExecutor
from api.schema.build import schema
from graph.identity.key import IdentityKey
from graph.statements.arguments import RequestContext
from graph.statements.statement import Statement

ID_KEY = "5eed" * 16
TODAY = dt.date(2026, 1, 1)


class Client:
    """A GraphQL client over HTTP."""

    def __init__(self, http: TestClient) -> None:
        self.http = http

    def answer(self, query: str, **variables: Any) -> dict[str, Any]:
        """The whole response body."""
        response = self.http.post("/graphql", json={"query": query, "variables": variables})
        body: dict[str, Any] = response.json()
        return body

    def ask(self, query: str, **variables: Any) -> dict[str, Any]:
        """The data of an answer without errors."""
        body = self.answer(query, **variables)
        assert "errors" not in body, body["errors"]
        data: dict[str, Any] = body["data"]
        return data


def pages(page_at: Callable[[str | None], Any], *, backward: bool = False) -> Iterator[Any]:
    """The pages of a connection, one after the other, from the first or from the last. `page_at` asks for the page at a
    cursor, and for the one to begin with at None. Fails if a cursor comes twice: the pages would never end."""
    more, cursor = ("hasPreviousPage", "startCursor") if backward else ("hasNextPage", "endCursor")
    seen: set[str | None] = {None}
    place = None
    while True:
        page = page_at(place)
        yield page
        if not page["pageInfo"][more]:
            return
        place = page["pageInfo"][cursor]
        assert place not in seen, "a page ends where an earlier one did"
        seen.add(place)


def translate(query: str, **variables: Any) -> Statement:
    """The statement of an operation on the day TODAY."""
    core = schema._schema
    document = parse(query)
    assert not validate(core, document)
    executor = StatementExecutor.build(core, document, raw_variable_values=variables)
    assert isinstance(executor, StatementExecutor), executor
    statement = executor.translate(RequestContext(TODAY, IdentityKey(ID_KEY), max_page=1000))
    assert statement is not None
    return statement
