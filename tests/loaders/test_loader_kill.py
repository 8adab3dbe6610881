"""A load that is killed with SIGKILL and repeated gives the same graph as an undisturbed one."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.identity.key import IdentityKey
from loaders.load import load
from tests.conftest import Graph
from tests.loaders.test_loader import fingerprint
from tests.support.client import ID_KEY
from tests.support.generator import make_dataset

CHILD = """
import sys, time
from pathlib import Path
from graph.store.database import Target
from graph.identity.key import IdentityKey
from graph.store.readiness import open_driver
from loaders.load import load

class Slow:
    def start(self, file, total_bytes): pass
    def advance(self, file, rows, bytes): time.sleep(0.02)
    def refused(self, file, rows): pass

uri, user, password, database, key, folder = sys.argv[1:]
with open_driver(Target(uri, user, password, database)) as driver:
    load(Path(folder), driver, database, IdentityKey(key), progress=Slow(), batch=10)
"""


@pytest.mark.slow
@pytest.mark.parametrize("label", ["Measure", "Entity", "Listing"])
def test_killed_half_way(label: str, tmp_path: Path, graph: Graph, database: str, identity_key: IdentityKey) -> None:
    make_dataset(tmp_path, entities=400, seed=3)
    graph.wipe()
    load(tmp_path, graph.driver, database, identity_key)
    whole, all_of_them = fingerprint(graph.driver, database), count(graph, database, label)
    graph.wipe()
    target = graph.target
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, target.uri, target.user, target.password, database, ID_KEY, str(tmp_path)],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )
    end = time.monotonic() + 60
    while count(graph, database, label) == 0 and child.poll() is None and time.monotonic() < end:
        time.sleep(0.005)
    child.kill()
    child.wait()
    assert child.returncode == -9
    if label == "Measure":  # all of them come in one transaction, and the subjects after them are missing
        assert (count(graph, database, label), count(graph, database, "Listing")) == (all_of_them, 0)
    else:
        assert 0 < count(graph, database, label) < all_of_them
    assert fingerprint(graph.driver, database) != whole
    summary = load(tmp_path, graph.driver, database, identity_key)
    assert summary.totals.refused == 0
    assert 0 < summary.totals.unchanged < summary.totals.read
    assert fingerprint(graph.driver, database) == whole


def count(graph: Graph, database: str, label: str) -> int:
    found = graph.driver.execute_query(f"MATCH (n:{label}) RETURN count(n)", database_=database)
    return int(found.records[0][0])
