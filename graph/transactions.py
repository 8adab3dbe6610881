"""Transactions of those who write: tried again by the driver where that helps, errors in our words."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

import neo4j
from neo4j.exceptions import DriverError, Neo4jError, ServiceUnavailable, SessionExpired, TransientError

from .errors import DatabaseError, DatabaseUnavailable
from .masking import mask_text
from .writes import Write

T = TypeVar("T")
Ask = Callable[[Write, Sequence[Any]], list[Any]]
"""Runs a statement in the transaction that is open and answers what it found."""
_AGAIN = "What was loaded so far is whole; run the same load again to continue it."


class Runner(Protocol):
    """What settles batches: a piece of work is done with statements, whole or not at all."""

    def run(self, name: str, work: Callable[[Ask], T]) -> T:
        """Do the work, perhaps again where it could not be finished."""


class Transactions:
    """Runs pieces of work, each in a transaction of its own.

    Raises DatabaseUnavailable when Neo4j does not answer, DatabaseError when it refuses; both say how to go on.
    """

    def __init__(self, driver: neo4j.Driver, database: str) -> None:
        self._driver = driver
        self._database = database

    def run(self, name: str, work: Callable[[Ask], T]) -> T:
        """Do the work and commit. It may be called again after a transient error, so it must change nothing but the
        graph."""

        @neo4j.unit_of_work(metadata={"name": name})
        def unit(transaction: neo4j.ManagedTransaction) -> T:
            return work(lambda statement, rows: _ask(transaction, statement, rows))

        with _translated(), self._session(neo4j.WRITE_ACCESS) as session:
            return session.execute_write(unit)

    def ask_once(self, statement: Write, rows: Sequence[Any] = ()) -> list[Any]:
        """What one reading statement finds."""
        with _translated(), self._session(neo4j.READ_ACCESS) as session:
            return session.execute_read(_ask, statement, rows, even_without_rows=True)

    def ask_alone(self, statement: Write, rows: Sequence[Any]) -> list[Any]:
        """What one statement finds that commits by itself and is not tried again."""
        with _translated(), self._session(neo4j.WRITE_ACCESS) as session:
            record = session.run(statement.text, rows=list(rows)).single()
            return list(record["found"]) if record else []

    def _session(self, access: str) -> neo4j.Session:
        # A graph that is empty yet knows none of our relationship types: Neo4j would warn of that at every statement.
        return self._driver.session(
            database=self._database, default_access_mode=access, notifications_min_severity="OFF"
        )


def _ask(
    transaction: neo4j.ManagedTransaction, statement: Write, rows: Sequence[Any], even_without_rows: bool = False
) -> list[Any]:
    takes_rows = "$rows" in statement.text
    if takes_rows and not rows and not even_without_rows:
        return []
    record = transaction.run(statement.text, rows=list(rows)).single()
    return list(record["found"]) if record else []


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (ServiceUnavailable, SessionExpired, TransientError, OSError) as error:
        raise DatabaseUnavailable(f"the database stopped answering ({_line(error)}). {_AGAIN}") from error
    except Neo4jError as error:
        raise DatabaseError(f"the database refused a batch ({error.code}: {_line(error)}). {_AGAIN}") from error
    except DriverError as error:
        raise DatabaseUnavailable(f"the database cannot be used ({_line(error)}). {_AGAIN}") from error


def _line(error: BaseException) -> str:
    return mask_text(str(error).partition("\n")[0])[:300]
