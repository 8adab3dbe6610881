"""The database as the gateway sees it: one driver, one statement a request, read only."""

import asyncio
import logging
import time
from dataclasses import dataclass
from typing import Any, Self

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

from graph.errors import DatabaseError, DatabaseUnavailable, StatementTimedOut
from graph.statements.statement import Statement

log = logging.getLogger("jointcredit.database")

GRACE = 5.0
"""Seconds beyond a statement's own after which a database that says nothing counts as away."""


@dataclass(frozen=True)
class Target:
    """Where a Neo4j is and how it is entered."""

    uri: str
    user: str
    password: str
    database: str

    def __repr__(self) -> str:
        return f"Target({self.uri!r}, {self.user!r}, database={self.database!r})"


class Database:
    """Runs statements over a pool of connections; safe to share between tasks of one event loop.

    `neo4j://` addresses route reads to a cluster's replicas: every session is a READ session, which refuses writes.
    """

    def __init__(self, target: Target, *, timeout: float, pool_size: int) -> None:
        """`timeout`: seconds after which Neo4j gives a statement up."""
        self._driver = neo4j.AsyncGraphDatabase.driver(
            target.uri,
            auth=(target.user, target.password),
            max_connection_pool_size=pool_size,
            connection_acquisition_timeout=timeout,
            connection_timeout=min(timeout, 5.0),
            user_agent="jointcredit",
            # Advice to the authors of statements is for tests; here it would be sent and logged with each statement.
            notifications_min_severity="OFF",
        )
        self._database = target.database
        self._timeout = timeout

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._driver.close()

    async def answer(self, statement: Statement) -> dict[str, Any]:
        """Run a statement and return its data, finished, by response name. Raises what `run` raises."""
        row = await self.run(statement)
        return statement.finish(row["data"], row["known"])

    async def run(self, statement: Statement) -> neo4j.Record:
        """Run a statement and return its row as it is.

        Auto-commit in a READ session: half the cost of a managed transaction. One deadline for all of it: those that
        the driver sets for each of its reads, where Neo4j keeps connections alive, are a fifth of its work.

        Raises DatabaseUnavailable when Neo4j does not answer, StatementTimedOut, and DatabaseError for what else it
        refuses.
        """
        query = neo4j.Query(statement.text, metadata={"name": statement.name}, timeout=self._timeout)
        started = time.perf_counter()
        try:
            async with (
                asyncio.timeout(self._timeout + GRACE),
                self._driver.session(database=self._database, default_access_mode=neo4j.READ_ACCESS) as session,
            ):
                record = await (await session.run(query, statement.parameters)).single(strict=True)
        except Neo4jError as error:
            if error.code and "TransactionTimedOut" in error.code:
                raise StatementTimedOut(
                    f"the statement {statement.name} was given up after {self._timeout:g} s "
                    "(JOINTCREDIT_STATEMENT_TIMEOUT): ask for less"
                ) from error
            if error.code and "TransientError" in error.code:
                raise DatabaseUnavailable(
                    f"the statement {statement.name} could not be run just now: try again in a moment"
                ) from error
            raise DatabaseError(f"the database refused the statement {statement.name}: {error.code}") from error
        except (DriverError, OSError) as error:  # a TimeoutError is an OSError
            raise DatabaseUnavailable("the database does not answer: try again in a moment") from error
        log.debug("statement %s took %.1f ms", statement.name, (time.perf_counter() - started) * 1000)
        return record

    async def ping(self) -> None:
        """One trivial statement. Raises as `answer` does."""
        await self.answer(Statement("ping", "RETURN {} AS data, [] AS known", {}, [], []))
