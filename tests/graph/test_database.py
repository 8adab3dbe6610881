"""The errors for a statement that the database cannot finish."""

import asyncio
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from graphql import GraphQLError

from api import errors
from graph.errors import DatabaseError, DatabaseUnavailable, StatementTimedOut
from graph.statements.statement import Statement
from graph.store import database as graph_database
from graph.store.database import Database, Target
from graph.store.readiness import open_driver

LONG = Statement(
    "long", "UNWIND range(1, 100000000) AS i WITH count(i) AS c RETURN {c: c} AS data, [] AS known", {}, [], []
)


def test_a_statement_that_takes_too_long_says_so(target: Target) -> None:
    async def ask() -> None:
        async with Database(target, timeout=1, pool_size=1) as database:
            await database.ping()
            await database.answer(LONG)

    with pytest.raises(StatementTimedOut, match="long was stopped after 1 s") as raised:
        asyncio.run(ask())
    failed = [GraphQLError("told", original_error=raised.value)]
    assert errors.status_of(failed, executed=False, strict=False) == 503
    assert errors.formatted(failed[0])["extensions"] == {"code": "STATEMENT_TIMED_OUT"}
    assert errors.retry_after(failed) == {}  # the same would take as long again


def test_a_database_that_is_away_bids_come_back() -> None:
    failed = [GraphQLError("told", original_error=DatabaseUnavailable("away"))]
    assert errors.status_of(failed, executed=False, strict=True) == 503
    assert errors.retry_after(failed) == {"Retry-After": "1"}


def test_a_database_that_does_not_exist_is_named(target: Target) -> None:
    with pytest.raises(DatabaseError, match="has no database 'nosuch': check NEO4J_DATABASE"):
        open_driver(replace(target, database="nosuch"))


def test_nothing_that_answers_is_told_in_one_line(target: Target) -> None:
    with pytest.raises(DatabaseUnavailable, match=r"^no Neo4j answers at bolt://127\.0\.0\.1:1 .*: check NEO4J_URI.*$"):
        open_driver(replace(target, uri="bolt://127.0.0.1:1"))


def test_a_database_that_falls_silent_is_away_in_time(target: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graph_database, "GRACE", 0.5)

    async def ask() -> None:
        place = urlsplit(target.uri)
        flows = asyncio.Event()
        flows.set()
        ended: list[None] = []

        async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                while data := await reader.read(65_536):
                    await flows.wait()
                    writer.write(data)
            except ConnectionError:
                pass
            finally:
                writer.close()

        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            from_neo4j, to_neo4j = await asyncio.open_connection(place.hostname, place.port)
            await asyncio.gather(relay(reader, to_neo4j), relay(from_neo4j, writer))
            ended.append(None)

        server = await asyncio.start_server(connected, "127.0.0.1", 0)
        through = replace(target, uri=f"bolt://127.0.0.1:{server.sockets[0].getsockname()[1]}")
        async with server, Database(through, timeout=0.5, pool_size=1) as database:
            await database.ping()
            flows.clear()
            with pytest.raises(DatabaseUnavailable, match="does not answer"):
                await asyncio.wait_for(database.ping(), 5)
            flows.set()
            await database.ping()  # the connection that fell silent is not used again
        while len(ended) < 2:
            await asyncio.sleep(0.01)

    asyncio.run(ask())
