"""Paths of every kind, created in a folder, and whether their targets are still there afterwards."""

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
"""Odd names that are valid for a file."""
NOWHERE = {"no folder": "none/child", "a file as folder": "file/child", "300 characters": "x" * 300}
"""Paths where no file can be."""
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
    """Create everything that exists before the test."""
    (folder / "file").write_text("kept\n")
    (folder / "folder").mkdir()
    os.mkfifo(folder / "pipe")
    for name in _DEVICES:
        make_device(folder / name)
    place = os.open(folder, os.O_RDONLY)
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(f"/proc/self/fd/{place}/socket")  # the path of a socket must be short
    os.close(place)
    links = {
        "to-pipe": "pipe", "to-null": "null", "loop": "loop", "loop-1": "loop-2", "loop-2": "loop-1",
        "to-file": "file", "to-folder": "folder", "to-none": "made", "to-nowhere": "none/made",
    }  # fmt: skip
    for name, target in links.items():
        (folder / name).symlink_to(target)


def make_device(path: Path) -> None:
    """Create `null`, `full` or `zero` as in /dev. Root gets its own devices: a bug, such as a report that replaces
    /dev/null, would otherwise damage the machine."""
    if os.geteuid() == 0:
        os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, _DEVICES[path.name]))
        path.chmod(0o666)
    else:
        path.symlink_to(Path("/dev") / path.name)


def state(folder: Path) -> dict[str, object]:
    """The content of the folder: by name the kind, the mode, and the target of a link or the content of a file."""
    found: dict[str, object] = {}
    for path in folder.rglob("*"):
        mode = path.lstat().st_mode
        content = str(path.readlink()) if path.is_symlink() else path.read_bytes() if stat.S_ISREG(mode) else None
        found[str(path)] = (mode, content)
    return found


@contextmanager
def as_nobody() -> Iterator[None]:
    """Run without root's privilege to ignore permissions."""
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
