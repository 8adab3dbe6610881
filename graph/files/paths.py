"""Files that a user names: only regular files are read, and files are written atomically."""

import errno
import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, TextIO

from graph.errors import FileError
from graph.masking import mask_text

from .durable import sync_folder

NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""Errors of a write when a disk, a quota or the allowed file size is exhausted."""
_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a block device",
}


def shown(path: Path | str) -> str:
    """A path for a message, on one line: what may be a person's number is masked, then unprintable characters are
    escaped."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in mask_text(str(path))
    )


def open_input(path: Path) -> BinaryIO:
    """Open a regular file, or a link to one, for reading. Raises OSError, also for a pipe or a device, which may never
    end."""
    # Without O_NONBLOCK, opening a pipe would wait for a writer.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
    try:
        _refuse(path, os.fstat(descriptor), stat.S_IFDIR, stat.S_IFIFO, stat.S_IFSOCK, stat.S_IFCHR, stat.S_IFBLK)
    except OSError:
        os.close(descriptor)
        raise
    return os.fdopen(descriptor, "rb")


def read_input(path: Path) -> bytes:
    """The content of a regular file. Raises OSError as `open_input` does."""
    with open_input(path) as file:
        return file.read()


@contextmanager
def open_output(path: Path, what: str) -> Iterator[TextIO]:
    """Open a text file that appears at the path when the block ends; `what` names it in messages, such as `the report`.

    The file is written under another name in the same folder and renamed at the end: the path holds either the whole
    file or its previous content. The file keeps the mode and, if permitted, the owner of the one that it replaces;
    other hard links keep the old content. A symbolic link stays, and its target is replaced or created. Pipes,
    character devices and the process's own output are written to directly.

    Raises FileError, before anything is written, if the path cannot be written: a folder, a block device, a socket, a
    pipe without a reader, a place without permission. Raises OSError for later failures, such as a full disk.
    """
    with ExitStack() as stack:
        try:
            status = _status(path)
            aside = status is None or (stat.S_ISREG(status.st_mode) and _own_output(status) is None)
            file = stack.enter_context(_aside(path, status) if aside or status is None else _in_place(path, status))
        except OSError as error:
            if error.errno in NO_SPACE:
                raise
            raise FileError(
                f"{what} cannot be written to {shown(path)} ({error.strerror}): name another place"
            ) from None
        yield file


@contextmanager
def _aside(path: Path, status: os.stat_result | None) -> Iterator[TextIO]:
    target = Path(os.path.realpath(path))
    if status is not None:
        os.close(os.open(target, os.O_WRONLY))  # a file that may not be written may not be replaced either
    # The name is short, however long the target's is.
    aside = target.with_name(f".jointcredit-{secrets.token_hex(8)}")
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "w", encoding="utf-8") as file:
        try:
            if status is not None:
                _make_alike(file.fileno(), status)
            yield file
            file.flush()
            os.fsync(file.fileno())
            _replace(target, aside)
        finally:
            aside.unlink(missing_ok=True)


def _make_alike(descriptor: int, status: os.stat_result) -> None:
    for user in (status.st_uid, -1):  # if the owner cannot be kept, keep at least the group
        with suppress(OSError):
            os.fchown(descriptor, user, status.st_gid)
            break
    os.fchmod(descriptor, status.st_mode & 0o777)


def _replace(target: Path, aside: Path) -> None:
    try:
        aside.replace(target)
    except OSError as error:
        if error.errno != errno.EBUSY:
            raise
        shutil.copyfile(aside, target)  # the target is a mount, as files in a container may be, and cannot be replaced
    sync_folder(target.parent)


@contextmanager
def _in_place(path: Path, status: os.stat_result) -> Iterator[TextIO]:
    try:
        with os.fdopen(_open_in_place(path, status), "w", encoding="utf-8") as file:
            yield file
    except BrokenPipeError:
        raise OSError(errno.EIO, "the program that reads it has ended", str(path)) from None


def _open_in_place(path: Path, status: os.stat_result) -> int:
    own = _own_output(status)
    if own is not None:
        return os.dup(own)  # /dev/stdout cannot be opened if it is a socket, and would be truncated if it is a file
    _refuse(path, status, stat.S_IFDIR, stat.S_IFSOCK, stat.S_IFBLK)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
    except OSError as error:
        if error.errno == errno.ENXIO and stat.S_ISFIFO(status.st_mode):
            raise OSError(errno.ENXIO, "nobody reads this named pipe", str(path)) from None
        raise
    os.set_blocking(descriptor, True)
    return descriptor


def _own_output(status: os.stat_result) -> int | None:
    for descriptor in (1, 2):
        with suppress(OSError):
            if os.path.samestat(os.fstat(descriptor), status):
                return descriptor
    return None


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _refuse(path: Path, status: os.stat_result, *kinds: int) -> None:
    kind = stat.S_IFMT(status.st_mode)
    if kind in kinds:
        raise OSError(errno.EINVAL, f"it is {_KINDS[kind]}", str(path))
