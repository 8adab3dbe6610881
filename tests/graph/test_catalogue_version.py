"""The version of the catalogue changes whenever the catalogue does, and only then; an open catalogue has none."""

import threading
from pathlib import Path
from typing import Any

import neo4j
import pytest

from graph.errors import DatabaseError
from graph.identity.key import IdentityKey
from graph.statements.catalogue_version import CLOSE_CATALOGUE, OPEN_CATALOGUE, READ_VERSION, VERSION, new_version
from graph.statements.write import Write
from graph.store.transactions import Transactions
from loaders.load import load
from loaders.writing.catalogue_change import CatalogueChange
from tests.conftest import Graph
from tests.loaders.test_loader import rewrite
from tests.support.rows import Rows

RENAME = Write("renameRegion", "UNWIND $rows AS row MATCH (r:Region {code: '440000'}) SET r.name = row")
BAD = Write("divide", "UNWIND $rows AS row MATCH (r:Region {code: '440000'}) SET r.name = row / 0")


def version(graph: Graph) -> str | None:
    found = graph.driver.execute_query(f"{READ_VERSION} RETURN {VERSION}", database_=graph.target.database)
    value: str | None = found.records[0][0]
    return value


@pytest.fixture
def folder(tmp_path: Path, graph: Graph) -> Path:
    graph.wipe()
    rows = Rows()
    rows.add("credit_lists", code="L1", color="RED", memoranda="")
    rows.listed(rows.organization("甲"), "S1", "L1")
    return rows.write(tmp_path / "dataset")


@pytest.fixture
def transactions(graph: Graph) -> Transactions:
    return Transactions(graph.driver, graph.target.database)


def test_it_changes_with_the_catalogue_alone(folder: Path, graph: Graph) -> None:
    assert version(graph) is None
    graph.load(folder)
    first = version(graph)
    assert first
    graph.load(folder)
    assert version(graph) == first
    rewrite(folder / "entities.csv", {"name": "乙"}, ("name", "甲"))
    rewrite(folder / "listings.csv", {"reason": "别的"}, ("listing_no", "S1"))
    assert graph.load(folder).totals.updated == 2
    assert version(graph) == first
    rewrite(folder / "credit_lists.csv", {"color": "BLACK"}, ("code", "L1"))
    graph.load(folder)
    assert version(graph) not in (None, first)


def test_it_is_open_before_a_change_is_seen(folder: Path, graph: Graph, transactions: Transactions) -> None:
    graph.load(folder)
    seen = []

    def work(ask: object) -> None:
        assert callable(ask)
        ask(RENAME, ["新地"])
        seen.append(version(graph))

    before = version(graph)
    with CatalogueChange(transactions) as change:
        change.run("rename", work)
        seen.append(version(graph))
    assert seen == [before, None]  # the transaction had not committed at first
    assert version(graph) not in (None, before)


def test_a_load_that_fails_closes_it(folder: Path, graph: Graph, transactions: Transactions) -> None:
    graph.load(folder)
    before = version(graph)

    def fail() -> None:
        with CatalogueChange(transactions) as change:
            change.run("rename", lambda ask: ask(RENAME, ["新地"]))
            change.run("divide", lambda ask: ask(BAD, [1]))

    with pytest.raises(DatabaseError):
        fail()
    assert version(graph) not in (None, before)


def test_one_that_was_killed_leaves_it_open_until_the_next_ends(
    folder: Path, graph: Graph, transactions: Transactions
) -> None:
    graph.load(folder)
    before = version(graph)
    transactions.run("open", lambda ask: ask(OPEN_CATALOGUE, [new_version()]))
    assert version(graph) is None
    assert graph.load(folder).totals.unchanged == 4 + 1
    assert version(graph) not in (None, before)


def test_a_catalogue_that_another_load_has_opened_stays_open(
    folder: Path, graph: Graph, transactions: Transactions
) -> None:
    graph.load(folder)
    with CatalogueChange(transactions) as change:
        change.run("rename", lambda ask: ask(RENAME, ["新地"]))
        transactions.run("open", lambda ask: ask(OPEN_CATALOGUE, [new_version()]))
    assert version(graph) is None


def test_a_change_that_another_load_overtook_is_made_again(
    folder: Path, graph: Graph, transactions: Transactions, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph.load(folder)
    times: list[str | None] = []
    original_run = Transactions.run

    def run(self: Transactions, name: str, work: Any) -> Any:
        result: Any = original_run(self, name, work)
        if name == "open catalogue" and len(times) == 1:
            original_run(self, "another load", lambda ask: ask(OPEN_CATALOGUE, ["another"]))
            original_run(self, "another load", lambda ask: ask(CLOSE_CATALOGUE, ["another", new_version()]))
        return result

    def work(ask: object) -> None:
        assert callable(ask)
        times.append(version(graph))
        ask(RENAME, [f"第{len(times)}次"])

    monkeypatch.setattr(Transactions, "run", run)
    with CatalogueChange(transactions) as change:
        change.run("rename", work)
        assert version(graph) is None
    assert len(times) == 2
    found = graph.driver.execute_query("MATCH (r:Region) RETURN r.name", database_=graph.target.database)
    assert found.records[0][0] == "第2次"
    assert version(graph) is not None


@pytest.mark.slow
def test_what_a_reader_holds_is_never_older(
    folder: Path, graph: Graph, database: str, identity_key: IdentityKey, driver: neo4j.Driver
) -> None:
    """Readers follow the protocol while a writer works: what they cache under a version is what the graph had under
    it."""
    graph.load(folder)
    path = folder / "regions.csv"
    done = threading.Event()
    cached: dict[str, set[str]] = {}

    def read() -> None:
        while not done.is_set():
            before = version(graph)
            names = [
                str(record[0])
                for record in driver.execute_query(
                    "MATCH (r:Region) RETURN r.name ORDER BY r.code", database_=database
                ).records
            ]
            if before is not None and version(graph) == before:
                cached.setdefault(before, set()).add("|".join(names))

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    try:
        for number in range(25):
            rewrite(path, {"name": f"第{number}次"}, ("code", "440000"))
            load(folder, driver, database, identity_key)
    finally:
        done.set()
        for reader in readers:
            reader.join()
    assert len(cached) > 1
    assert {version: names for version, names in cached.items() if len(names) > 1} == {}
    names = [next(iter(names)) for names in cached.values()]
    assert len(set(names)) == len(names)
