"""Decides which process may run Neo4j on a folder, by two locks that the kernel releases when their holders die.

The process that owns the database holds `owner.lock`, which also names it. The guard and the JVM inherit `jvm.lock`,
which lasts as long as one of them lives. Starting a JVM requires both locks.
"""

import fcntl
import json
import os
import secrets
import time
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from graph.errors import EmbeddedError, HomeInUse

_WAIT = 60.0  # seconds for the JVM of a killed owner; its guard kills it after 30


@dataclass(frozen=True, slots=True)
class Owner:
    """What a process records about itself when it takes the folder."""

    pid: int
    command: str
    started: str
    """Local time, ISO 8601."""
    token: str
    """Distinguishes one ownership from the next."""


class Locks:
    """Both locks of a folder, held until `release`. `jvm` is the descriptor that the guard and the JVM inherit."""

    def __init__(self, folder: Path, command: str) -> None:
        """Take the locks; waits for a JVM that is being stopped.

        Raises HomeInUse, which names the owner, if a live process has the folder, and EmbeddedError if a JVM whose
        owner was killed does not end.
        """
        self.owner = Owner(
            os.getpid(), command, datetime.now().astimezone().isoformat(timespec="seconds"), secrets.token_hex(8)
        )
        self._own = _open(folder / "owner.lock")
        self.jvm = -1
        try:
            if not _try_lock(self._own):
                raise in_use(folder)
            os.ftruncate(self._own, 0)
            os.pwrite(self._own, json.dumps(asdict(self.owner)).encode(), 0)
            self.jvm = _open(folder / "jvm.lock")
            end = time.monotonic() + _WAIT
            while not _try_lock(self.jvm):
                if time.monotonic() > end:
                    raise EmbeddedError(
                        f"the Neo4j of a process that was killed still runs on {folder}: end the java process whose "
                        f"command line names {folder}, then start again"
                    )
                time.sleep(0.1)
        except BaseException:
            self.release()
            raise

    def pass_on_jvm(self) -> None:
        """Close this process's descriptor of jvm.lock: from now on only the guard and the JVM hold it."""
        if self.jvm >= 0:
            let_go(self.jvm)
            self.jvm = -1

    def release(self) -> None:
        """Give the folder up; safe to call twice."""
        self.pass_on_jvm()
        if self._own >= 0:
            let_go(self._own)
            self._own = -1


def read_owner(folder: Path) -> Owner | None:
    """The process that took the folder last, or None if it is not recorded. Only the lock says whether it still has
    it."""
    try:
        return Owner(**json.loads((folder / "owner.lock").read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def in_use(folder: Path) -> HomeInUse:
    """The error that names the process that holds the folder and says what to do."""
    owner = read_owner(folder)
    stop = f"stop it (`kill {owner.pid}`)" if owner else "stop it"
    return HomeInUse(f"{who_uses(folder)} runs Neo4j on {folder}: {stop}, or set JOINTCREDIT_HOME to another folder")


def who_uses(folder: Path) -> str:
    """The process that holds the folder, for a message."""
    owner = read_owner(folder)
    return f"`{owner.command}` (process {owner.pid}, since {owner.started})" if owner else "another process"


_held: set[int] = set()


def hold(descriptor: int) -> int:
    """Close a descriptor in children that are forked without exec, as multiprocessing does: what it locks must end with
    this process. Close it here with `let_go`."""
    _held.add(descriptor)
    return descriptor


def let_go(descriptor: int) -> None:
    """Close a descriptor passed to `hold`."""
    _held.discard(descriptor)
    os.close(descriptor)


def _open(path: Path) -> int:
    return hold(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _close_in_child() -> None:
    for descriptor in _held:
        os.close(descriptor)
    _held.clear()


os.register_at_fork(after_in_child=_close_in_child)
