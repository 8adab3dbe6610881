"""The writing statements: their plans limit the database's memory to the batch, and every label has its key."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import neo4j
import pytest

from graph.identity.key import IdentityKey
from graph.model import Label
from graph.statements.write import Write
from loaders.load import load
from loaders.writing.upsert import all_writes
from tests.support.generator import make_dataset

REFUSED = {"Eager", "AllNodesScan", "CartesianProduct"}
SCANS = {"NodeByLabelScan", "DirectedRelationshipTypeScan", "UndirectedRelationshipTypeScan"}
# Read once per load, over labels of the catalogue.
SMALL = ("readKeys", "readChain")


def operators(plan: dict[str, Any]) -> Iterator[str]:
    yield plan["operatorType"].partition("@")[0]
    for child in plan.get("children", []):
        yield from operators(child)


@pytest.mark.parametrize("write", all_writes(), ids=lambda write: write.name)
def test_plans(write: Write, driver: neo4j.Driver, database: str) -> None:
    with driver.session(database=database) as session:
        summary = session.run("EXPLAIN " + write.text, rows=[]).consume()
    assert summary.plan
    found = set(operators(summary.plan))
    assert not found & REFUSED, found
    if not write.name.startswith(SMALL):
        assert not found & SCANS, found


def test_names_are_unique_for_each_text() -> None:
    by_name: dict[str, set[str]] = {}
    for write in all_writes():
        by_name.setdefault(write.name, set()).add(write.text)
    assert {name for name, texts in by_name.items() if len(texts) > 1} == set()


def test_every_label_has_its_unique_key(driver: neo4j.Driver, database: str) -> None:
    found = driver.execute_query(
        "SHOW CONSTRAINTS YIELD labelsOrTypes, properties, type WHERE type CONTAINS 'UNIQUENESS' "
        "RETURN labelsOrTypes[0], properties",
        database_=database,
    )
    unique = {(record[0], *record[1]) for record in found.records}
    assert {(label, label.key) for label in Label} <= unique
    assert ("Entity", "orgCode") in unique


def test_plans_over_a_graph_that_holds_something(
    tmp_path: Path, empty_graph: neo4j.Driver, database: str, identity_key: IdentityKey
) -> None:
    make_dataset(tmp_path, entities=2000, seed=5)
    load(tmp_path, empty_graph, database, identity_key)
    for write in all_writes():
        test_plans(write, empty_graph, database)
