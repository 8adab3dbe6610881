"""Files that a user names are written atomically, and nothing else changes."""

import errno
import os
import socket
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from graph.errors import FileError
from graph.files.paths import open_input, open_output, read_input, shown
from tests.resilience.paths import make_device
from tests.support.neo4j import REPOSITORY


def write(path: Path, text: str = "new") -> None:
    with open_output(path, "the report") as file:
        file.write(text)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_is_made_with_the_usual_mode(tmp_path: Path) -> None:
    write(tmp_path / "new")
    (tmp_path / "usual").touch()
    assert (tmp_path / "new").read_text() == "new"
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "usual").stat().st_mode
    assert names(tmp_path) == ["new", "usual"]


def test_a_file_is_replaced_at_the_end_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("old")
    path.chmod(0o640)
    with open_output(path, "the report") as file:
        file.write("new")
        file.flush()
        assert path.read_text() == "old"
    assert path.read_text() == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert names(tmp_path) == ["file"]


def test_a_file_keeps_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.touch()
    # Only root can give files away; a user can choose among its groups.
    owner = (12345, 23456) if os.geteuid() == 0 else (os.geteuid(), os.getgroups()[-1])
    os.chown(path, *owner)
    write(path)
    assert (path.stat().st_uid, path.stat().st_gid) == owner


@pytest.mark.parametrize("raised", [ValueError, KeyboardInterrupt, OSError])
def test_what_fails_in_between_leaves_everything_as_it_was(tmp_path: Path, raised: type[BaseException]) -> None:
    path = tmp_path / "file"
    path.write_text("old")

    def write_half(target: Path) -> None:
        with open_output(target, "the report") as file:
            file.write("half")
            raise raised

    for target in (path, tmp_path / "none"):
        with pytest.raises(raised):
            write_half(target)
    assert names(tmp_path) == ["file"]
    assert path.read_text() == "old"


def test_links_stay_and_what_they_point_to_is_written(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "old").write_text("old")
    for name in ("old", "none"):
        link = tmp_path / f"to-{name}"
        link.symlink_to(Path("there") / name)
        write(link)
        assert link.is_symlink()
        assert (tmp_path / "there" / name).read_text() == "new"
    assert names(tmp_path / "there") == ["none", "old"]


def test_devices_are_written_to(tmp_path: Path) -> None:
    for name in ("null", "full"):
        make_device(tmp_path / name)
    write(tmp_path / "null")
    (tmp_path / "link").symlink_to("full")
    with pytest.raises(OSError, match="space") as raised:
        write(tmp_path / "link")
    assert raised.value.errno == errno.ENOSPC
    assert names(tmp_path) == ["full", "link", "null"]
    assert all(stat.S_ISCHR((tmp_path / name).stat().st_mode) for name in names(tmp_path))


def test_a_pipe_that_is_read_is_written_to_and_another_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(FileError, match="nobody reads"):
        write(pipe)
    read: list[str] = []
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    os.set_blocking(reader, True)
    other = os.open(pipe, os.O_WRONLY)  # without a writer, the reader would reach the end before it starts

    def drain() -> None:
        with os.fdopen(reader) as file:
            read.append(file.read())

    thread = threading.Thread(target=drain)
    thread.start()
    write(pipe, "x" * 1_000_000)  # more than a pipe holds
    os.close(other)
    thread.join()
    assert read == ["x" * 1_000_000]
    assert names(tmp_path) == ["pipe"]


def test_a_reader_that_ends_early_is_told(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    def write_to_nobody() -> None:
        with open_output(pipe, "the report") as file:
            os.close(reader)
            file.write("x" * 100_000)

    with pytest.raises(OSError, match="has ended"):
        write_to_nobody()


def test_what_cannot_be_written_is_refused_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's path is short
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("old")
    (tmp_path / "loop").symlink_to("loop")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("socket")
    before = names(tmp_path)
    for place in ("folder", ".", "/", "socket", "loop", "x" * 300, "none/child", "file/child"):
        with pytest.raises(FileError) as raised, open_output(Path(place), "the report"):
            pytest.fail("the block began")
        assert str(raised.value).startswith(f"the report cannot be written to {place} ("), raised.value
    assert names(tmp_path) == before


def test_a_block_device_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report must never replace a file system. Not every machine has a block device, or lets a test create one, so
    the test fakes its status."""
    path = tmp_path / "disk"
    path.touch()
    status = list(path.stat())
    status[0] = stat.S_IFBLK | 0o660
    monkeypatch.setattr(Path, "stat", lambda self, **_: os.stat_result(status))
    with pytest.raises(FileError, match="it is a block device"):
        write(path)


def test_standard_output_is_written_to_as_it_is(tmp_path: Path) -> None:
    """Even if it is a file: its content stays, and later output follows it."""
    log = tmp_path / "log"
    log.write_text("before\n")
    script = (
        "import sys; from pathlib import Path; from graph.files.paths import open_output\n"
        "with open_output(Path('/proc/self/fd/1'), 'the report') as file: file.write('report\\n')\n"
        "print('after')"
    )
    with log.open("a") as output:
        subprocess.run([sys.executable, "-c", script], cwd=REPOSITORY, stdout=output, check=True, timeout=60)
    assert log.read_text() == "before\nreport\nafter\n"
    ours, theirs = socket.socketpair()  # as under a supervisor; a socket cannot be opened by its path
    with ours, theirs:
        subprocess.run([sys.executable, "-c", script], cwd=REPOSITORY, stdout=theirs.fileno(), check=True, timeout=60)
        assert ours.recv(100) == b"report\nafter\n"


def in_a_mount_namespace(*commands: str, folder: Path) -> str:
    """The output of shell commands that may mount something in the folder, invisible to other processes."""
    shell = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-e", "-c", "\n".join(commands)]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(REPOSITORY), "PYTHON": sys.executable}
    done = subprocess.run(shell, cwd=folder, env=environment, capture_output=True, text=True, check=True, timeout=60)
    return done.stdout


WRITE = """$PYTHON -c "
from pathlib import Path; from graph.files.paths import open_output
try:
    with open_output(Path('disk/report'), 'the report') as file: file.write('new' * 100_000)
    print('written')
except OSError as error: print(error.strerror)"
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has mount namespaces")
@pytest.mark.parametrize("old", ["", "old"])
def test_a_full_disk_leaves_what_was_there_and_nothing_else(tmp_path: Path, old: str) -> None:
    (tmp_path / "disk").mkdir()
    make = f"printf {old} > disk/report" if old else ":"
    mount = "mount -t tmpfs -o size=128k tmpfs disk"
    output = in_a_mount_namespace(mount, make, WRITE, "ls -A disk", "cat disk/* || :", folder=tmp_path)
    assert output == "No space left on device\n" + (f"report\n{old}" if old else "")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has mount namespaces")
def test_a_file_that_is_a_mount_of_its_own_is_written(tmp_path: Path) -> None:
    """A file that is mounted into a container cannot be replaced."""
    for name in ("disk", "elsewhere"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "report").write_text("old" * 200_000)
    mount = "mount --bind elsewhere/report disk/report"
    assert in_a_mount_namespace(mount, WRITE, "ls -A disk", folder=tmp_path) == "written\nreport\n"
    assert (tmp_path / "elsewhere" / "report").read_text() == "new" * 100_000


def test_only_files_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("file").write_text("text")
    Path("link").symlink_to("file")
    assert read_input(Path("link")) == b"text"
    os.mkfifo("pipe")
    Path("endless").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("socket")
    for name, message in (
        ("pipe", "a named pipe"),
        ("endless", "a device"),
        (".", "a folder"),
        ("socket", "No such device"),
    ):
        with pytest.raises(OSError, match=message) as raised:
            open_input(Path(name))
        assert str(raised.value.filename) == name


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a b/政府 采购.csv", "a b/政府 采购.csv"),
        ("a\nb\x1b[31m\u202e", "a\\nb\\x1b[31m\\u202e"),
        (os.fsdecode(b"\xff"), "\\udcff"),
        (":100:[red]", ":100:[red]"),
    ],
)
def test_a_path_is_shown_on_one_line(path: str, expected: str) -> None:
    assert shown(Path(path)) == expected
