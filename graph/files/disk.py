"""Whether a disk is full, and which: what commands say where something could not be written."""

import shutil
import sqlite3
from pathlib import Path

from .paths import NO_SPACE

_NO_SPACE_MESSAGE = "No space left on device"
LEAST_ROOM = 32 << 20
"""A disk counts as full below so many free bytes: Neo4j takes 16 MB at once for a transaction log, or stops writing."""


def no_space(place: Path, needed: int = LEAST_ROOM) -> str | None:
    """Which disk a file or folder is on and how little is free there, or None where there is room, or no telling."""
    try:
        usage = shutil.disk_usage(_existing(place))
    except OSError:
        return None
    if usage.free >= needed:
        return None
    return f"{disk_of(place)} is full ({usage.free:,} of {usage.total:,} bytes are free)"


def disk_of(place: Path) -> str:
    """Which disk a file or folder is on, as far as it is there."""
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
    """As `no_space`; also where a program reported a full disk and has removed what it wrote since."""
    full = no_space(place)
    return f"{disk_of(place)} was full" if full is None and _NO_SPACE_MESSAGE in output else full


def is_no_space(error: BaseException) -> bool:
    """Whether an error of the system or of SQLite says that a disk, or what one may use of it, is full."""
    if isinstance(error, sqlite3.OperationalError):
        # A file that may not grow further is an I/O error to SQLite.
        return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
    return isinstance(error, OSError) and error.errno in NO_SPACE
