"""The database for the gateway: one driver, and read-only statements.

A request takes one statement, plus one for each kind of catalogue fragment that is not cached yet. While the catalogue
is being changed, the statement is sent again in a form that does not use the cache (api/execution/fast_path.py).
"""

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
"""Seconds beyond a statement's own limit after which a silent database counts as unavailable."""


@dataclass(frozen=True)
class Target:
    """The address of a Neo4j and the credentials for it."""

    uri: str
    user: str
    password: str
    database: str

    def __repr__(self) -> str:
        return f"Target({self.uri!r}, {self.user!r}, database={self.database!r})"


class Database:
    """Runs statements over a connection pool; safe to share between tasks of one event loop.

    With `neo4j://` addresses, reads go to the replicas of a cluster. Every session is a READ session, which refuses
    writes.
    """

    def __init__(self, target: Target, *, timeout: float, pool_size: int) -> None:
        """`timeout`: seconds after which Neo4j stops a statement."""
        self._driver = neo4j.AsyncGraphDatabase.driver(
            target.uri,
            auth=(target.user, target.password),
            max_connection_pool_size=pool_size,
            connection_acquisition_timeout=timeout,
            connection_timeout=min(timeout, 5.0),
            user_agent="jointcredit",
            # Notifications are for authors of statements, that is for tests; here they would be sent and logged each
            # time.
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
        """Run a statement and return its row unchanged.

        It runs auto-commit in a READ session, at half the cost of a managed transaction. One deadline covers
        everything: if Neo4j keeps connections alive, the deadlines that the driver sets for each read are a fifth of
        its work.

        Raises DatabaseUnavailable if Neo4j does not answer, StatementTimedOut, and DatabaseError for other errors.
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
                    f"the statement {statement.name} was stopped after {self._timeout:g} s "
                    "(JOINTCREDIT_STATEMENT_TIMEOUT): request less"
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
        """Run a trivial statement. Raises the errors of `answer`."""
        await self.answer(Statement("ping", "RETURN {} AS data, [] AS known", {}, [], []))
