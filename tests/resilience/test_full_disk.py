"""A full disk is reported in one line, survived by the store, and detected by every process. See `full_disk.py`.

JOINTCREDIT_TEST_FULL_DISK=5 runs each case five times, on tmpfs and on ext4. Without root the disk is a tmpfs in a user
namespace.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Graph
from tests.loaders.test_loader import fingerprint
from tests.resilience.full_disk import LARGE, SMALL
from tests.support.generator import make_dataset
from tests.support.neo4j import REPOSITORY

TIMES = int(os.environ.get("JOINTCREDIT_TEST_FULL_DISK", "0"))
ROOT = os.geteuid() == 0
DISKS = ["tmpfs", "ext4"] if ROOT else ["tmpfs"]  # only root has a loop device for ext4; CI is root
# Each case takes half a minute: every run has one on each kind of disk.
LOADS, BREAKS = (DISKS * TIMES, DISKS * TIMES) if TIMES else (DISKS[-1:], DISKS[:1])

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="mounts a disk, as Linux does"),
]


def done(case: str, disk: str) -> dict[str, Any]:
    apart = ["unshare", "--mount"] if ROOT else ["unshare", "--mount", "--map-root-user"]
    run = subprocess.run(
        [*apart, sys.executable, "-m", "tests.resilience.full_disk", case, disk],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    print(run.stdout)
    found: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return found


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, tuple[int, int]]]:
    folder = tmp_path_factory.mktemp("datasets")
    return [(folder / name, size) for name, size in (("small", SMALL), ("large", LARGE))]


@pytest.mark.parametrize("disk", LOADS)
def test_a_load_on_a_full_disk(disk: str, graph: Graph, expected: list[tuple[Path, tuple[int, int]]]) -> None:
    found = done("load", disk)
    status, said = found["failed"]
    assert status == 3, said
    (line,) = [line for line in said.splitlines() if line]
    assert re.match(
        r"DISK_FULL: the disk of \S+/home/neo4j, mounted at \S+/disk, is full \([\d,]+ of [\d,]+ bytes", line
    )
    assert "run the same command again" in line
    assert found["reads"]
    status, said = found["neo4j"]
    assert status == 3, said
    assert "is full" in said
    assert "there is room again" in said
    assert "Traceback" not in said
    assert found["again"] == 0
    graph.wipe()
    for folder, (entities, seed) in expected:
        if not folder.exists():
            make_dataset(folder, entities=entities, seed=seed)
        graph.load(folder)
    assert found["graph"] == fingerprint(graph.driver, graph.target.database)


@pytest.mark.parametrize("disk", BREAKS)
def test_a_database_that_broke_is_noticed_and_loses_nothing(disk: str) -> None:
    found = done("broken", disk)
    assert found["acknowledged"] >= 1
    assert found["lost"] == []
    assert found["alive"] == 0
    assert "cannot be used any longer" in found["reason"]
    assert "mounted at" in found["reason"]
    assert found["full"][0] == "DiskFull", found["full"]
    assert found["full"][2] < 10
    assert found["seconds"] < 4  # a second between two checks; the rest for a busy machine


@pytest.mark.parametrize("disk", BREAKS)
def test_an_offline_load_on_a_full_disk(disk: str) -> None:
    found = done("offline", disk)
    for name in ("files", "importer"):
        status, said = found[name]
        assert status == 3, said
        assert re.search(r"^DISK_FULL: the disk of \S+, mounted at \S+/disk, is full .*: make room", said, re.M)
        assert "Traceback" not in said
        assert set(found[f"left by {name}"]) <= {"conf", "logs", "owner.lock", "jvm.lock"}
