"""Measures how much of the graph a statement touches, and adds many subjects that it need not touch."""

import csv
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import neo4j

from graph.statements.statement import Statement
from tests.support.chance import REGIONS, write
from tests.support.generator import subjects


def db_hits(statement: Statement, driver: neo4j.Driver, database: str) -> int:
    """The dbHits of all operators of a statement: how often its plan accesses the store."""
    with driver.session(database=database, default_access_mode=neo4j.READ_ACCESS) as session:
        summary = session.run("PROFILE " + statement.text, statement.parameters).consume()
    assert summary.profile is not None
    # An operator that the database skips, such as a procedure without rows, has no count at all.
    return sum(operator["args"].get("DbHits", 0) for operator in operators(summary.profile))


def operators(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The operators of a plan, each before its inputs."""
    yield plan
    for child in plan.get("children", []):
        yield from operators(child)


def replan(driver: neo4j.Driver, database: str) -> None:
    """Refresh the planner's statistics, and drop the plans for a graph of another size."""
    with driver.session(database=database) as session:
        # Each by name: otherwise statistics with few changes since are not refreshed.
        for (name,) in session.run("SHOW RANGE INDEXES YIELD name").values():
            session.run("CALL db.resampleIndex($name)", name=name).consume()
        session.run("CALL db.prepareForReplanning(300)").consume()


def make_crowd(folder: Path, lists: Path, entities: int, seed: int = 1) -> None:
    """Write a dataset of that many subjects, their affiliations and, slightly more than one each, their listings, all
    on the lists in the file `lists`. A larger crowd with the same seed begins with the smaller one."""
    with lists.open(encoding="utf-8-sig", newline="") as file:
        colors = [(row["code"], row["color"]) for row in csv.DictReader(file)]
    folder.mkdir(parents=True, exist_ok=True)
    # The seeds have no such region.
    write(folder, "regions", "code,name,parent_code,level", REGIONS[4:6])
    subjects(folder, Random(f"crowd {seed}"), entities, seed, colors)
