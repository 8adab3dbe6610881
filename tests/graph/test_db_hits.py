"""The dbHits of each operation's plan, compared with a file; and that they do not grow with the number of subjects.

There is a figure for each golden document, and for some others. To record new figures, run `UPDATE_DB_HITS=1
.venv/bin/python -m pytest tests/graph/test_db_hits.py`, and review the difference before you commit.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph.model import Label, Rel
from graph.store.readiness import migrate, open_driver
from tests.conftest import SEEDS, Graph
from tests.golden.test_golden import DOCUMENTS
from tests.support import neo4j as neo4j_for_tests
from tests.support.client import translate
from tests.support.profiling import db_hits, make_crowd, replan

pytestmark = pytest.mark.slow

RECORD = Path(__file__).parent / "db_hits.json"
TOLERATED = 0.1
FEW, MANY = 1_000, 5_000
PER_LIST = 64
"""Allowed growth of a plan while lists are short: Neo4j stores the relationships of a node differently once there are
many. Less than one hit for each listing that a list gains here."""

OPERATIONS = {path.stem: path.read_text("utf-8") for path in DOCUMENTS} | {
    "changes_uncounted": """{
  changes(from: "2016-01-01", to: "2018-10-01") {
    cameIntoForce { memoranda { code } measures { code } powerItems { code } }
    fellAway { memoranda { code } measures { code } powerItems { code } }
  }
}""",
    "point": """{ subject(identifier: "91440000XXXX00019F") { name standing } }""",
}
PER_LISTING = {
    "changes": "its `subjectCount` counts whoever is on a list that brings a changed measure, or holds a role there",
    "conflicts": "it looks at whoever is on a list that brings a reward, or holds a role there, and counts conflicts",
}
"""The operations over everybody who is listed, and why their figures may grow with the listings: at most twice as fast,
because the generated listings differ, but never with the square."""


@dataclass(frozen=True)
class Figures:
    """The dbHits of each operation in a graph with so many listings."""

    hits: dict[str, int]
    listings: int


def measured(graph: Graph) -> Figures:
    """The figures, with plans for the current content of the graph."""
    driver, database = graph.driver, graph.target.database
    replan(driver, database)
    hits = {name: db_hits(translate(text), driver, database) for name, text in OPERATIONS.items()}
    query = f"MATCH (:{Label.ENTITY})-[listed:{Rel.HAS_LISTING}]->() RETURN count(listed)"
    return Figures(hits, driver.execute_query(query, database_=database).records[0][0])


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> tuple[Figures, Figures, Figures]:
    """The figures on the seeds alone, with FEW subjects around them, and after these have grown to MANY.

    They are measured in a database of their own, because earlier writes and deletions would affect them."""
    if neo4j_for_tests.choose().way == "uri":
        pytest.skip("NEO4J_URI names one database, and other tests have written there")
    with neo4j_for_tests.running() as target, open_driver(target) as driver:
        migrate(driver, target.database)
        graph = Graph(target, driver)
        graph.hold(SEEDS / "catalogue", SEEDS / "demo")
        found = [measured(graph)]
        for entities in (FEW, MANY):
            folder = tmp_path_factory.mktemp("crowd")
            make_crowd(folder, SEEDS / "catalogue" / "credit_lists.csv", entities)
            graph.load(folder)
            found.append(measured(graph))
    return found[0], found[1], found[2]


def test_no_worse_than_recorded(figures: tuple[Figures, Figures, Figures]) -> None:
    on_seeds = figures[0].hits
    if os.environ.get("UPDATE_DB_HITS"):
        RECORD.write_text(json.dumps(on_seeds, indent=2, sort_keys=True) + "\n", "utf-8")
    recorded: dict[str, int] = json.loads(RECORD.read_text("utf-8"))
    assert set(on_seeds) == set(recorded), "record them with UPDATE_DB_HITS=1"
    worse = {
        name: f"{recorded[name]} -> {hits}"
        for name, hits in on_seeds.items()
        if hits > recorded[name] * (1 + TOLERATED)
    }
    assert not worse, "look at their plans with PROFILE"
    better = {
        name: f"{recorded[name]} -> {hits}"
        for name, hits in on_seeds.items()
        if hits < recorded[name] * (1 - TOLERATED)
    }
    assert not better, "record them with UPDATE_DB_HITS=1"


@pytest.mark.parametrize("name", OPERATIONS)
def test_flat_as_subjects_are_added(name: str, figures: tuple[Figures, Figures, Figures]) -> None:
    _, few, many = figures
    growth = 2 * many.listings / few.listings if name in PER_LISTING else 1
    assert many.hits[name] <= few.hits[name] * growth * (1 + TOLERATED) + PER_LIST, PER_LISTING.get(name)
