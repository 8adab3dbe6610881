"""Checks every second, over its own connection, that the database of a Neo4j still works.

A JVM can outlive its database: if a transaction cannot be written, as on a full disk, Neo4j refuses every request until
it is restarted. Only its own error proves that, never a slow answer: garbage collection or a busy machine can delay a
healthy database for seconds.
"""

import asyncio
import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

from graph.errors import one_line
from graph.files.disk import no_space
from graph.store.database import Target

log = logging.getLogger("jointcredit.embedded")

_PAUSE = 1.0
_DEADLINE = 5.0
_SILENCE = 12  # deadlines in a row that pass without an answer: a minute
_BROKEN = "Neo.DatabaseError.Transaction.TransactionStartFailed"
_UNAVAILABLE = "Neo.TransientError.General.DatabaseUnavailable"
_STATE = "SHOW DATABASE $name YIELD access, statusMessage RETURN access, statusMessage"


class Broken(Exception):
    """Raised if a database reports that it is unusable until Neo4j is restarted; the message has the reason."""


def prober(target: Target) -> neo4j.AsyncDriver:
    """A driver for `ask`, without a time limit of its own: the caller sets one."""
    return neo4j.AsyncGraphDatabase.driver(
        target.uri,
        auth=(target.user, target.password),
        connection_timeout=60.0,
        user_agent="jointcredit",
        notifications_min_severity="OFF",  # as graph.store.database says
    )


async def ask(driver: neo4j.AsyncDriver, database: str) -> bool:
    """Ask whether the database answers. Returns whether it takes writes. Raises Broken and the errors of the driver."""
    try:
        writes = await _takes_writes(driver, database)
        async with driver.session(database=database, default_access_mode=neo4j.READ_ACCESS) as session:
            await (await session.run("RETURN 1")).consume()
    except Neo4jError as error:
        if error.code != _BROKEN:
            raise
        # It broke between the two queries. Repeating the first one now gives the reason, which this error lacks.
        with suppress(Neo4jError, DriverError, OSError):
            await _takes_writes(driver, database)
        raise Broken(one_line(error)) from error
    return writes


async def _takes_writes(driver: neo4j.AsyncDriver, database: str) -> bool:
    async with driver.session(database="system", default_access_mode=neo4j.READ_ACCESS) as session:
        state = await (await session.run(_STATE, name=database)).single(strict=True)
    if state["statusMessage"]:
        raise Broken(" ".join(str(state["statusMessage"]).split()))
    return bool(state["access"] == "read-write")


class Watch:
    """Checks the database in its own thread until `stop`."""

    def __init__(
        self,
        target: Target,
        home: Path,
        notify: Callable[[str], None],
        ended: Callable[[str, bool], None],
    ) -> None:
        """`ended` is called once, with the reason and whether Neo4j must not write any more, when the database becomes
        unusable. `notify` is called when it is read-only because its disk is full."""
        self._target, self._home, self._notify, self._ended = target, home, notify, ended
        self._over = asyncio.Event()
        self._broken = False
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="neo4j-watch", daemon=True)
        self._thread.start()

    def stop(self) -> bool:
        """Stop after a last check. Returns whether the database is broken."""
        with suppress(RuntimeError):  # the loop has already ended
            self._loop.call_soon_threadsafe(self._over.set)
        if threading.current_thread() is not self._thread:
            self._thread.join(2 * _DEADLINE)
        return self._broken

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._until_over())
        finally:
            self._loop.close()

    async def _until_over(self) -> None:
        async with prober(self._target) as driver:
            watching = asyncio.ensure_future(self._watch(driver))
            over = asyncio.ensure_future(self._over.wait())
            await asyncio.wait((watching, over), return_when=asyncio.FIRST_COMPLETED)
            watching.cancel()
            over.cancel()
            for result in await asyncio.gather(watching, over, return_exceptions=True):
                if isinstance(result, Exception):
                    log.error("Neo4j is no longer watched", exc_info=result)
            if not self._broken:
                try:
                    async with asyncio.timeout(2.0):
                        await ask(driver, self._target.database)
                except Broken:
                    self._broken = True
                except (Neo4jError, DriverError, OSError):
                    pass

    async def _watch(self, driver: neo4j.AsyncDriver) -> None:
        refused = silent = 0
        reported = False
        while True:
            try:
                async with asyncio.timeout(_DEADLINE):
                    writes = await ask(driver, self._target.database)
                refused = silent = 0
            except Broken as error:
                self._broken = True
                self._ended(f"its database cannot be used any longer ({error})", True)
                return
            except TimeoutError:
                silent += 1
                if silent == _SILENCE:
                    self._ended(f"it has not answered for {_SILENCE * _DEADLINE:.0f} s", False)
                    return
                continue
            except Neo4jError as error:
                if str(error.code).startswith("Neo.ClientError.Security"):
                    return  # the password was changed; further attempts would lock the user out
                # Other errors, such as low memory, do not mean that it is dead.
                refused = refused + 1 if error.code == _UNAVAILABLE else 0
                writes = True
            except (DriverError, OSError):
                refused += 1
                writes = True
            if refused == 3:
                self._ended("it takes no connections any longer", False)
                return
            if not writes:
                full = no_space(self._home)
                if full is None:
                    self._ended("it has been read-only since its disk was full, and there is room again", False)
                    return
                if not reported:
                    self._notify(f"{full}: Neo4j is read-only until there is room; then it stops, to be restarted")
                reported = True
            await asyncio.sleep(0.3 if refused else _PAUSE)
