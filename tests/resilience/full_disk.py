"""A home on its own small disk that fills up: `python -m tests.resilience.full_disk CASE tmpfs|ext4`.

Prints the results as JSON. Run it in a mount namespace of its own (`unshare --mount`, with `--map-root-user` if you are
not root), which removes the disk at its end. The disk, Neo4j and the commands are real.

load     `jointcredit neo4j` runs, the disk is filled, `load` fails, the disk has room again, `load` completes
offline  `load --offline` on a disk that is full, or becomes full
broken   Neo4j is made to start what it cannot finish: the database breaks while writing, is detected, and starts again
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any

import neo4j
import psutil

from graph.embedded import EmbeddedNeo4j
from graph.embedded.home import Home
from graph.errors import JointCreditError
from graph.settings import Settings
from graph.store.database import Target
from graph.store.readiness import open_driver
from tests.loaders.test_loader import fingerprint
from tests.support.client import ID_KEY
from tests.support.generator import make_dataset
from tests.support.neo4j import JARS, REPOSITORY

SIZE = 160
"""Size of the disk in megabytes."""
LEFT = 1_000_000
"""Bytes that stay free: fewer than a load of LARGE needs."""
SMALL, LARGE = (100, 3), (1500, 4)
"""Entities and seed of the datasets."""
COMMAND = [sys.executable, "-c", "from api.cli.main import main; main()"]


@contextmanager
def disk(kind: str, work: Path) -> Iterator[Path]:
    """A folder on a disk of SIZE megabytes."""
    folder = work / "disk"
    folder.mkdir()
    if kind == "tmpfs":
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}m", "tmpfs", folder], check=True)
    else:
        image = work / "image"
        with image.open("wb") as file:
            file.truncate(SIZE << 20)
        subprocess.run(["mkfs.ext4", "-q", "-m", "0", image], check=True)
        subprocess.run(["mount", "-o", "loop", image, folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def fill(folder: Path, left: int = LEFT) -> Path:
    """Create a file that leaves so many bytes free."""
    path = folder / "filler"
    with path.open("wb") as file:
        state = os.statvfs(folder)
        os.posix_fallocate(file.fileno(), 0, state.f_bavail * state.f_frsize - left)
    return path


def environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "JOINTCREDIT_"))}
    ours = {"JOINTCREDIT_HOME": str(home), "JOINTCREDIT_JARS": str(JARS.absolute()), "JOINTCREDIT_ID_KEY": ID_KEY}
    return kept | ours | {"COLUMNS": "200"}


def command(home: Path, *arguments: str) -> tuple[int, str]:
    """Exit status and standard error of a `jointcredit` command."""
    done = subprocess.run(
        [*COMMAND, *arguments], cwd=REPOSITORY, env=environment(home), capture_output=True, text=True, timeout=600
    )
    return done.returncode, done.stderr.strip()


@contextmanager
def running_neo4j(home: Path) -> Iterator[tuple["subprocess.Popen[str]", Target]]:
    """`jointcredit neo4j`, until it ends or the block does."""
    with subprocess.Popen(
        [*COMMAND, "neo4j"], cwd=REPOSITORY, env=environment(home), stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stderr is not None
            said = ""
            while "stop it with" not in said:
                line = process.stderr.readline()
                assert line, said
                said += line
            run = json.loads((home / "neo4j" / "run.json").read_text())
            yield process, Target(run["uri"], "neo4j", (home / "neo4j" / "password").read_text(), "neo4j")
        finally:
            process.terminate()


def load(folder: Path, work: Path) -> dict[str, Any]:
    """The case `load`, with commands as in a shell."""
    home, found = folder / "home", dict[str, Any]()
    for name, (entities, seed) in (("small", SMALL), ("large", LARGE)):
        make_dataset(work / name, entities=entities, seed=seed)
    with running_neo4j(home) as (process, target):
        assert command(home, "load", str(work / "small"))[0] == 0
        filler = fill(folder)
        found["failed"] = command(home, "load", str(work / "large"))
        with open_driver(target) as driver:
            found["reads"] = fingerprint(driver, target.database) != ""
        filler.unlink()
        assert process.stderr is not None
        found["neo4j"] = [process.wait(120), process.stderr.read()]
    with running_neo4j(home) as (_, target):
        found["again"] = command(home, "load", str(work / "large"))[0]
        with open_driver(target) as driver:
            found["graph"] = fingerprint(driver, target.database)
    return found


def offline(folder: Path, work: Path) -> dict[str, Any]:
    """`load --offline` when its files do not fit, and when the importer or the new store does not fit."""
    home, found = folder / "home", dict[str, Any]()
    make_dataset(work / "data", entities=LARGE[0], seed=LARGE[1])
    for name, left in (("files", LEFT // 2), ("importer", 15_000_000)):
        filler = fill(folder, left)
        found[name] = command(home, "load", "--offline", str(work / "data"))
        found[f"left by {name}"] = sorted(path.name for path in (home / "neo4j").iterdir())
        filler.unlink()
    return found


class Careless(Home):
    """A home whose Neo4j does not preallocate, as in an earlier version."""

    def write_configuration(self, port: int, page_cache: str) -> None:
        super().write_configuration(port, page_cache)
        path = self.folder / "conf" / "neo4j.conf"
        kept = [line for line in path.read_text().splitlines() if "tx_log" not in line and "protection" not in line]
        path.write_text("\n".join([*kept, "db.tx_log.preallocate=false"]) + "\n")


class CarelessNeo4j(EmbeddedNeo4j):
    def __init__(self, settings: Settings, *arguments: Any) -> None:
        super().__init__(settings, *arguments)
        self._home = Careless(settings.home)


def broken(folder: Path, _work: Path) -> dict[str, Any]:
    """Transactions of one numbered node each, until one cannot be written; then the content after a restart."""
    settings = Settings(JOINTCREDIT_HOME=folder / "home", JOINTCREDIT_JARS=JARS.absolute())
    found: dict[str, Any] = {"reason": ""}
    ended = Event()

    def end(why: str) -> None:
        found["reason"], found["noticed"] = why, time.monotonic()
        ended.set()

    with CarelessNeo4j(settings, "tests", None, end) as target, driver_of(target) as driver:
        write(driver, 0)
        filler = fill(folder)
        for number in range(1, 10_000):
            try:
                write(driver, number)
            except (neo4j.exceptions.Neo4jError, neo4j.exceptions.DriverError) as error:
                found["error"], broke = str(error), time.monotonic()
                break
            found["acknowledged"] = number
        jvm = [process for process in psutil.Process().children(recursive=True) if process.name() == "java"]
        # Make room before anybody could stop it: Neo4j would now finish what it could not write.
        filler.unlink()
        assert ended.wait(30)
        found["seconds"] = found.pop("noticed") - broke
        _, alive = psutil.wait_procs(jvm, 10)
        found["alive"] = len(alive)
    filler = fill(folder)
    began = time.monotonic()
    try:
        with EmbeddedNeo4j(settings, "tests") as target, driver_of(target) as driver:
            write(driver, -2)
    except (JointCreditError, OSError, neo4j.exceptions.Neo4jError, neo4j.exceptions.DriverError) as error:
        found["full"] = [type(error).__name__, str(error), time.monotonic() - began]
    filler.unlink()
    with EmbeddedNeo4j(settings, "tests") as target, driver_of(target) as driver:
        kept = driver.execute_query("MATCH (n:Kept) RETURN collect(n.number) AS all", database_="neo4j").records[0]
        found["lost"] = sorted(set(range(found["acknowledged"] + 1)) - set(kept["all"]))
        write(driver, -1)
    return found


def driver_of(target: Target) -> neo4j.Driver:
    return neo4j.GraphDatabase.driver(target.uri, auth=(target.user, target.password))


def write(driver: neo4j.Driver, number: int) -> None:
    """Run one transaction of some 500 kB."""
    with driver.session(database="neo4j") as session:
        text = f"{number:08}" * 60_000
        session.run("CREATE (:Kept {number: $number, text: $text})", number=number, text=text).consume()


def main() -> None:
    """Run one case on one kind of disk."""
    case = {"load": load, "offline": offline, "broken": broken}[sys.argv[1]]
    with TemporaryDirectory(prefix="jointcredit-disk-") as work, disk(sys.argv[2], Path(work)) as folder:
        found = case(folder, Path(work))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
