"""Allows one writer of a graph at a time, on any number of hosts, by a lock that is stored in the graph.

The node (:Meta {name: 'writeLock'}) describes the writer: `token`, a random text, `holder` for people, `place` and
`process` for other processes on the same machine, and `until`, by the database's clock. A writer renews `until` every
few seconds. Another writer waits until the lock is given back, until it expires, or until it finds that the holder, on
its own machine, has died.

The lock is exact even though clocks and pauses are not. Each transaction ends with a statement that takes the node's
own lock in Neo4j and compares the token. If a writer was paused and another took the lock since, it finds a foreign
token there and its transaction is rolled back. So what a transaction reads before it creates stays true until it
commits, and nothing is created twice. (`migrate` holds the lock, but the statements of a migration run in transactions
of their own; all of them can be repeated.)
"""

import os
import secrets
import socket
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import neo4j

from graph.errors import DatabaseError, GraphInUse, LoadInterrupted
from graph.files.paths import shown
from graph.model import Label
from graph.statements.write import Write

from .transactions import Ask, Transactions

T = TypeVar("T")
LEASE = 15.0
"""Seconds after which a silent writer counts as gone."""
PATIENCE = 600.0
"""Seconds that a writer waits for another by default."""
LOCK_CONSTRAINT = "meta_name"
"""The constraint of the migrations without which two writers could take the lock at once."""
_RENEWALS = 5  # per lease
_ASKED_AGAIN = 0.3  # seconds
HIDDEN = "hidden"
"""The process of another user, if /proc does not show it."""
LOCK_NAME = "writeLock"
"""Properties of the lock node, which stays when nobody writes."""
_NODE = f"(m:{Label.META} {{name: '{LOCK_NAME}'}})"
_NOW = "datetime.realtime().epochMillis"
LOCK_VALUE = "one writer at a time"
"""A constant property of the node."""
# The first SET of each takes the node's lock, so that the token cannot change after the comparison.
_LOCKED = f"SET m.value = '{LOCK_VALUE}'"

READ_WRITER = Write(
    "readWriter",
    f"MATCH {_NODE} WHERE m.token IS NOT NULL AND m.until >= {_NOW} "
    "RETURN [m.token, m.holder, m.place, m.process] AS found",
)
"""Found: token, holder, place and process of the writer, or nothing."""

MAKE = Write("makeWriteLock", f"MERGE {_NODE} ON CREATE SET m.value = $rows[0]")
"""Rows: `LOCK_VALUE`. Creates the node, unlocked, if it does not exist."""

TAKE = Write(
    "takeWriteLock",
    f"MATCH {_NODE} {_LOCKED} WITH m, $rows[0] AS wanted "
    f"WHERE m.token IS NULL OR m.until < {_NOW} OR m.token = wanted.instead "
    "SET m.token = wanted.token, m.holder = wanted.holder, m.place = wanted.place, m.process = wanted.process, "
    f"m.until = {_NOW} + wanted.lease RETURN collect(m.token) AS found",
)
"""Rows: one map, with the token of a holder that is known to be dead as `instead`. Found: the new token, or nothing."""

RENEW = Write(
    "renewWriteLock",
    f"MATCH {_NODE} {_LOCKED} WITH m, $rows[0] AS held WHERE m.token = held.token "
    f"SET m.until = {_NOW} + held.lease RETURN collect(m.token) AS found",
)
"""Rows: one map. Found: the token, or nothing if another holds the lock by now."""

GIVE_BACK = Write(
    "giveBackWriteLock",
    f"MATCH {_NODE} {_LOCKED} WITH m WHERE m.token = $rows[0] REMOVE m.token, m.holder, m.place, m.process, m.until",
)
"""Rows: the token."""


class WriteLock(Transactions):
    """Transactions of the only writer of a graph, from entering to leaving the context."""

    def __init__(
        self,
        driver: neo4j.Driver,
        database: str,
        holder: str,
        *,
        patience: float = PATIENCE,
        notify: Callable[[str], None] = lambda text: None,
    ) -> None:
        """`holder`: what writes, such as `load of seeds`. `patience`: seconds to wait for another writer. `notify` is
        called once, with the holder that it waits for."""
        super().__init__(driver, database)
        self._holder = f"{shown(holder)}, process {os.getpid()} on {socket.gethostname()}"
        self._patience, self._notify = patience, notify
        self._token = secrets.token_hex(16)
        self._over = threading.Event()
        self._renewing = threading.Thread(target=self._renew, daemon=True, name="write lock")

    def __enter__(self) -> Self:
        """Take the lock. Raises GraphInUse, which names the holder, if another writes for longer than `patience`, and
        the errors of any transaction."""
        end = time.monotonic() + self._patience
        notified = False
        while not self._take():
            writer = self.ask_once(READ_WRITER)
            holder = writer[1] if writer else "it has just ended"
            if time.monotonic() > end:
                raise GraphInUse(
                    f"the graph is being written by another process ({holder}): run this again when that has ended"
                )
            if writer and not notified:
                self._notify(f"waiting for another process that writes the graph: {holder}")
                notified = True
            time.sleep(_ASKED_AGAIN)
        self._renewing.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the lock back. If the database is unavailable, the lock expires."""
        self._over.set()
        self._renewing.join(LEASE / _RENEWALS)  # it may be waiting for an unavailable database
        with suppress(DatabaseError):
            super().run("give the write lock back", lambda ask: ask(GIVE_BACK, [self._token]))

    def run(self, name: str, work: Callable[[Ask], T]) -> T:
        """Like `Transactions.run`, with the guarantee that nobody else has written since the lock was taken. Raises
        LoadInterrupted if another took the lock; the work is then rolled back."""
        return super().run(name, lambda ask: self._while_held(work, ask))

    def _while_held(self, work: Callable[[Ask], T], ask: Ask) -> T:
        result = work(ask)
        if not ask(RENEW, [self._claim()]):
            raise LoadInterrupted(
                "another process took the write lock of the graph, because this one did not renew it for more than "
                f"{LEASE:g} s; everything written so far is complete: run the same command again"
            )
        return result

    def _claim(self) -> dict[str, Any]:
        return {"token": self._token, "lease": int(LEASE * 1000)}

    def _take(self) -> bool:
        writer = self.ask_once(READ_WRITER)
        gone = writer[0] if writer and _is_gone(*writer[2:]) else None
        if writer and not gone:
            return False  # read without the node's lock, so the holder is not delayed
        wanted = self._claim() | {"holder": self._holder, "place": _place(), "process": _process(), "instead": gone}

        def take(ask: Ask) -> list[Any]:
            ask(MAKE, [LOCK_VALUE])
            return ask(TAKE, [wanted])

        return bool(super().run("take the write lock", take))

    def _renew(self) -> None:
        while not self._over.wait(LEASE / _RENEWALS):
            with suppress(DatabaseError):  # the transactions of the work report it
                self.ask_alone(RENEW, [self._claim()])


def all_writes() -> Sequence[Write]:
    """Every statement of this module, for the test that explains them."""
    return READ_WRITER, MAKE, TAKE, RENEW, GIVE_BACK


def _place() -> str:
    """The machine and the process namespace of this process; empty if they cannot be determined."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
        return f"{boot} {Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return ""


def _process(pid: int | None = None) -> str:
    """This process, or that of an id, distinguished from later ones with the same id; empty if it has ended."""
    try:
        status = Path(f"/proc/{pid or 'self'}/stat").read_text("utf-8", "replace")
    except OSError:
        return "" if pid is None or _is_no_process(pid) else HIDDEN
    fields = status.rpartition(")")[2].split()
    return "" if fields[0] == "Z" else f"{status.partition(' ')[0]} {fields[19]}"


def _is_gone(place: str, process: str) -> bool:
    """Whether a holder is known to be dead; only one in the same place can be."""
    if not place or place != _place():
        return False
    return _process(int(process.partition(" ")[0])) not in (process, HIDDEN)


def _is_no_process(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
