"""Checks the plan of a statement."""

from collections.abc import Iterator
from typing import Any

import neo4j

from graph.statements.statement import Statement

REFUSED = ("AllNodesScan", "CartesianProduct", "NodeByLabelScan", "AllRelationshipsScan", "RelationshipTypeScan")
SEEKS = ("NodeUniqueIndexSeek", "NodeUniqueIndexSeekByRange", "NodeIndexSeek", "NodeIndexSeekByRange")
LEAVES = ("Argument", "EmptyRow")


def problems_of(statement: Statement, driver: neo4j.Driver, database: str) -> list[str]:
    """Forbidden operators, patterns without an index, and notifications of the database."""
    with driver.session(database=database, notifications_min_severity="INFORMATION") as session:
        # A new plan, not one for a graph that another test loaded.
        summary = session.run("CYPHER replan=force EXPLAIN " + statement.text, statement.parameters).consume()
    assert summary.plan is not None
    operators = [name.partition("@")[0] for name in _operators(summary.plan)]
    problems = [name for name in operators if name in REFUSED]
    if not any(name in SEEKS for name in operators):
        problems.append("no index seek")
    problems += [
        status.status_description for status in summary.gql_status_objects if status.gql_status.startswith(("01", "03"))
    ]
    return problems


def _operators(plan: dict[str, Any]) -> Iterator[str]:
    yield plan["operatorType"]
    for child in plan.get("children", []):
        yield from _operators(child)
