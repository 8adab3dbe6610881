"""The fast path falls back to graphql-core: the client gets the same error as without it."""

from collections.abc import Iterator
from typing import Any

import orjson
import pytest

from api.execution.catalogue_cache import CatalogueCache
from api.execution.plans import PlanCache
from api.execution.response_builder import Builder, ResponseBuilder
from api.execution.selection import Selection
from graph.ids import global_id
from graph.model import Label
from graph.store.database import Target
from tests.comparisons.ways import Way, compare, way_of


@pytest.fixture(scope="module")
def ways(target: Target) -> Iterator[tuple[Way, Way]]:
    """A gateway with the fast path, and one without."""
    with way_of(target, True) as fast, way_of(target, False) as slow:
        yield fast, slow


def test_a_plan_serves_only_arguments_that_pass_its_guards(ways: tuple[Way, Way], seeds: None) -> None:
    """With a filter the statement is another one than without: null counts as without."""
    text = """query ($color: ListColor) {
      subject(identifier: "91440000XXXX00027A") { listings(color: $color, includeInactive: true) { listingNo } }
    }"""
    answers = [compare(text, None, {"color": color}, ways).body for color in (None, "RED", None, "BLACK", "RED")]
    assert answers[0] == answers[2] == answers[3]
    assert answers[1] == answers[4] != answers[0]


CONDITIONS = {
    "{ agency(code: $a) @include(if: $x) { code } }": None,
    "{ ... @include(if: $x) { agency(code: $a) { code } } }": None,
    "{ agency(code: $a) { code @include(if: $x) } }": ["agency"],
    "{ agency(code: $a) { ... @skip(if: $x) { code } } }": ["agency"],
    "{ agency(code: $a) { measures { memorandum { code @skip(if: $x) } } } }": ["agency", "measures", 0, "memorandum"],
    "{ creditLists { nodes { code @include(if: $x) } } agency(code: $a) { code } }": ["creditLists", "nodes", 0],
    "{ creditLists(first: 1) { nodes { code } totalCount @skip(if: $x) } agency(code: $a) { code } }": ["creditLists"],
    "{ node(id: $id) { ... on Agency { code @include(if: $x) } } agency(code: $a) { code } }": ["node"],
    """{ subject(identifier: "91440000XXXX00019F") {
        name applicableMeasures(first: 1) { nodes { measure { code @include(if: $x) } } }
    } agency(code: $a) { code } }""": ["subject", "applicableMeasures", "nodes", 0, "measure"],
    """{ subject(identifier: "91440000XXXX00019F") {
        name applicableMeasures(first: 1) { nodes { measure { code } ... @skip(if: $x) { grounds { via } } } }
    } agency(code: $a) { code } }""": ["subject", "applicableMeasures", "nodes", 0],
}


@pytest.mark.parametrize("body", CONDITIONS)
def test_a_condition_that_is_null(body: str, ways: tuple[Way, Way], seeds: None) -> None:
    """It is the same client error at every place, with one code, reported at the field that selects."""
    kind = ", $id: ID!" if "$id" in body else ""
    variables = {"x": None, "a": "gd-cz", "id": global_id(Label.AGENCY, "gd-cz")}
    answered = compare(f"query ($x: Boolean = true, $a: String!{kind}) {body}", None, variables, ways)
    [error] = orjson.loads(answered.body)["errors"]
    assert error["extensions"] == {"code": "BAD_USER_INPUT"}
    assert error["locations"]
    assert error.get("path") == CONDITIONS[body]
    assert answered.status == (400 if CONDITIONS[body] is None else 200)


@pytest.mark.parametrize(
    "body",
    [
        'query ($a: String = "sx-2016") { memorandum(code: $a) { code } measure(code: "nobody") { code } }',
        'query ($a: String = "x") { conflicts { nodes { subject { name advice(powerItem: $a) } } } }',
    ],
)
def test_an_argument_that_is_null(body: str, ways: tuple[Way, Way], seeds: None) -> None:
    """A default allows a nullable variable for a non-null argument; null is then a client error at the field."""
    answered = compare(body, None, {"a": None}, ways)
    assert b"INTERNAL_SERVER_ERROR" not in answered.body, answered.body


def _failing(*_arguments: Any) -> Any:
    raise RuntimeError("nobody foresaw it")


@pytest.mark.parametrize(
    ("owner", "name", "broken"),
    [
        (Selection, "roots", _failing),
        (ResponseBuilder, "operation", _failing),
        (ResponseBuilder, "thing", _failing),
        (ResponseBuilder, "operation", lambda _builder: Builder(_failing)),
        (ResponseBuilder, "thing", lambda *_: Builder(_failing)),
        (CatalogueCache, "fragments", _failing),
        (PlanCache, "ready", _failing),
    ],
)
def test_an_error_of_this_way_reaches_no_client(
    owner: type, name: str, broken: Any, target: Target, seeds: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If anything raises while a plan is made, found or filled, the slow path answers."""
    with way_of(target, True) as fast, way_of(target, False) as slow:
        text = '{ agency(code: "gd-cz") { code name } }'
        expected = slow.answer(text, None, {})
        if owner is Selection:  # the slow path uses it too: broken only for the first caller
            calls = iter([broken])
            whole = Selection.roots
            broken = lambda selection: next(calls, whole)(selection)  # noqa: E731
        monkeypatch.setattr(owner, name, broken)
        assert fast.answer(text, None, {}) == expected
        assert (fast.counted()["failed"], fast.counted()["slow"]) == (1, 1)
