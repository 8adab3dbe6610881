"""Whether a disk is full, and which: what commands say where something could not be written."""

import errno
import shutil
from pathlib import Path

FULL = 32 << 20
"""A disk counts as full below so many free bytes: Neo4j takes 16 MB at once for a transaction log, or stops writing."""


def no_space(place: Path) -> str | None:
    """Which disk a file or folder is on and how little is free there, or None where there is room, or no telling."""
    folder = place.absolute()
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        usage = shutil.disk_usage(folder)
    except OSError:
        return None
    if usage.free >= FULL:
        return None
    mount = folder.resolve()
    while not mount.is_mount():
        mount = mount.parent
    return f"the disk of {place}, mounted at {mount}, is full ({usage.free:,} of {usage.total:,} bytes are free)"


def is_no_space(error: BaseException) -> bool:
    """Whether an error of the system says that a disk, or what one may use of it, is full."""
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
