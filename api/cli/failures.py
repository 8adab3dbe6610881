"""The error that a command prints when a file, a disk or standard output fails."""

import os
import sqlite3
import sys
from pathlib import Path

from graph.errors import DiskFull, FileError, JointCreditError
from graph.files.disk import is_no_space, no_space
from graph.files.paths import shown


def failure_of(error: OSError | sqlite3.OperationalError) -> JointCreditError:
    """The error in one line: DiskFull if no space is left, otherwise FileError, which names the file."""
    if is_no_space(error):
        return DiskFull(f"{_full_disk(error)}: make room and run it again")
    if isinstance(error, sqlite3.OperationalError):
        return FileError(f"the temporary file of the load cannot be used ({error}): set TMPDIR to a folder that can be")
    place = f"{shown(error.filename)}: " if error.filename else ""
    return FileError(f"{place}{error.strerror or str(error) or type(error).__name__}")


def _full_disk(error: OSError | sqlite3.OperationalError) -> str:
    """Which disk is full. The error does not say so, but a command writes to few disks."""
    named = getattr(error, "filename", None)
    places = [named] if isinstance(named, str) else []
    temporary = os.environ.get("TMPDIR") or "/tmp"  # noqa: S108 (only looked at; tempfile would have to write there)
    places += [os.environ.get("JOINTCREDIT_HOME") or ".jointcredit", temporary, "."]
    found = (no_space(Path(place)) for place in places)
    return next(
        (full for full in found if full),
        "no space is left on a disk that the command writes to, or a file may not grow further (`ulimit -f`)",
    )


def flush_output() -> None:
    """Flush standard output. It is no error that the reader of a pipe has ended. Raises OSError after discarding what
    is left: the interpreter would try again at exit and print a traceback."""
    try:
        print(end="", flush=True)  # does nothing where there is no standard output
    except OSError as error:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
        os.close(nothing)
        if not isinstance(error, BrokenPipeError):
            raise
