"""Limits: each allows its figure and refuses one more, and the analysis is linear however fragments chain."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from graphql import GraphQLError, get_introspection_query, parse

from api.documents.analysis import Analysis
from api.documents.cache import DocumentRejected, Documents
from api.documents.cost import with_defaults
from api.documents.limits import DEFAULTS, LIMIT_EXCEEDED, Limits
from api.schema.build import schema
from graph.settings import Settings
from tests.support.client import translate

CORE = schema._schema
SUBJECTS = """query ($identifiers: [String!]!) {
  subjects(identifiers: $identifiers) {
    name identifier standing
    listings { documentNo listedOn list { code name } }
    applicableMeasures(first: 20) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        measure { code nature agencies { code name } }
        grounds { list { code } memorandum { code } }
      }
    }
  }
}"""
PATHS = """query ($subject: String!, $first: Int = 1000) {
  measurePaths(subject: $subject, first: $first) {
    pageInfo { hasNextPage endCursor }
    nodes {
      ground { via listing { listingNo listedOn documentNo } list { code name color } memorandum { code docNumber } }
      measure { code number nature content legalBases agencies { code shortName } }
      powerItem { code name scene region { name } }
      division { code name } agency { code name shortName }
      steps { relationship node { id } }
    }
  }
}"""


def analysed(text: str) -> Analysis:
    return Analysis(parse(text), CORE, DEFAULTS.page)


def cost(text: str, /, **variables: Any) -> int:
    analysis = analysed(text)
    [operation] = analysis.operations
    return analysis.costs.evaluate(analysis.cost(operation), with_defaults(operation, variables))


def refusal(text: str, limits: Limits = DEFAULTS, /, **variables: Any) -> list[GraphQLError]:
    try:
        Documents(CORE, limits).prepare(text).cost(None, variables)
    except DocumentRejected as refused:
        return refused.errors
    return []


def chained(times: int, length: int) -> str:
    """Fragments that each spread the next one so many times."""
    spreads = [f"fragment f{i} on Query {{ {f'...f{i + 1} ' * times} }}" for i in range(length)]
    return "{ ...f0 } " + " ".join(spreads) + f" fragment f{length} on Query {{ a: __typename }}"


def nested(levels: int) -> str:
    return "{ agency(code: $c) " + "{ parent " * (levels - 2) + "{ code } " + "} " * (levels - 1)


# Each makes a valid document that reaches the figure exactly.
EXACT: dict[str, Callable[[int], str]] = {
    "tokens": lambda figure: "{ " + "code:__typename " * ((figure - 2) // 3) + "__typename " * ((figure - 2) % 3) + "}",
    "depth": lambda figure: nested(figure).replace("$c", '"x"'),
    "aliases": lambda figure: "{ " + " ".join(f"a{i}: __typename" for i in range(figure)) + " }",
    "selections": lambda figure: "{ " + "__typename " * figure + "}",
    "directives": lambda figure: "{ " + " ".join("__typename @skip(if: false)" for _ in range(figure)) + " }",
    "operations": lambda figure: " ".join(f"query q{i} {{ __typename }}" for i in range(figure)),
    "variables": lambda figure: (
        f"query ({' '.join(f'$v{i}: ID!' for i in range(figure))})"
        f"{{ nodes(ids: [{' '.join(f'$v{i}' for i in range(figure))}]) {{ id }} }}"
    ),
    "nesting": lambda figure: "{ " + "... { " * (figure - 1) + "__typename " + "} " * figure,
    "introspection_depth": lambda figure: (
        "{ __schema { queryType { " + "ofType { " * (figure - 3) + "name " + "} " * (figure)
    ),
    "introspection": lambda figure: "{ __schema { " + "description " * (figure - 1) + "} }",
    "cost": lambda figure: "{ agency(code: $c) { " + "code " * (figure - 1) + "} }",
}


@pytest.mark.parametrize("limit", EXACT)
def test_a_limit_holds_at_its_figure_and_refuses_one_more(limit: str) -> None:
    figure = 30
    limits = replace(DEFAULTS, **{limit: figure})
    for size, refused in ((figure, False), (figure + 1, True)):
        text = EXACT[limit](size).replace("$c", '"x"')
        name = "q0" if limit == "operations" else None
        try:
            Documents(CORE, limits).prepare(text).cost(name, {})
            errors = []
        except DocumentRejected as raised:
            errors = raised.errors
        if not refused:
            assert not errors, errors
            continue
        [error] = errors
        assert error.extensions == {"code": LIMIT_EXCEEDED, "limit": limit, "maximum": figure, "found": figure + 1}
        assert f"{figure + 1}; the maximum is {figure}: " in error.message


def test_every_limit_is_tried() -> None:
    figures = set(Limits.__dataclass_fields__)
    assert figures - set(EXACT) == {"page", "validation", "errors"}


def test_the_limits_are_those_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("tokens", "depth", "aliases", "selections", "directives", "cost", "page")
    for figure, name in enumerate(names, 1):
        monkeypatch.setenv(f"JOINTCREDIT_MAX_{name.upper()}", str(figure))
    limits = Limits.of(Settings())
    assert [getattr(limits, name) for name in names] == list(range(1, len(names) + 1))


def test_comparisons_of_validation_are_limited() -> None:
    fields = "code title " * 1200
    [error] = refusal(f"{{ memoranda {{ nodes {{ {fields} }} }} }}")
    assert error.extensions
    assert error.extensions["limit"] == "validation"


@pytest.mark.parametrize(
    "text",
    [
        get_introspection_query(),
        get_introspection_query(
            specified_by_url=True,
            directive_is_repeatable=True,
            schema_description=True,
            input_value_deprecation=True,
            experimental_directive_deprecation=True,
            one_of=True,
        ),
        PATHS,
        '{ node(id: "x") { id ... on Measure { code agencies { code name } } ... on Entity { name standing } } }',
        "{ memoranda(first: 1000) { totalCount nodes { code title measures { code agencies { code name } } } } }",
    ],
)
def test_what_clients_ask_passes(text: str) -> None:
    assert not refusal(text)


def test_lists_in_lists_of_the_introspection_are_refused() -> None:
    [error] = refusal("{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }")
    assert error.message == "Maximum introspection depth exceeded"


def test_a_full_batch_passes() -> None:
    assert not refusal(SUBJECTS, identifiers=["x"] * 500)


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("{ agencies(first: 1000) { nodes { measures { powerItems { measures { code } } } } } }", "cost"),
        ("{ measures(first: 1000) { nodes { agencies { measures { agencies { code } } } } } }", "cost"),
        (chained(2, 20), "selections"),
        (chained(1, 300), "nesting"),
        (
            "{ "
            + " ".join(f"a{i}: __schema {{ types {{ fields {{ name description }} }} }}" for i in range(99))
            + " }",
            "introspection",
        ),
        ('{ __type(name: "Query") { ' + "ofType { " * 20 + "name" + " }" * 22, "introspection_depth"),
        ("{ " + " ".join(f"a{i}: __typename" for i in range(3000)) + " }", "aliases"),
    ],
)
def test_what_multiplies_is_refused(text: str, limit: str) -> None:
    assert limit in {error.extensions["limit"] for error in refusal(text) if error.extensions}


@pytest.mark.parametrize(
    ("text", "variables", "units"),
    [
        ('{ agency(code: "x") { code name } }', {}, 3),
        ('{ agency(code: "x") { code ...F ... { name } } } fragment F on Agency { level }', {}, 4),
        ('{ agency(code: "x") { children { code } } }', {}, 2 + 10),
        ("{ agencies { nodes { code } } }", {}, 2 + 20),
        ("{ agencies(first: 7) { nodes { code } edges { cursor node { code } } } }", {}, 3 + 7 + 7 * 3),
        ("{ agencies(last: 7) { nodes { code } } }", {}, 2 + 7),
        ("{ agencies(first: null) { nodes { code } } }", {}, 2 + 20),
        ("{ agencies(first: 99999) { nodes { code } } }", {}, 2 + 1000),
        ("{ agencies(first: -1) { nodes { code } } }", {}, 2),
        ("{ agencies(first: 7) { totalCount ...F } } fragment F on AgencyConnection { nodes { code } }", {}, 3 + 7),
        ("query ($n: Int) { agencies(first: $n) { nodes { code } } }", {"n": 5}, 2 + 5),
        ("query ($n: Int) { agencies(first: $n) { nodes { code } } }", {"n": 5.0}, 2 + 5),
        ("query ($n: Int) { agencies(first: $n) { nodes { code } } }", {"n": None}, 2 + 20),
        ("query ($n: Int) { agencies(first: $n) { nodes { code } } }", {"n": "many"}, 2 + 20),
        ("query ($n: Int) { agencies(first: $n) { nodes { code } } }", {}, 2 + 20),
        ("query ($n: Int = 9) { agencies(first: $n) { nodes { code } } }", {}, 2 + 9),
        ("query ($n: Int) { agencies(last: $n) { nodes { code } } }", {"n": 5}, 2 + 5),
        ('{ nodes(ids: ["a", "b"]) { id } }', {}, 1 + 2),
        ("query ($i: [ID!]!) { nodes(ids: $i) { id } }", {"i": ["a"] * 500}, 1 + 500),
        ("query ($i: [ID!]!) { nodes(ids: $i) { id } }", {"i": "a"}, 1 + 1),
        (
            "query ($s: [String!]!, $n: Int) { measurePathsFor(subjects: $s, first: $n) { nodes { legalBases } } }",
            {"s": ["a"] * 3, "n": 4},
            1 + 3 * (1 + 4),
        ),
        ("{ agencies(first: 7) @skip(if: true) { nodes { code } } }", {}, 2 + 7),
        ("{ __typename __schema { queryType { name } } }", {}, 1),
    ],
)
def test_cost(text: str, variables: dict[str, Any], units: int) -> None:
    assert cost(text, **variables) == units


NOT_SENT = object()
ROWS = {
    "absent": ("", "", NOT_SENT),
    "null": ("{}: null", "", NOT_SENT),
    "literal": ("{}: {}", "", NOT_SENT),
    "variable": ("{}: ${}", "Int", "value"),
    "variable, not sent": ("{}: ${}", "Int", NOT_SENT),
    "variable, null": ("{}: ${}", "Int", None),
    "default": ("{}: ${}", "Int = {}", NOT_SENT),
    "default, null": ("{}: ${}", "Int = {}", None),
}
"""Ways to pass an argument of a page: its text at the field, its declaration as a variable, the value that is sent."""
GIVES = ("literal", "variable", "default")


@pytest.mark.parametrize(
    ("first", "last"), [(first, last) for first in ROWS for last in ROWS if not {first, last} <= set(GIVES)]
)
def test_a_page_costs_what_is_read_of_it(first: str, last: str) -> None:
    """For every way to pass the size: Relay's clients send all four variables of a page, the unused ones as null."""
    arguments, declared, sent = [], [], {}
    for name, way, size in (("first", first, 3), ("last", last, 2)):
        argument, variable, value = ROWS[way]
        arguments.append(argument.format(name, name if variable else size))
        declared.append(f"${name}: {variable.format(size)}" if variable else "")
        if value is not NOT_SENT:
            sent[name] = size if value == "value" else value
    head, field_arguments = (f"({', '.join(filter(None, parts))})" for parts in (declared, arguments))
    text = f"query {head} {{ agencies{field_arguments} {{ nodes {{ code }} }} }}".replace("()", "")
    assert cost(text, **sent) == 2 + translate(text, **sent).parameters["p0"]


def test_a_large_page_is_left_to_the_connection_to_refuse() -> None:
    assert not refusal("query ($n: Int) { agencies(first: $n) { nodes { code } } }", n=10**12)
