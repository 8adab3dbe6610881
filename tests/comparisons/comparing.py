"""Shared by the comparisons with the oracle: the dataset, and answers in the oracle's types."""

import os
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from graph.ids import global_id, parse_global_id
from graph.model import Label
from tests.conftest import Graph
from tests.oracle.answers import Ground
from tests.oracle.explain import Attempt, Check, Explanation
from tests.oracle.rules import Reading
from tests.oracle.shortest_path import GraphPath, Node
from tests.support.budgets import BUDGET, given
from tests.support.client import Client
from tests.support.generator import make_dataset

ENTITIES = given("ENTITIES", BUDGET.subjects)
"""Subjects of the generated datasets; more of them take longer and find the same errors."""
SEEDS = [pytest.param(1, id="seed1"), pytest.param(2, id="seed2", marks=pytest.mark.slow)]
"""The generated datasets; `make test` uses the first."""


def generated(seed: int, graph: Graph, folders: pytest.TempPathFactory) -> Reading:
    """Load a generated dataset, and return its reading."""
    folder = dataset(seed, folders)
    graph.hold(folder)
    return _reading(folder)


@cache
def _reading(folder: Path) -> Reading:
    return Reading.load(folder)


def dataset(seed: int, folders: pytest.TempPathFactory) -> Path:
    """The folder of a generated dataset. With JOINTCREDIT_TEST_DATASETS, one of the folders seed1, seed2, … in it."""
    if datasets := os.environ.get("JOINTCREDIT_TEST_DATASETS"):
        folder = Path(datasets) / f"seed{seed}"
    else:
        folder = folders.getbasetemp() / f"generated{seed}-{ENTITIES}"
        if not folder.exists():
            make_dataset(folder, entities=ENTITIES, seed=seed)
    return folder


def ask_page(client: Client, query: str, field: str, variables: dict[str, Any], after: str | None) -> Any:
    """The page of a root field after a cursor, which the query takes as `$after`."""
    return client.ask(query, **variables, after=after)[field]


def codes(nodes: Sequence[dict[str, Any]]) -> list[str]:
    return [node["code"] for node in nodes]


def id_of(node: Node) -> str:
    return global_id(Label(node[0]), node[1])


def ids_of(client: Client, reading: Reading) -> Callable[[str], str]:
    """From the identifier of a subject to its id; the id of a person cannot be derived from the number."""
    subjects = sorted(reading.tables.entities)
    found: dict[str, str] = {}
    for start in range(0, len(subjects), 500):
        part = subjects[start : start + 500]
        answer = client.ask("query ($s: [String!]!) { subjects(identifiers: $s) { id } }", s=part)["subjects"]
        found |= {subject: node["id"] for subject, node in zip(part, answer, strict=True)}
    return found.__getitem__


def path_of(answer: dict[str, Any] | None) -> GraphPath | None:
    if answer is None:
        return None
    steps = answer["steps"]
    assert answer["length"] == len(steps) - 1
    assert steps[0]["relationship"] is None
    nodes = [parse_global_id(step["node"]["id"]) for step in steps]
    assert [step["node"]["__typename"] for step in steps] == [label for label, _ in nodes]
    return GraphPath([(str(label), key) for label, key in nodes], [step["relationship"] for step in steps[1:]])


def explanation_of(answer: dict[str, Any]) -> Explanation:
    attempts = []
    for attempt in answer["attempts"]:
        affiliation = attempt["affiliation"]
        through: tuple[str | None, str | None, date | None] = (None, None, None)
        if affiliation:
            through = (
                affiliation["role"],
                affiliation["organization"]["identifier"],
                date.fromisoformat(affiliation["since"]),
            )
        attempts.append(
            Attempt(
                attempt["via"],
                attempt["listing"]["listingNo"],
                attempt["list"]["code"],
                *through,
                attempt["holds"],
                tuple(check_of(check) for check in attempt["checks"]),
            )
        )
    return Explanation(answer["applies"], tuple(check_of(check) for check in answer["checks"]), attempts)


def check_of(answer: dict[str, Any]) -> Check:
    """The reading gives the day and the code only of checks that do not hold."""
    assert answer["sentence"]
    if answer["holds"]:
        return Check(answer["rule"], True, answer["fact"])
    day = answer["date"] and date.fromisoformat(answer["date"])
    node = answer["memorandum"] or answer["listing"] or {}
    return Check(answer["rule"], False, answer["fact"], day, node.get("code") or node.get("listingNo"))


GROUND = """
fragment ground on Ground {
  via listing { listingNo } list { code } memorandum { code } affiliation { role organization { identifier } since }
}
"""


def ground_of(answer: dict[str, Any]) -> Ground:
    affiliation = answer["affiliation"]
    through = (
        (affiliation["role"], affiliation["organization"]["identifier"], date.fromisoformat(affiliation["since"]))
        if affiliation
        else ()
    )
    return Ground(
        answer["via"], answer["listing"]["listingNo"], answer["list"]["code"], answer["memorandum"]["code"], *through
    )


def measures_of(nodes: Sequence[dict[str, Any]]) -> list[tuple[str, list[Ground], list[str]]]:
    return [(x["measure"]["code"], [ground_of(g) for g in x["grounds"]], codes(x["powerItems"])) for x in nodes]
