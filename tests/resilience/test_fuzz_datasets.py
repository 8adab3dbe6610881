"""Mutated datasets, loaded by the command line into the database and into the importer's files.

tests/support/budgets.py sets how many; JOINTCREDIT_TEST_FUZZ=5000 runs more, JOINTCREDIT_TEST_FUZZ_SEED=n one. A
failure names its seed.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Graph
from tests.resilience import oracle
from tests.resilience.base import make_base
from tests.resilience.cases import Case, make_case
from tests.resilience.dataset import Dataset
from tests.resilience.loading import Run, run
from tests.support.budgets import BUDGET, DEV, given
from tests.support.client import ID_KEY

ONE = os.environ.get("JOINTCREDIT_TEST_FUZZ_SEED")
SOON = DEV.datasets
"""The seeds in `make test`."""
SEEDS = [int(ONE)] if ONE else range(given("FUZZ", BUDGET.datasets))


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return make_base(tmp_path_factory.mktemp("base") / "base")


@pytest.fixture(scope="module")
def base_folder(base: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("base") / "base"
    base.write(folder)
    return folder


@pytest.fixture(scope="module")
def environment(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The settings of the command, with the most verbose log."""
    target = graph.target
    variables = {
        "NEO4J_URI": target.uri, "NEO4J_USER": target.user, "NEO4J_PASSWORD": target.password,
        "NEO4J_DATABASE": target.database, "JOINTCREDIT_ID_KEY": ID_KEY, "JOINTCREDIT_LOG_LEVEL": "DEBUG",
        "JOINTCREDIT_HOME": str(tmp_path_factory.mktemp("home")), "COLUMNS": "200",
    }  # fmt: skip
    with pytest.MonkeyPatch.context() as patched:
        for name, value in variables.items():
            patched.setenv(name, value)
        yield
    graph.forget()


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize(
    "seed", [seed if seed < SOON or ONE else pytest.param(seed, marks=pytest.mark.slow) for seed in SEEDS]
)
def test_a_mutated_dataset(seed: int, base: Dataset, base_folder: Path, graph: Graph, tmp_path: Path) -> None:
    case = make_case(seed, base)
    if problems := problems_of(case, base_folder, graph, tmp_path):
        pytest.fail("\n".join([str(case), *problems]), pytrace=False)


@pytest.mark.usefixtures("environment")
def test_the_dataset_itself(base: Dataset, base_folder: Path, graph: Graph, tmp_path: Path) -> None:
    """It has no refused rows, so that all refusals in other cases come from mutations."""
    case = Case(-1, (), base, over=False, again=True)
    assert problems_of(case, base_folder, graph, tmp_path) == []
    assert sum(oracle.records(content or b"") or 0 for content in base.files.values()) == sum(
        made(graph, MADE).values()
    )


MADE = set(oracle.MADE_OF.values())


def problems_of(case: Case, base_folder: Path, graph: Graph, folder: Path) -> list[str]:
    """Load the case in each way; returns all problems."""
    case.dataset.write(folder / "dataset")
    graph.wipe()
    if case.over:
        graph.load(base_folder)
    before = made(graph)
    printed = case.printed()
    online = load(folder, "online")
    offline = load(folder, "offline", "--offline", "--files", str(folder / "files"))
    after = made(graph)
    found = oracle.problems_of(online, printed)
    found += [f"offline {problem}" for problem in oracle.problems_of(offline, printed) if problem not in found]
    found += oracle.miscounted(online, case.dataset.files) + oracle.miscounted(offline, case.dataset.files)
    found += oracle.stored(kept_texts(graph), case.kept())
    found += oracle.stored(importer_texts(folder / "files"), case.kept())
    if online.report is None and before != after:
        found.append(f"graph: {before} became {after}, though the load was refused")
    if not case.over:
        found += oracle.differences(online, offline)
        found += oracle.unlike_graph(online, after)
    if case.again and online.status in (0, 1):
        again = load(folder, "again")
        found += [f"again {problem}" for problem in oracle.problems_of(again, printed) if problem not in found]
        found += oracle.rewritten(online, again)
        if made(graph) != after:
            found.append(f"again: the graph held {after}, then {made(graph)}")
    return found


def load(folder: Path, name: str, *arguments: str) -> Run:
    (folder / name).mkdir()
    return run(folder / name, "load", str(folder / "dataset"), *arguments)


def made(graph: Graph, only: set[str] | None = None) -> dict[str, int]:
    """The number of nodes and relationships by label and type."""
    rows = graph.driver.execute_query(
        "MATCH (n) WHERE NOT n:__Neo4jMigration RETURN labels(n)[0] AS name, count(*) AS held "
        "UNION ALL MATCH ()-[r]->() WHERE type(r) <> 'MIGRATED_TO' RETURN type(r) AS name, count(*) AS held",
        database_=graph.target.database,
    ).records
    return {row["name"]: row["held"] for row in rows if only is None or row["name"] in only}


def kept_texts(graph: Graph) -> list[str]:
    """Every text in the graph."""
    stored_properties = graph.driver.execute_query(
        "MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN collect(DISTINCT properties(n)) + collect(properties(r))",
        database_=graph.target.database,
    ).records[0][0]
    values = (value for properties in stored_properties for value in properties.values())
    return [
        text for value in values for text in (value if isinstance(value, list) else [value]) if isinstance(text, str)
    ]


def importer_texts(folder: Path) -> list[str]:
    """Every cell of the importer's files."""
    paths = sorted(folder.glob("*.csv")) if folder.exists() else []
    return [cell for path in paths for cell in path.read_text("utf-8").split('","')]
