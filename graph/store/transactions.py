"""Write transactions, with retries and our own errors."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

import neo4j
from neo4j.exceptions import (
    DriverError,
    Neo4jError,
    ReadServiceUnavailable,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
    WriteServiceUnavailable,
)

from graph.errors import DatabaseError, DatabaseUnavailable, one_line
from graph.masking import mask_text
from graph.statements.write import Write

T = TypeVar("T")
Ask = Callable[[Write, Sequence[Any]], list[Any]]
"""Runs a statement in the open transaction and returns what it found."""
_RETRIES = 30.0
"""Seconds of retries after a conflict with another transaction, or while a cluster elects a leader."""
_AWAY = 1.0
"""Seconds of retries if the database is down or refuses connections: it is reported within two seconds."""
_UNAVAILABLE = "Neo.TransientError.General.DatabaseUnavailable"
_PAUSE, _LONGEST_PAUSE = 0.2, 5.0
_AGAIN = "Everything written so far is complete; run the same command again to continue."


class Runner(Protocol):
    """Runs the work of a batch: a function that sends statements, of which all take effect or none."""

    def run(self, name: str, work: Callable[[Ask], T]) -> T:
        """Do the work; it may be called again if it could not be finished."""


class Transactions:
    """Runs functions, each in its own transaction.

    Raises DatabaseUnavailable if Neo4j does not answer, DatabaseError if it refuses; both messages say how to continue.
    """

    def __init__(self, driver: neo4j.Driver, database: str) -> None:
        self._driver = driver
        self._database = database
        self._was_away = False

    def run(self, name: str, work: Callable[[Ask], T]) -> T:
        """Do the work and commit. The work may be called again after a transient error, so it must change nothing but
        the graph."""

        def attempt() -> T:
            with (
                self._session(neo4j.WRITE_ACCESS) as session,
                session.begin_transaction(metadata={"name": name}) as transaction,
            ):
                result = work(lambda statement, rows: _ask(transaction, statement, rows))
                transaction.commit()
                return result

        with translated():
            return self._retried(attempt)

    def ask_once(self, statement: Write, rows: Sequence[Any] = ()) -> list[Any]:
        """The result of one reading statement."""

        def attempt() -> list[Any]:
            with self._session(neo4j.READ_ACCESS) as session, session.begin_transaction() as transaction:
                return _ask(transaction, statement, rows, even_without_rows=True)

        with translated():
            return self._retried(attempt)

    def _retried(self, attempt: Callable[[], T]) -> T:
        """Retry like the driver, except that a dead database, which the driver waits for half a minute, is given up
        sooner. After that, further calls have one try."""
        began = away_since = None
        pause = _PAUSE
        while True:
            try:
                return attempt()
            except (DriverError, Neo4jError) as error:
                if not error.is_retryable():
                    raise
                now = time.monotonic()
                began = now if began is None else began
                away_since = (away_since or now) if _is_away(error) else None
                if away_since is None:
                    gives_up = now + pause > began + _RETRIES
                else:
                    pause = min(pause, 2 * _PAUSE)
                    gives_up = self._was_away = self._was_away or now + pause > away_since + _AWAY
                if gives_up:
                    raise
                time.sleep(pause * random.uniform(0.8, 1.2))  # noqa: S311 (so that two processes do not collide again)
                pause = min(2 * pause, _LONGEST_PAUSE)

    def ask_alone(self, statement: Write, rows: Sequence[Any]) -> list[Any]:
        """The result of one statement that commits by itself and is not retried."""
        with translated(), self._session(neo4j.WRITE_ACCESS) as session:
            record = session.run(statement.text, rows=list(rows)).single()
            return list(record["found"]) if record else []

    def _session(self, access: str) -> neo4j.Session:
        # An empty graph knows none of our relationship types yet: Neo4j would warn of that at every statement.
        return self._driver.session(
            database=self._database, default_access_mode=access, notifications_min_severity="OFF"
        )


def _is_away(error: Exception) -> bool:
    if isinstance(error, ReadServiceUnavailable | WriteServiceUnavailable):  # a cluster elects a leader
        return False
    return isinstance(error, ServiceUnavailable) or getattr(error, "code", "") == _UNAVAILABLE


def _ask(
    transaction: neo4j.Transaction, statement: Write, rows: Sequence[Any], even_without_rows: bool = False
) -> list[Any]:
    takes_rows = "$rows" in statement.text
    if takes_rows and not rows and not even_without_rows:
        return []
    record = transaction.run(statement.text, rows=list(rows)).single()
    return list(record["found"]) if record else []


@contextmanager
def translated() -> Iterator[None]:
    """Translate errors of the driver into DatabaseUnavailable or DatabaseError."""
    try:
        yield
    except (ServiceUnavailable, SessionExpired, TransientError, OSError) as error:
        raise DatabaseUnavailable(f"the database stopped answering ({_line(error)}). {_AGAIN}") from error
    except Neo4jError as error:
        raise DatabaseError(f"the database refused a batch ({error.code}: {_line(error)}). {_AGAIN}") from error
    except DriverError as error:
        raise DatabaseUnavailable(f"the database cannot be used ({_line(error)}). {_AGAIN}") from error


def _line(error: BaseException) -> str:
    return mask_text(one_line(error))[:300]
