"""Finds out whether a disk is full, and which one, for messages about failed writes."""

import shutil
import sqlite3
from pathlib import Path

from .paths import NO_SPACE

_NO_SPACE_MESSAGE = "No space left on device"
LEAST_ROOM = 32 << 20
"""A disk with fewer free bytes counts as full: Neo4j takes 16 MB at once for a transaction log, or stops writing."""


def no_space(place: Path, needed: int = LEAST_ROOM) -> str | None:
    """A text that names the disk of a file or folder and its free space, or None if there is room, or if the free space
    is unknown."""
    try:
        usage = shutil.disk_usage(_existing(place))
    except OSError:
        return None
    if usage.free >= needed:
        return None
    return f"{disk_of(place)} is full ({usage.free:,} of {usage.total:,} bytes are free)"


def disk_of(place: Path) -> str:
    """The disk of a file or folder, or of its nearest existing parent."""
    mount = _existing(place).resolve()
    while not mount.is_mount():
        mount = mount.parent
    return f"the disk of {place}, mounted at {mount},"


def _existing(place: Path) -> Path:
    folder = place.absolute()
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder


def filled(place: Path, output: str) -> str | None:
    """Like `no_space`, but also recognises a full disk from the output of a program that has since removed its
    files."""
    full = no_space(place)
    return f"{disk_of(place)} was full" if full is None and _NO_SPACE_MESSAGE in output else full


def is_no_space(error: BaseException) -> bool:
    """Whether an error of the system or of SQLite means that a disk or a quota is full."""
    if isinstance(error, sqlite3.OperationalError):
        # SQLite reports a limit on the size of files as an I/O error.
        return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
    return isinstance(error, OSError) and error.errno in NO_SPACE
