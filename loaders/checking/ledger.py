"""The keys of a load, accepted and refused, each with its line. A private temporary database that spills to disk limits
memory. It holds only digests of keys, and is deleted with the load."""

import sqlite3
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from itertools import islice
from types import TracebackType
from typing import Self

_AT_ONCE = 10_000


class Ledger:
    """Lines by space and key, in limited memory. A space is a file, or a file and a column.

    Only one thread at a time may use it.
    """

    def __init__(self) -> None:
        # "" is SQLite's name for a temporary file without a name, deleted as soon as it is opened.
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._database.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;"
            "CREATE TABLE taken (digest BLOB PRIMARY KEY, line INTEGER) WITHOUT ROWID;"
            "CREATE TABLE refused (digest BLOB PRIMARY KEY, line INTEGER) WITHOUT ROWID;"
        )
        self._refused_spaces: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()

    def taken(self, space: str, keys: Iterable[str]) -> dict[str, int]:
        """The lines of those keys that a loaded row has."""
        return self._look_up("taken", space, keys)

    def refused(self, space: str, keys: Iterable[str]) -> dict[str, int]:
        """The lines of those keys that only refused rows have."""
        return self._look_up("refused", space, keys) if space in self._refused_spaces else {}

    def take(self, space: str, lines: Mapping[str, int]) -> None:
        """Record the keys of loaded rows; they no longer count as refused."""
        rows = sorted((_digest(space, key), line) for key, line in lines.items())
        self._database.execute("BEGIN")
        self._database.executemany("INSERT OR IGNORE INTO taken VALUES (?, ?)", rows)
        if space in self._refused_spaces:
            self._database.executemany("DELETE FROM refused WHERE digest = ?", [row[:1] for row in rows])
        self._database.execute("COMMIT")

    def refuse(self, space: str, lines: Mapping[str, int]) -> None:
        """Record the keys of refused rows, unless a loaded row has them. The first line of each is kept."""
        taken = self.taken(space, lines)
        rows = [(_digest(space, key), line) for key, line in lines.items() if key not in taken]
        if rows:
            self._refused_spaces.add(space)
            self._database.execute("BEGIN")
            self._database.executemany("INSERT OR IGNORE INTO refused VALUES (?, ?)", rows)
            self._database.execute("COMMIT")

    def _look_up(self, table: str, space: str, keys: Iterable[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        by_digest = iter(sorted({_digest(space, key): key for key in keys}.items()))
        while chunk := dict(islice(by_digest, _AT_ONCE)):
            marks = ",".join("?" * len(chunk))
            query = f"SELECT digest, line FROM {table} WHERE digest IN ({marks})"  # noqa: S608 (a constant and marks)
            found.update((chunk[digest], line) for digest, line in self._database.execute(query, list(chunk)))
        return found


def _digest(space: str, key: str) -> bytes:
    return blake2b(f"{space}\0{key}".encode(), digest_size=16).digest()
