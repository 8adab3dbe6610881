"""Neo4j's jars: exactly those of the lock file, fetched once, and verified by SHA-256 before they are used."""

import fcntl
import hashlib
import json
import os
import re
import shutil
import tomllib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from graph.errors import DiskFull, DownloadFailed, EmbeddedError
from graph.files.disk import is_no_space, no_space

LOCK = Path(__file__).parent / "jars.lock.toml"
"""jgo's lock file of the jars; `graph.embedded.lock_jars` regenerates it."""
MEGABYTES = 158
"""Total size, for messages; the lock file has no sizes."""
_STAMP = "verified.json"
_INCOMING = ".incoming"
_THREADS = 8
_TIMEOUT = 20  # seconds without a byte
_TRIES = 2
_HELP = (
    "check the network or proxy, set JOINTCREDIT_MAVEN_REPOSITORY to a mirror of Maven Central, "
    "or set NEO4J_URI to a Neo4j of your own; what is fetched already is kept"
)


@dataclass(frozen=True, slots=True)
class LockedJar:
    """One jar of the lock file."""

    group: str
    artifact: str
    version: str
    classifier: str
    sha256: str

    @property
    def name(self) -> str:
        """File name, as Maven forms it."""
        return f"{self.artifact}-{self.version}{'-' if self.classifier else ''}{self.classifier}.jar"

    @property
    def place(self) -> str:
        """Path in a Maven repository."""
        return "/".join([*self.group.split("."), self.artifact, self.version, self.name])


def read_lock(path: Path) -> list[LockedJar]:
    """The jars of a lock file in jgo's format, in order. jgo is not needed for reading, only for fetching."""
    with path.open("rb") as file:
        entries = tomllib.load(file)["dependencies"]
    return [
        LockedJar(jar["groupId"], jar["artifactId"], jar["version"], jar.get("classifier", ""), jar["sha256"])
        for jar in entries
    ]


def ensure_jars(folder: Path, repository: str | None, progress: Callable[[int, int], None] | None = None) -> list[Path]:
    """Fetch the missing jars of the lock file. Returns the absolute paths of all jars, in the order of the lock file.

    `folder` is laid out as a Maven repository; several homes and processes may share it. `repository`: address of a
    mirror, or None for Maven Central. `progress` is called with the number of jars present and in total, before the
    first fetch and after every jar; it is not called if none is missing. Every jar is verified when it is fetched and
    when its size or time has changed since. Raises DownloadFailed, or EmbeddedError without jgo.
    """
    folder = folder.absolute()
    jars = read_lock(LOCK)
    stamp = _read_stamp(folder)
    if not all(_is_verified(folder, jar, stamp) for jar in jars):
        _make_folder(folder)
        with _locked(folder / ".lock"):
            _fetch_missing(folder, jars, repository, progress or (lambda done, total: None))
    return [folder / jar.place for jar in jars]


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        if is_no_space(error):
            raise
        raise EmbeddedError(f"{folder} cannot be made ({error.strerror}): set JOINTCREDIT_JARS to a folder") from error


def _fetch_missing(
    folder: Path, jars: list[LockedJar], repository: str | None, progress: Callable[[int, int], None]
) -> None:
    stamp = _read_stamp(folder)  # another process may have fetched them while this one waited
    missing = []
    for jar in jars:
        if _is_verified(folder, jar, stamp):
            continue
        path = folder / jar.place
        if not path.exists():
            missing.append(jar)
        elif (found := _sha256(path)) == jar.sha256:
            stamp[jar.place] = _record(path, jar)
        else:
            raise DownloadFailed(f"{path} is not the file of the lock: its SHA-256 is {found}, not {jar.sha256}; "
                                 "delete it and start again")  # fmt: skip
    try:
        if missing:
            progress(len(jars) - len(missing), len(jars))
            _fetch(
                folder, missing, repository, stamp, lambda done: progress(len(jars) - len(missing) + done, len(jars))
            )
    finally:
        _write_stamp(folder, stamp)


def _fetch(
    folder: Path,
    missing: list[LockedJar],
    repository: str | None,
    stamp: dict[str, list[object]],
    fetched: Callable[[int], None],
) -> None:
    """Fetch into a temporary folder, which keeps partial files of an interrupted run, and move verified jars into
    place."""
    try:
        from jgo.maven import MavenContext
    except ImportError:
        raise EmbeddedError(
            "jgo, which fetches Neo4j's jars, is not installed: `pip install 'jointcredit[embedded]'`, "
            "or set NEO4J_URI to a Neo4j of your own"
        ) from None
    incoming = folder / _INCOMING
    shutil.rmtree(incoming, ignore_errors=True)
    remotes = {"mirror": repository.rstrip("/")} if repository else None
    context = MavenContext(repo_cache=incoming, remote_repos=remotes, timeout=_TIMEOUT)

    def fetch(jar: LockedJar) -> None:
        path = incoming / jar.place
        component = context.project(jar.group, jar.artifact).at_version(jar.version)
        for trial in range(1, _TRIES + 1):
            path.unlink(missing_ok=True)
            try:
                component.artifact(jar.classifier, "jar").resolve()
                break
            except Exception as error:  # jgo, requests and urllib3 raise a dozen kinds
                if full := no_space(folder):
                    raise DiskFull(f"{full}: make room for Neo4j's jars, {MEGABYTES} MB, and start again") from error
                if trial == _TRIES:
                    raise DownloadFailed(f"{jar.name} cannot be fetched ({_reason(error)}): {_HELP}") from error
        if (found := _sha256(path)) != jar.sha256:
            path.unlink()
            raise DownloadFailed(
                f"the repository sends another {jar.name} than the lock names: its SHA-256 is {found}, not "
                f"{jar.sha256}; set JOINTCREDIT_MAVEN_REPOSITORY to a repository that mirrors Maven Central unchanged"
            )
        place = folder / jar.place
        place.parent.mkdir(parents=True, exist_ok=True)
        path.replace(place)
        stamp[jar.place] = _record(place, jar)

    with ThreadPoolExecutor(_THREADS) as threads:
        running = [threads.submit(fetch, jar) for jar in missing]
        try:
            for done, future in enumerate(as_completed(running), 1):
                future.result()
                fetched(done)
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            raise
    shutil.rmtree(incoming, ignore_errors=True)


def _reason(error: Exception) -> str:
    """The reason in one line, without the user name and password that an address may hold."""
    return re.sub(r"//[^/@\s]+@", "//", f"{type(error).__name__}: {error}".replace("\n", " "))[:300]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _record(path: Path, jar: LockedJar) -> list[object]:
    status = path.stat()
    return [status.st_size, status.st_mtime_ns, jar.sha256]


def _is_verified(folder: Path, jar: LockedJar, stamp: dict[str, list[object]]) -> bool:
    try:
        return stamp.get(jar.place) == _record(folder / jar.place, jar)
    except OSError:
        return False


def _read_stamp(folder: Path) -> dict[str, list[object]]:
    """Size, time and checksum of each jar when it was verified; empty if the record is missing or damaged."""
    try:
        stamp = json.loads((folder / _STAMP).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _write_stamp(folder: Path, stamp: dict[str, list[object]]) -> None:
    aside = folder / f"{_STAMP}.new"
    aside.write_text(json.dumps(stamp), "utf-8")
    aside.replace(folder / _STAMP)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Wait for the lock that one process at a time holds while it fetches. The kernel releases it with the process."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
