"""What the database makes of a statement that it cannot finish."""

import asyncio

import pytest
from graphql import GraphQLError

from api import errors
from graph.database import Database, Target
from graph.errors import DatabaseUnavailable, StatementTimedOut
from graph.statement import Statement

LONG = Statement(
    "long", "UNWIND range(1, 100000000) AS i WITH count(i) AS c RETURN {c: c} AS data, [] AS known", {}, [], []
)


def test_a_statement_that_takes_too_long_says_so(target: Target) -> None:
    async def ask() -> None:
        async with Database(target, timeout=1, pool_size=1) as database:
            await database.ping()
            await database.answer(LONG)

    with pytest.raises(StatementTimedOut, match="long was given up after 1 s") as raised:
        asyncio.run(ask())
    failed = [GraphQLError("told", original_error=raised.value)]
    assert errors.status_of(failed, executed=False, strict=False) == 503
    assert errors.formatted(failed[0])["extensions"] == {"code": "STATEMENT_TIMED_OUT"}
    assert errors.retry_after(failed) == {}  # the same would take as long again


def test_a_database_that_is_away_bids_come_back() -> None:
    failed = [GraphQLError("told", original_error=DatabaseUnavailable("away"))]
    assert errors.status_of(failed, executed=False, strict=True) == 503
    assert errors.retry_after(failed) == {"Retry-After": "1"}
