"""Documents are checked once, rejected with a code, and cached within limits."""

import time
from contextlib import suppress
from dataclasses import replace

import pytest
from graphql import GraphQLError

from api import errors
from api.documents import cache as documents
from api.documents.cache import DocumentRejected, Documents
from api.documents.limits import DEFAULTS
from api.schema.build import schema

CORE = schema._schema
PAGE = "query ($first: Int) { agencies(first: $first) { nodes { code } } }"


@pytest.fixture
def prepared() -> Documents:
    return Documents(CORE, DEFAULTS)


def refusal(cache: Documents, text: str) -> list[GraphQLError]:
    with pytest.raises(DocumentRejected) as refused:
        cache.prepare(text)
    return refused.value.errors


def codes(errors: list[GraphQLError]) -> set[str]:
    return {(error.extensions or {})["code"] for error in errors}


def test_the_second_ask_is_a_hit_whatever_its_variables(prepared: Documents) -> None:
    first = prepared.prepare(PAGE)
    assert (prepared.hits, prepared.misses) == (0, 1)
    again = prepared.prepare(PAGE)
    assert again is first
    assert (prepared.hits, prepared.misses) == (1, 1)
    assert [again.cost(None, {"first": size}) for size in (1, 500, 1000)] == [3, 502, 1002]
    with pytest.raises(DocumentRejected):
        Documents(CORE, replace(DEFAULTS, cost=100)).prepare(PAGE).cost(None, {"first": 500})


def test_the_limits_cost_no_hit() -> None:
    cache = Documents(CORE, replace(DEFAULTS, cost=100))
    for size in (5, 5000, 5):
        try:
            cache.prepare(PAGE).cost(None, {"first": size})
        except DocumentRejected:
            assert size == 5000
    assert (cache.hits, cache.misses) == (2, 1)


def test_what_is_refused_is_not_remembered(prepared: Documents) -> None:
    for _ in range(2):
        refusal(prepared, "{ nothing }")
    assert (prepared.hits, prepared.misses) == (0, 2)


def test_the_latest_used_are_remembered() -> None:
    cache = Documents(CORE, DEFAULTS, size=2)
    for name in "abaca":
        cache.prepare(f"query {name} {{ __typename }}")
    assert (cache.hits, cache.misses) == (2, 3)
    cache.prepare("query b { __typename }")
    assert cache.misses == 4


def test_the_characters_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_CHARACTERS", 1000)
    cache = Documents(CORE, DEFAULTS)
    texts = [f"query q{i:02} {{ __typename }}{' ' * 70}" for i in range(20)]
    for text in texts:
        cache.prepare(text)
    remembered = 1000 // len(texts[0])
    for text in reversed(texts):
        cache.prepare(text)
    assert cache.hits == remembered
    large = "{ __typename }" + " " * 100
    for _ in range(2):
        cache.prepare(large)
    assert cache.misses == 20 + (20 - remembered) + 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "{ agencies(first: 1 { nodes }",
        "{ name \x00 }",
        "{ a" * 100_000,
        '{ nodes(ids: "x") { id } }'.replace('"x"', "[" * 100_000),
        '{ nodes(ids: "x") { id } }'.replace('"x"', "[" * 3000 + '"x"' + "]" * 3000),
        "query ($a: " + "[" * 5000 + "Int" + "]" * 5000 + ") { __typename }",
    ],
)
def test_what_is_no_graphql_is_a_parse_error(prepared: Documents, text: str) -> None:
    started = time.process_time()
    [error] = refusal(prepared, text)
    assert codes([error]) == {"GRAPHQL_PARSE_FAILED"}
    assert error.message.startswith("Syntax Error: ")
    assert error.locations
    assert time.process_time() - started < 2


def test_a_list_40_deep_is_refused_by_its_type(prepared: Documents) -> None:
    errors = refusal(prepared, '{ nodes(ids: "x") { id } }'.replace('"x"', "[" * 40 + '"x"' + "]" * 40))
    assert codes(errors) == {"GRAPHQL_VALIDATION_FAILED"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{ agencie { nodes { code } } }", "Did you mean 'agencies'"),
        ("{ agencies { nodes { code } } ", "Syntax Error"),
        ("{ agency { code } }", "required"),
        ("{ agencies }", "subfields"),
        ("query ($x: Int) { __typename }", "never used"),
        ("{ ...a } fragment a on Query { ...a }", "within itself"),
        ("mutation { a }", "mutation"),
        ("type Agency { code: String }", "not executable"),
        ("fragment a on Query { __typename }", "never used"),
    ],
)
def test_what_does_not_fit_the_schema_is_reported(prepared: Documents, text: str, message: str) -> None:
    errors = refusal(prepared, text)
    assert codes(errors) <= {"GRAPHQL_VALIDATION_FAILED", "GRAPHQL_PARSE_FAILED"}
    assert message in errors[0].message


def test_the_errors_are_bounded(prepared: Documents) -> None:
    errors = refusal(prepared, "{ " + " ".join(f"b{i}" for i in range(4000)) + " }")
    assert len(errors) == DEFAULTS.errors + 1
    assert "Too many validation errors" in errors[-1].message


def test_messages_are_bounded_and_hold_no_resident_id(prepared: Documents) -> None:
    [error] = refusal(prepared, "{ " + "a" * 900_000 + " }")
    assert len(error.message) == errors.MAX_MESSAGE + 1
    [error] = refusal(prepared, '{ agencies(first: "' + "x" * 470 + ' 11010119900307421X") { nodes { code } } }')
    assert "1101011990" not in error.message


def test_operations_are_found_by_name(prepared: Documents) -> None:
    one, several = (
        prepared.prepare("query a { __typename }"),
        prepared.prepare("query a { x: __typename } query b { n: __typename }"),
    )
    assert one.operation(None) is one.operation("a")
    assert several.operation("b") is several.document.definitions[1]
    for document, name, message in (
        (several, None, "name one of them in `operationName`"),
        (several, "c", "'c'"),
        (one, "b", "'b'"),
        (prepared.prepare("{ __typename }"), "b", "'b'"),
        (one, "z" * 5000, "…"),
    ):
        with pytest.raises(DocumentRejected, match=message) as refused:
            document.operation(name)
        assert codes(refused.value.errors) == {"BAD_USER_INPUT"}
        assert len(str(refused.value)) < 250
        with pytest.raises(DocumentRejected):
            document.cost(name, {})


def test_each_operation_has_its_cost(prepared: Documents) -> None:
    document = prepared.prepare(
        "query a($n: Int = 3) { agencies(first: $n) { nodes { code } } } query b { agencies { nodes { code } } }"
    )
    assert (document.cost("a", {}), document.cost("a", {"n": 4}), document.cost("b", {"n": 4})) == (5, 6, 22)


@pytest.mark.parametrize(
    "text",
    [
        "{ " + "__typename " * 9000 + "}",
        "{ memoranda { nodes { " + "measures { code } " * 1600 + "} } }",
        "{ memoranda { nodes { " + "... on Memorandum { code } " * 1600 + "} } }",
        "{ ...f0 } " + " ".join(f"fragment f{i} on Query {{ ...f{i + 1} ...f{i + 1} }}" for i in range(1000)),
        "{ ...f } fragment f on Query { " + "...f " * 4000 + "}",
        " ".join(f"query q{i} {{ ...f }}" for i in range(50)) + " fragment f on Query { " + "__typename " * 4000 + "}",
        "{ " + " ".join(f"a{i}: agencies {{ nodes {{ code }} }}" for i in range(10_000)) + " }",
        "{ nodes(ids: [" + '"x" ' * 9900 + "]) { id } }",
        "#\n" * 400_000 + "{ __typename }",
        "{ __typename " + "@skip(if: true) " * 1500 + "}",
    ],
)
def test_no_document_takes_long(prepared: Documents, text: str) -> None:
    started = time.process_time()
    with suppress(DocumentRejected):
        prepared.prepare(text)
    assert time.process_time() - started < 3  # a tenth of that on a quiet machine
