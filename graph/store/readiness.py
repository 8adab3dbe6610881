"""Checks that the graph is what this version expects, and applies migrations: `migrate` does, every command checks."""

import getpass
import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import neo4j
from neo4j.exceptions import DriverError, Neo4jError, TransientError
from neo4j_python_migrations.analyzer import AnalyzingResult
from neo4j_python_migrations.executor import Executor
from neo4j_python_migrations.migration import CypherMigration

from graph.errors import DatabaseError, DatabaseUnavailable, GraphNotReady, one_line

from .database import Target
from .transactions import translated
from .write_lock import LOCK_CONSTRAINT, PATIENCE, WriteLock

MIGRATIONS = Path(__file__).parent / "migrations"
"""Numbered files in the format of neo4j-migrations: V0001__what_it_does.cypher."""
_CREATED = re.compile(r"CREATE\s+(?:(\w+)\s+)?(CONSTRAINT|INDEX)\s+(\w+)\s[^;]*?\(n:(\w+)\)([^;]*);")
# Queries name only full-text indexes; the planner finds all others by what they index.
_BY_NAME = "FULLTEXT"


def open_driver(target: Target) -> neo4j.Driver:
    """A synchronous driver for loading and migrating.

    Raises DatabaseUnavailable if nothing answers at the address or the database is not ready, DatabaseError if the
    database is unknown or unusable, or the user or password is refused.
    """
    driver = neo4j.GraphDatabase.driver(
        target.uri,
        auth=(target.user, target.password),
        connection_timeout=5.0,
        connection_acquisition_timeout=15.0,  # includes the handshake of a server that accepts and stays silent
        max_transaction_retry_time=0.9,  # one retry after a second: an unavailable database is reported within two
        user_agent="jointcredit",
        notifications_min_severity="OFF",  # as graph.store.database says
    )
    try:
        with driver.session(database=target.database) as session:
            session.run("RETURN 1").consume()
    except neo4j.exceptions.AuthError:
        driver.close()
        raise DatabaseError(
            f"{target.uri} refuses the user {target.user!r}: check NEO4J_USER and NEO4J_PASSWORD"
        ) from None
    except Neo4jError as error:
        driver.close()
        raise _refused(target, error) from None
    except (DriverError, OSError, ValueError) as error:
        driver.close()
        raise DatabaseUnavailable(
            f"no Neo4j answers at {target.uri} ({one_line(error)}): check NEO4J_URI and that it runs"
        ) from None
    return driver


def _refused(target: Target, error: Neo4jError) -> DatabaseError:
    """The error of a Neo4j that answers but refuses."""
    if error.code == "Neo.ClientError.Database.DatabaseNotFound":
        return DatabaseError(f"the Neo4j at {target.uri} has no database {target.database!r}: check NEO4J_DATABASE")
    start = f"the Neo4j at {target.uri} answers, but its database {target.database!r}"
    if isinstance(error, TransientError):
        return DatabaseUnavailable(f"{start} is not ready ({error.code}: {one_line(error)}): try again in a moment")
    return DatabaseError(f"{start} cannot be used ({error.code}: {one_line(error)}): its logs say more")


def migrate(
    driver: neo4j.Driver,
    database: str,
    notify: Callable[[str], None] = lambda text: None,
    patience: float = PATIENCE,
) -> list[str]:
    """Apply missing migrations in order and recreate dropped constraints and indexes. Returns the newly applied files.
    Waits for another process that writes the graph; `patience` and `notify` are those of WriteLock.

    Raises GraphNotReady if the graph has a migration that this version does not know, or knows in another form, and the
    errors of WriteLock.
    """
    _ensure_user_name()
    executor = _executor(driver, database)
    with translated():
        _refuse_invalid(executor)
    statements = [
        statement
        for migration in executor.local_migrations
        if isinstance(migration, CypherMigration)
        for statement in migration.statements
    ]
    applied: list[str] = []
    # The lock needs a constraint, which any number of processes may create at once.
    with translated():
        driver.execute_query(next(text for text in statements if LOCK_CONSTRAINT in text), database_=database)
    with translated(), WriteLock(driver, database, "migrate", patience=patience, notify=notify):
        executor.migrate(on_apply=lambda migration: applied.append(str(migration.source)))
        with driver.session(database=database) as session:
            for statement in statements:
                session.run(statement).consume()  # each has IF NOT EXISTS
            session.run("CALL db.awaitIndexes(300)").consume()
    return applied


def check(driver: neo4j.Driver, database: str) -> None:
    """Raises GraphNotReady, which lists all missing migrations, constraints and indexes."""
    with translated():
        analysis = _refuse_invalid(_executor(driver, database))
        missing = [f"migration {migration.source}" for migration in analysis.pending_migrations]
        if not missing:
            missing = _missing_schema(driver, database)
    if missing:
        raise GraphNotReady(f"the graph is not ready: missing {', '.join(missing)}; run `jointcredit migrate`")


def _ensure_user_name() -> None:
    """The graph records who migrated it, but in a container the user may be a number without a name."""
    try:
        getpass.getuser()
    except (KeyError, OSError):
        os.environ["USER"] = "jointcredit"


def expected() -> list[tuple[str, str, str, tuple[str, ...]]]:
    """Kind, name, label and properties of every constraint and index that the migrations create. The kind of an index
    is its type, such as RANGE."""
    found = []
    for path in sorted(MIGRATIONS.glob("V*.cypher")):
        for type_, kind, name, label, rest in _CREATED.findall(path.read_text("utf-8")):
            definition, _, _ = rest.partition("OPTIONS")
            properties = tuple(re.findall(r"n\.(\w+)", definition))
            found.append(("CONSTRAINT" if kind == "CONSTRAINT" else type_ or "RANGE", name, label, properties))
    return found


def _missing_schema(driver: neo4j.Driver, database: str) -> list[str]:
    columns = "name, labelsOrTypes, properties"
    with driver.session(database=database) as session:
        constraints = [("CONSTRAINT", row) for row in session.run(f"SHOW CONSTRAINTS YIELD {columns}")]
        indexes = [(row["type"], row) for row in session.run(f"SHOW INDEXES YIELD {columns}, state, type")]
    found = {
        _defined(kind, row["name"], row["labelsOrTypes"] or [], row["properties"] or [])
        for kind, row in [*constraints, *indexes]
    }
    missing = [
        f"{'constraint' if kind == 'CONSTRAINT' else 'index'} {name}"
        for kind, name, label, properties in expected()
        if _defined(kind, name, [label], properties) not in found
    ]
    return missing + [f"index {row['name']} (its state is FAILED)" for _, row in indexes if row["state"] == "FAILED"]


def _defined(kind: str, name: str, labels: Sequence[str], properties: Sequence[str]) -> tuple[str, ...]:
    return (kind, name if kind == _BY_NAME else "", *labels, *properties)


def _executor(driver: neo4j.Driver, database: str) -> Executor:
    return Executor(driver, migrations_path=MIGRATIONS, database=database)


def _refuse_invalid(executor: Executor) -> AnalyzingResult:
    analysis = executor.analyze()
    if analysis.invalid_versions:
        found = ", ".join(f"V{invalid.version} ({invalid.status.name})" for invalid in analysis.invalid_versions)
        raise GraphNotReady(
            f"another version of jointcredit migrated this graph: {found}; use that version, or load a new database"
        )
    return analysis
