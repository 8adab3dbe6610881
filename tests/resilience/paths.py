"""Paths of every kind, made in a folder: what they lead to, and whether it is still there afterwards."""

import os
import socket
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAMES = {
    "blanks": " a  b ",
    "emoji": "😀",
    "a code of rich's": ":100:[bold red]x",
    "a line break": "a\nb",
    "control characters": "a\x1b[31mb\rc",
    "no UTF-8": os.fsdecode(b"\xff\xfe"),
    "255 bytes": "x" * 255,
    "a dash": "./--help",
}
"""Odd names, all of which a file may have."""
NOWHERE = {"no folder": "none/child", "a file as folder": "file/child", "300 characters": "x" * 300}
"""Where nothing can be."""
SPECIAL = {
    "a pipe": "pipe",
    "a link to a pipe": "to-pipe",
    "a socket": "socket",
    "/dev/null": "null",
    "/dev/full": "full",
    "/dev/zero": "zero",
    "a link to a device": "to-null",
    "a loop of links": "loop",
    "loops of two": "loop-1",
}
FILES = {"a file": "file", "a link to a file": "to-file"}
FOLDERS = {"an empty folder": "folder", "a link to a folder": "to-folder"}
DANGLING = {"a link to nothing": "to-none", "a link to nothing, nowhere": "to-nowhere"}
CURRENT = {".": ".", "/": "/", "..": ".."}
_DEVICES = {"null": 3, "zero": 5, "full": 7}
EMPTY = {"an empty text": ""}


def make(folder: Path) -> None:
    """Make all that stands there already."""
    (folder / "file").write_text("kept\n")
    (folder / "folder").mkdir()
    os.mkfifo(folder / "pipe")
    for name in _DEVICES:
        make_device(folder / name)
    place = os.open(folder, os.O_RDONLY)
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(f"/proc/self/fd/{place}/socket")  # a socket's path is short
    os.close(place)
    links = {
        "to-pipe": "pipe", "to-null": "null", "loop": "loop", "loop-1": "loop-2", "loop-2": "loop-1",
        "to-file": "file", "to-folder": "folder", "to-none": "made", "to-nowhere": "none/made",
    }  # fmt: skip
    for name, target in links.items():
        (folder / name).symlink_to(target)


def make_device(path: Path) -> None:
    """Make `null`, `full` or `zero` as it is in /dev. Root gets one of its own: what a test finds wrong with the code
    would otherwise be wrong with the machine, as when a report takes the place of /dev/null."""
    if os.geteuid() == 0:
        os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, _DEVICES[path.name]))
        path.chmod(0o666)
    else:
        path.symlink_to(Path("/dev") / path.name)


def state(folder: Path) -> dict[str, object]:
    """What is there: by name the kind, the mode, and where a link points to or what a file holds."""
    found: dict[str, object] = {}
    for path in folder.rglob("*"):
        mode = path.lstat().st_mode
        content = str(path.readlink()) if path.is_symlink() else path.read_bytes() if stat.S_ISREG(mode) else None
        found[str(path)] = (mode, content)
    return found


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without root's right to pass over every permission."""
    if os.geteuid() != 0:
        yield
        return
    os.setegid(65534)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)
