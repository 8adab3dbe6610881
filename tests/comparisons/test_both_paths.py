"""The fast path compared with the slow one over one graph: generated operations, each with several sets of variables.

tests/support/budgets.py, or JOINTCREDIT_TEST_DIFFERENTIAL, sets how many answers are compared. With
JOINTCREDIT_TEST_DIFFERENTIAL_PART=1/5 a run takes the first fifth of them. `pytest -rP` shows what they consisted of.
"""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from random import Random
from typing import Any

import graphql as gql
import neo4j
import orjson
import pytest

from api.schema.build import schema
from graph.ids import global_id
from graph.model import Label
from graph.store.database import Target
from tests.comparisons.operations_drawn import drawn
from tests.comparisons.operations_generated import Document, Writing
from tests.comparisons.operations_order import Order
from tests.comparisons.operations_values import CURSORS, Values, cursors_of
from tests.comparisons.ways import Answered, Way, compare, way_of
from tests.conftest import Graph
from tests.support.budgets import BUDGET, given

CORE = schema._schema
MANY = given("DIFFERENTIAL", BUDGET.answers)
"""Number of comparisons."""
PART, PARTS = map(int, os.environ.get("JOINTCREDIT_TEST_DIFFERENTIAL_PART", "1/1").split("/"))
ASKED = 16
"""Number of variable sets for each document."""
SHARED = ("91440000XXXX00019F", "91440000XXXX00027A")
"""Two subjects that get the same registration number."""


@pytest.fixture(scope="module")
def ways(target: Target, driver: neo4j.Driver) -> Iterator[tuple[Way, Way]]:
    """A gateway with the fast path, and one without."""
    with way_of(target, True) as fast, way_of(target, False) as slow:
        yield fast, slow


@contextmanager
def changed(graph: Graph, there: str, back: str, **parameters: Any) -> Iterator[None]:
    """Change the graph, and undo the change at the end."""
    with graph.driver.session(database=graph.target.database) as session:
        rows = [row["old"] for row in session.run(there, parameters)]
        assert rows, f"nothing was changed by {there}"
        try:
            yield
        finally:
            session.run(back, parameters, old=rows).consume()


@dataclass
class Tally:
    """What the comparisons consisted of."""

    comparisons: int = 0
    telling: int = 0
    """Answers with data that is neither null nor empty."""
    with_errors: int = 0
    refused: int = 0
    """Documents or variables that were not executed."""
    bytes: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    features: Counter[str] = field(default_factory=Counter)
    """Number of documents with each feature."""
    types: Counter[str] = field(default_factory=Counter)
    """Number of answers with each type name in a `__typename`."""
    roots: Counter[str] = field(default_factory=Counter)
    """Number of telling answers for each root field."""

    def add(self, answered: Answered, roots: Callable[[], set[str]]) -> None:
        body = orjson.loads(answered.body)
        self.comparisons += 1
        self.statuses[answered.status] += 1
        self.bytes += len(answered.body)
        self.with_errors += "errors" in body
        self.refused += "data" not in body
        self.codes.update(error["extensions"]["code"] for error in body.get("errors", ()))
        data = body.get("data") or {}
        self.types.update(set(_typenames(data)))
        if _tells(data):
            self.telling += 1
            self.roots.update(roots())

    def describe(self, document: Document, parsed: gql.DocumentNode) -> None:
        patterns = {
            "aliases": r"\w: \w+( |\n|\(|$)",
            "fragments by name": r"\.\.\.\s?Part",
            "fragments in line": r"\.\.\. on",
            "fragments without type": r"\.\.\.( @[^{]*)? \{",
            "fragments on Node": r"on Node",
            "directives": "@(include|skip)",
            "directives by variable": r"@(include|skip)\(if: \$",
            "variables": r"\$",
            "defaults": r"\$v\d+: \S+ = ",
            "conditions that may be null": r"\$v\d+: Boolean = ",
            "__typename": "__typename",
            "introspection": "__(type|schema)\\b",
        }
        self.features.update(name for name, pattern in patterns.items() if re.search(pattern, document.text))
        self.features["documents"] += 1
        self.features["several operations"] += len(document.operations) > 1
        self.features["valid"] += not gql.validate(CORE, parsed)


@pytest.mark.slow
def test_generated_operations(ways: tuple[Way, Way], graph: Graph, seeds: None) -> None:
    """The answers are equal byte for byte, evenly over the root fields, and a good share come from the fast path, with
    data."""
    fast, slow = ways
    before = fast.counted()
    tally = Tally()
    assert CORE.query_type is not None
    roots = sorted(CORE.query_type.fields)
    share = "MATCH (e:Entity {key: $two}) WITH e, e.registrationNo AS old MATCH (o:Entity {key: $one}) "
    there = share + "SET e.registrationNo = o.registrationNo RETURN old"
    back = "MATCH (e:Entity {key: $two}) SET e.registrationNo = $old[0]"
    with changed(graph, there, back, one=SHARED[0], two=SHARED[1]):
        page = slow.answer(CURSORS, None, {"identifier": SHARED[0], "agency": "demo-ag-city"})
        values = Values(graph.driver, graph.target.database, cursors_of(orjson.loads(page.body)["data"]))
        for root in roots:
            documents = -(-MANY // ASKED // len(roots) // PARTS) * PARTS
            _compare_root(root, documents, values, ways, tally)
    counted = fast.counted() - before
    print(tally, counted, sep="\n")
    assert tally.comparisons >= MANY / PARTS
    assert tally.telling >= 0.5 * tally.comparisons
    assert tally.features["valid"] >= 0.95 * tally.features["documents"]
    if MANY >= 2000:
        assert set(roots) == tally.roots.keys()
    assert "INTERNAL_SERVER_ERROR" not in tally.codes
    assert counted["failed"] == 0
    assert counted["fast"] >= 0.6 * tally.comparisons
    assert counted["hits"] >= 0.5 * tally.comparisons
    assert not slow.counted()


def _compare_root(root: str, documents: int, values: Values, ways: tuple[Way, Way], tally: Tally) -> None:
    operations = drawn(schema.as_str(), root, documents)
    for place in range(PART - 1, documents, PARTS):
        random = Random(f"{root} {place}")
        chosen = [operations[place % len(operations)]]
        if random.random() < 0.15:
            chosen.append(random.choice(operations))
        document = Writing(CORE, values, random).document(chosen)
        parsed = gql.parse(document.text)
        tally.describe(document, parsed)
        for _ in range(ASKED):
            name, variables = document.asked(values, random)
            answered = compare(document.text, name, variables, ways, parsed)
            tally.add(answered, partial(_roots, parsed, name, variables))


def _typenames(data: Any) -> Iterator[str]:
    if isinstance(data, list):
        for element in data:
            yield from _typenames(element)
    elif isinstance(data, dict):
        for key, value in data.items():
            if key in ("__typename", "kindOf") and isinstance(value, str):
                yield value
            yield from _typenames(value)


def _tells(data: Any) -> bool:
    if isinstance(data, dict):
        return any(_tells(value) for key, value in data.items() if key not in ("__typename", "kindOf"))
    if isinstance(data, list):
        return any(_tells(element) for element in data)
    return data is not None


def _roots(parsed: gql.DocumentNode, name: str | None, variables: dict[str, Any]) -> set[str]:
    return Order(parsed, name, variables).roots()


BROKEN = {
    "of the catalogue": ("Memorandum", "title", None, "{ memorandum(code: $key) { code title } }"),
    "in a list": ("Memorandum", "title", None, "{ memoranda(first: 100) { totalCount nodes { code title } } }"),
    "twice": ("Memorandum", "field", None, "{ memorandum(code: $key) { a: field lists { memoranda { field } } } }"),
    "of a subject": ("Entity", "name", None, "{ subject(identifier: $key) { identifier name } }"),
    "in a batch": ("Entity", "name", None, '{ subjects(identifiers: [$key, "x", $key]) { identifier name } }'),
    "below a subject": (
        "Listing",
        "reason",
        None,
        "{ subject(identifier: $key) { name listings { listingNo reason } } }",
    ),
    "a word that is none": ("Entity", "kind", "NOBODY", "{ subject(identifier: $key) { name kind } }"),
    "behind an interface": ("Memorandum", "title", None, "{ node(id: $key) { id ... on Memorandum { title } } }"),
}
KEYS = {"Memorandum": "sx-2016", "Entity": SHARED[0], "Listing": SHARED[0]}


@pytest.mark.parametrize("case", BROKEN)
def test_a_graph_that_breaks_the_schema(case: str, target: Target, graph: Graph, seeds: None) -> None:
    """A value that must not be null is missing, or a word is not in its enum: the same error on both paths."""
    label, prop, value, body = BROKEN[case]
    key = KEYS[label]
    kind = "ID" if "node(" in body else "String"
    chosen = "MATCH (n:Entity {key: $key})-[:HAS_LISTING]->(x) WITH x AS n LIMIT 1"
    if label != "Listing":
        chosen = f"MATCH (n:{label} {{{'key' if label == 'Entity' else 'code'}: $key}})"
    there = f"{chosen} WITH n, n.{prop} AS old, n.id AS id SET n.{prop} = $value RETURN old"
    back = f"{chosen} SET n.{prop} = $old[0]"
    sent = key
    if kind == "ID":
        sent = global_id(Label(label), key)
    # New gateways, because nothing may be cached yet: a manual change does not set a new version.
    with (
        changed(graph, there, back, key=key, value=value),
        way_of(target, True) as fast,
        way_of(target, False) as slow,
    ):
        answered = compare(f"query ($key: {kind}!) {body}", None, {"key": sent}, (fast, slow))
    assert b'"errors"' in answered.body, answered.body


def test_a_memorandum_that_a_check_binds(ways: tuple[Way, Way], seeds: None) -> None:
    """Variables of a rule and variables of a selection never clash."""
    checks = "checks { rule memorandum { code inForce supersedes { code supersededBy { code } } } }"
    explain = (
        f'explain(subject: "91440000XXXX00027A", measure: "demo-memo-old-01") {{ first: {checks} second: {checks} }}'
    )
    for way in ways:
        answered = orjson.loads(way.answer(f"{{ {explain} }}", None, {}).body)
        for place in ("first", "second"):
            superseded = answered["data"]["explain"][place][0]
            assert superseded == {
                "rule": 2,
                "memorandum": {
                    "code": "demo-memo-new",
                    "inForce": True,
                    "supersedes": {"code": "demo-memo-old", "supersededBy": {"code": "demo-memo-new"}},
                },
            }


OF_A_SUBJECT = """
    standing
    advice(powerItem: "pi-gd-cz-06")
    applicableMeasures { totalCount nodes { measure { code } grounds { affiliation { organization { standing } } } } }
    applicableAgencies { agency { code } }
"""


@pytest.mark.parametrize(
    "root",
    [
        'measurePaths(subject: "440000190001010019") { nodes { ground { affiliation { organization { %s } } } } }',
        'measurePaths(subject: "440000190001010019", last: 3) { nodes { steps { node { ... on Entity { %s } } } } }',
        'measurePathsFor(subjects: ["440000190001010019"]) { edges { node { ground { listing { entity { %s } } } } } }',
        "conflicts { nodes { subject { %s } } }",
    ],
)
def test_rules_within_the_rows_of_rules(root: str, ways: tuple[Way, Way], seeds: None) -> None:
    """A rule may bind the same names again inside the rows of another rule."""
    answered = compare(f"{{ {root % OF_A_SUBJECT} }}", None, {}, ways)
    assert b'"standing"' in answered.body
    assert b'"errors"' not in answered.body, answered.body
