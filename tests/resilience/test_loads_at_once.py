"""Two simultaneous loads, in separate processes, give the same graph as one after the other.

`JOINTCREDIT_TEST_PAIRS=20` loads so many pairs of datasets on each database instead of one of each kind.
"""

import csv
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph.settings import Settings
from graph.store.database import Target
from graph.store.readiness import open_driver
from loaders.check import check_graph
from tests.api.test_cli import COMMAND, environment
from tests.conftest import Graph
from tests.loaders.test_loader import fingerprint
from tests.support.budgets import BUDGET, given
from tests.support.client import ID_KEY
from tests.support.generator import make_dataset
from tests.support.neo4j import JARS, REPOSITORY

pytestmark = pytest.mark.slow

KINDS = ("new", "corrected", "grown", "different")
PAIRS = given("PAIRS", BUDGET.pairs)


@dataclass(frozen=True)
class Pair:
    """The initial content of the graph, and the two datasets that are loaded at the same time."""

    before: Path | None
    datasets: tuple[Path, Path]

    @property
    def orders(self) -> list[tuple[Path, Path]]:
        """The two possible orders."""
        return list(dict.fromkeys([self.datasets, self.datasets[::-1]]))


def make_pair(number: int, folder: Path) -> Pair:
    """A pair whose kind depends on its number: a new dataset twice; one with corrections twice; one with more rows
    twice; and two that correct the same rows differently, each with rows that the other lacks."""
    kind = KINDS[number % len(KINDS)]
    base = folder / "base"
    make_dataset(base, entities=80, seed=100 + number, memoranda=4, power_items=20)
    if kind == "new":
        return Pair(None, (base, base))
    one = shutil.copytree(base, folder / "one")
    if kind == "corrected":
        change(one, "entities", "region_code")
        change(one, "listings", "list_code")
        change(one, "agencies", "name", "甲")
        return Pair(base, (one, one))
    if kind == "grown":
        for name in ("affiliations", "listings", "embeddings"):
            halve(base / f"{name}.csv")
        return Pair(base, (one, one))
    other = shutil.copytree(base, folder / "other")
    halve(one / "listings.csv")
    change(one, "entities", "name", "甲")
    change(one, "power_items", "name", "甲")
    halve(other / "affiliations.csv")
    change(other, "entities", "name", "乙")
    change(other, "entities", "region_code")
    return Pair(None, (one, other))


def change(folder: Path, table: str, column: str, suffix: str = "") -> None:
    """Change the value in every third row: to that of the previous row, or by a suffix."""
    rows = read(folder / f"{table}.csv")
    for number in range(2, len(rows), 3):
        rows[number][column] = rows[number][column] + suffix if suffix else rows[number - 1][column]
    write(folder / f"{table}.csv", rows)


def halve(path: Path) -> None:
    """Drop every second row."""
    write(path, read(path)[::2])


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, list(rows[0]))
        out.writeheader()
        out.writerows(rows)


def at_once(pair: Pair, settings: dict[str, str]) -> list[str]:
    """The output of the two loads; both must succeed."""
    processes = [
        subprocess.Popen(
            [*COMMAND, "load", str(dataset)],
            cwd=REPOSITORY,
            env=settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for dataset in pair.datasets
    ]
    outputs = [process.communicate(timeout=300)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0], outputs
    return outputs


def after_one_another(pair: Pair, graph: Graph) -> list[str]:
    """The fingerprints of the graph after the two loads in either order."""
    found = []
    for order in pair.orders:
        graph.wipe()
        for dataset in (pair.before, *order):
            if dataset:
                graph.load(dataset)
        found.append(fingerprint(graph.driver, graph.target.database))
    return found


@pytest.mark.parametrize("number", range(PAIRS))
def test_over_one_neo4j_that_runs_elsewhere(number: int, tmp_path: Path, graph: Graph) -> None:
    pair = make_pair(number, tmp_path)
    expected = after_one_another(pair, graph)
    graph.wipe()
    if pair.before:
        graph.load(pair.before)
    outputs = at_once(pair, environment(graph.target))
    assert fingerprint(graph.driver, graph.target.database) in expected, outputs
    assert check_graph(graph.driver, graph.target.database).counts == {}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Graph, dict[str, str]]]:
    """A home whose embedded database runs in another process, and the settings for it."""
    folder = tmp_path_factory.mktemp("home")
    home_settings = {"JOINTCREDIT_HOME": str(folder), "JOINTCREDIT_JARS": str(JARS), "JOINTCREDIT_ID_KEY": ID_KEY}
    settings = environment(None, **home_settings)
    process = subprocess.Popen([*COMMAND, "neo4j"], cwd=REPOSITORY, env=settings, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr
        uri = next(line.split()[3].strip(",") for line in process.stderr if line.startswith("Neo4j answers at"))
        target = Target(uri, "neo4j", (folder / "neo4j" / "password").read_text("ascii"), "neo4j")
        assert Settings(JOINTCREDIT_HOME=folder).embedded
        assert subprocess.run([*COMMAND, "migrate"], cwd=REPOSITORY, env=settings, check=False).returncode == 0
        with open_driver(target) as driver:
            yield Graph(target, driver), settings
    finally:
        process.terminate()
        process.wait()
        if process.stderr:
            process.stderr.close()


def test_two_loads_of_a_home_without_a_neo4j(tmp_path: Path) -> None:
    """The second waits until the first has ended together with its Neo4j, and then runs its own."""
    pair = make_pair(0, tmp_path)
    home = tmp_path / "home"
    home_settings = {"JOINTCREDIT_HOME": str(home), "JOINTCREDIT_JARS": str(JARS), "JOINTCREDIT_ID_KEY": ID_KEY}
    outputs = at_once(pair, environment(None, **home_settings))
    assert any("waiting for `load` (process" in text for text in outputs), outputs
    done = subprocess.run(
        [*COMMAND, "check"],
        cwd=REPOSITORY,
        env=environment(None, **home_settings),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("number", range(PAIRS))
def test_over_one_embedded_neo4j(number: int, tmp_path: Path, home: tuple[Graph, dict[str, str]]) -> None:
    graph, settings = home
    pair = make_pair(number, tmp_path)
    expected = after_one_another(pair, graph)
    graph.wipe()
    if pair.before:
        graph.load(pair.before)
    outputs = at_once(pair, settings)
    assert fingerprint(graph.driver, graph.target.database) in expected, outputs
    assert check_graph(graph.driver, graph.target.database).counts == {}
