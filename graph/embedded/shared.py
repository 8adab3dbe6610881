"""The embedded Neo4j of a home: the one that another process runs, or one that this process starts."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from neo4j.exceptions import DriverError, Neo4jError

from graph.errors import DatabaseError, DatabaseUnavailable, DiskFull, EmbeddedError, HomeInUse, one_line
from graph.files.disk import no_space
from graph.settings import Settings
from graph.store.database import Target

from .home import Home
from .locks import read_owner, who_uses
from .server import DATABASE, USER, EmbeddedNeo4j
from .watch import Broken, ask, prober

_PASSING = frozenset({"load", "load --offline", "migrate", "check"})
"""The commands whose Neo4j ends with them. Other processes would lose it, so they wait instead of sharing it."""
_OTHERS_START = 600.0  # seconds for a Neo4j that another process starts; it may have to fetch the jars first
_DEAD = 2.0  # seconds that an owner has to end a Neo4j that ran and is no longer usable
_SILENT = 30.0  # the same for one that accepts connections and does not answer
_LOOK = 2.0


@contextmanager
def embedded_connection(
    settings: Settings,
    command: str,
    notify: Callable[[str], None] | None = None,
    on_end: Callable[[str], None] | None = None,
    patience: float = _OTHERS_START,
) -> Iterator[Target]:
    """The embedded Neo4j of the home: the running one, or one that is started for as long as the context lasts.

    A Neo4j that another process is starting is waited for, at most `patience` seconds; so is a load or another command
    that runs one for itself. Raises the errors of `EmbeddedNeo4j`, HomeInUse only if the other process holds the home
    and no Neo4j answers by then, and EmbeddedError if its Neo4j ran and is dead. Inside the context a database error
    becomes DiskFull if the disk of the home is full.
    """
    home = Home(settings.home)
    with ExitStack() as stack:
        connection = _enter(home, lambda: EmbeddedNeo4j(settings, command, notify, on_end), stack, notify, patience)
        try:
            yield connection
        except (DatabaseError, EmbeddedError) as error:
            full = no_space(home.folder)
            if full is None or type(error) not in (DatabaseError, DatabaseUnavailable, EmbeddedError):
                raise
            raise DiskFull(f"{full}: make room; {error}") from error


def _enter(
    home: Home,
    own: Callable[[], EmbeddedNeo4j],
    stack: ExitStack,
    notify: Callable[[str], None] | None,
    patience: float,
) -> Target:
    began = time.monotonic()
    dead_since: float | None = None
    notified = False
    while True:
        try:
            return stack.enter_context(own())
        except HomeInUse as error:
            in_use = error
        try:
            if (running := _running(home)) is not None:
                return running
            dead_since = None
        except _Dead as dead:
            now = time.monotonic()
            dead_since = now if dead_since is None else dead_since
            if now - dead_since > (_SILENT if dead.silent else _DEAD):
                full = no_space(home.folder)
                reason = f"{full}; its Neo4j is dead" if full else f"its Neo4j is dead ({dead})"
                raise (DiskFull if full else EmbeddedError)(f"{in_use}; {reason}") from dead
        if time.monotonic() - began > patience:
            raise in_use
        if notify is not None and not notified:
            notify(f"waiting for {who_uses(home.folder)}, which runs Neo4j on {home.folder}")
            notified = True
        time.sleep(0.2)


class _Dead(Exception):
    """Raised for a Neo4j that has answered and no longer does."""

    def __init__(self, message: str, *, silent: bool = False) -> None:
        super().__init__(message)
        self.silent = silent


def _running(home: Home) -> Target | None:
    """The database of the process that holds the home, or None if it does not run yet. Call it only while the lock is
    known to be held. Raises _Dead if the database ran and is no longer usable."""
    owner = read_owner(home.folder)
    run = home.read_run()
    if owner is None or run.get("token") != owner.token:
        return None  # the record of an earlier owner
    if owner.command in _PASSING:
        return None
    connection = Target(str(run.get("uri")), USER, home.password(), DATABASE)
    try:
        writes = asyncio.run(_ask(connection))
    except TimeoutError:
        raise _Dead(f"it has not answered for {_LOOK:.0f} s", silent=True) from None
    except (Broken, DriverError, Neo4jError, OSError) as error:
        # Its owner may be stopping it; then the record is already removed.
        if home.read_run() != run:
            return None
        raise _Dead(one_line(error)) from error
    if not writes and no_space(home.folder) is None:
        return None  # its owner ends it, because there is room again
    # The owner may have changed since the query began; then its database is ending.
    return connection if read_owner(home.folder) == owner else None


async def _ask(connection: Target) -> bool:
    async with prober(connection) as driver, asyncio.timeout(_LOOK):
        return await ask(driver, connection.database)
