"""The graph that is asked, and the subjects and agencies in it."""

import os
from random import Random
from typing import Any

import neo4j
import orjson

from graph.database import Target

from .operations import DAY, Operation

MANY = 400
"""Bodies of an operation, asked in turn."""


def target() -> Target:
    """The Neo4j of the environment."""
    return Target(os.environ["NEO4J_URI"], os.environ.get("NEO4J_USER", "neo4j"), os.environ["NEO4J_PASSWORD"], "neo4j")


def sample(driver: neo4j.Driver) -> tuple[list[str], list[str]]:
    """Keys of legal persons that are listed on the day, and codes of agencies."""
    with driver.session(database="neo4j") as session:
        subjects = session.run(
            "MATCH (n:Entity)-[:HAS_LISTING]->(l:Listing) WHERE n.kind = 'LEGAL_PERSON' AND l.listedOn <= date($day) "
            "AND coalesce(date($day) < l.expiresOn, true) AND coalesce(date($day) < l.removedOn, true) "
            "WITH DISTINCT n.key AS key LIMIT 20000 RETURN collect(key) AS keys",
            day=DAY,
        ).single(strict=True)["keys"]
        agencies = session.run("MATCH (a:Agency) RETURN collect(a.code) AS codes").single(strict=True)["codes"]
    Random(1).shuffle(subjects)
    return subjects, agencies


def bodies(operation: Operation, theirs: bool, subjects: list[str], agencies: list[str]) -> list[str]:
    """Requests, the same at every server."""
    draw = Random(operation.name)
    text = operation.theirs if theirs else operation.ours
    found = []
    for _ in range(MANY):
        if operation.of_agencies:
            given: Any = draw.choice(agencies)
        else:
            given = draw.sample(subjects, operation.batch) if operation.batch > 1 else draw.choice(subjects)
        found.append(orjson.dumps({"query": text, "variables": {"i": given, "d": DAY}}).decode())
    return found
