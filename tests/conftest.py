"""One Neo4j for the whole run, and the graph that each test asks for in it."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import neo4j
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from graph.identity.key import IdentityKey
from graph.settings import Settings
from graph.store.database import Target
from graph.store.readiness import migrate, open_driver
from loaders.load import load
from loaders.report import Summary
from tests.support import neo4j as neo4j_for_tests
from tests.support.client import ID_KEY, Client
from tests.support.skips import refuse

SEEDS = neo4j_for_tests.REPOSITORY / "seeds"


MOST_WORKERS = 4
"""Processes that run tests, each with a Neo4j of its own, which takes a gigabyte."""
LONGEST = (
    "test_both_paths",
    "test_loads_at_once",
    "test_fuzz_datasets",
    "test_properties",
    "test_db_hits",
    "test_export",
)
"""The files that take longest begin, so that all processes end at about the same time."""


def pytest_xdist_auto_num_workers() -> int:
    """How many processes `--numprocesses auto` is; one Neo4j at an address serves one run."""
    return 0 if neo4j_for_tests.choose().way == "uri" else min(os.cpu_count() or 1, MOST_WORKERS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.stem, len(LONGEST)))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    refuse(report)
    return report


def pytest_report_header() -> str:
    return f"neo4j: {neo4j_for_tests.choose().why}"


class Graph:
    """The database under test. `hold` fills it with datasets, once for as long as nothing else is asked for."""

    def __init__(self, target: Target, driver: neo4j.Driver) -> None:
        self.target = target
        self.driver = driver
        self._held: tuple[Path, ...] = ()

    def wipe(self) -> None:
        self._held = ()
        with self.driver.session(database=self.target.database) as session:
            session.run("MATCH (n) WHERE NOT n:__Neo4jMigration CALL (n) { DETACH DELETE n } IN TRANSACTIONS").consume()

    def forget(self) -> None:
        """Something else changed the graph: what is held next is loaded anew."""
        self._held = ()

    def hold(self, *folders: Path) -> None:
        if self._held != folders:
            self.wipe()
            for folder in folders:
                self.load(folder)
            self._held = folders

    def load(self, folder: Path, report: Path | None = None) -> Summary:
        self._held = ()
        return load(folder, self.driver, self.target.database, IdentityKey(ID_KEY), report=report)


@pytest.fixture(scope="session")
def target() -> Iterator[Target]:
    with neo4j_for_tests.running() as target:
        yield target


@pytest.fixture(scope="session")
def driver(target: Target) -> Iterator[neo4j.Driver]:
    with open_driver(target) as driver:
        migrate(driver, target.database)
        yield driver


@pytest.fixture(scope="session")
def database(target: Target) -> str:
    return target.database


@pytest.fixture(scope="session")
def identity_key() -> IdentityKey:
    return IdentityKey(ID_KEY)


@pytest.fixture(scope="session")
def graph(target: Target, driver: neo4j.Driver) -> Graph:
    return Graph(target, driver)


@pytest.fixture
def empty_graph(graph: Graph) -> neo4j.Driver:
    graph.wipe()
    return graph.driver


@pytest.fixture(scope="session")
def client(target: Target, driver: neo4j.Driver) -> Iterator[Client]:
    """A client of the application; what it answers is what the graph holds at the moment. Comparisons ask for more at
    once than a gateway allows by default."""
    settings = Settings(JOINTCREDIT_STATEMENT_TIMEOUT=60, JOINTCREDIT_MAX_COST=20_000_000)
    with TestClient(create_app(target, IdentityKey(ID_KEY), settings)) as http:
        yield Client(http)


@pytest.fixture
def seeds(graph: Graph) -> None:
    """The graph holds the seeds."""
    graph.hold(SEEDS / "catalogue", SEEDS / "demo")
