"""Global ids, cursors and batches over the seeds: stable, with the type of their node, refused if malformed."""

from pathlib import Path
from typing import Any

import pytest

from graph.ids import global_id
from graph.model import Label
from tests.conftest import SEEDS, Graph
from tests.graph.test_catalogue import SEEDED, TYPES, Type
from tests.support.client import Client
from tests.support.rows import Rows

SOME = [
    global_id(Label.MEASURE, "sx-2016-13"),
    global_id(Label.AGENCY, "cn-spc"),
    global_id(Label.POWER_ITEM, "demo-pi-city"),
]


@pytest.fixture(autouse=True)
def _seeds(seeds: None) -> None:
    """The graph holds the seeds."""


def everything(client: Client) -> list[Any]:
    identifiers = [row["identifier"] for row in SEEDED.rows("entities")]
    subjects = client.ask("query ($i: [String!]!) { subjects(identifiers: $i) { id } }", i=identifiers)["subjects"]
    ids = [global_id(Label(kind.name), row[kind.key]) for kind in TYPES for row in SEEDED.rows(kind.table)]
    found: list[Any] = subjects
    for start in range(0, len(ids), 500):
        found += client.ask("query ($i: [ID!]!) { nodes(ids: $i) { __typename id } }", i=ids[start : start + 500])[
            "nodes"
        ]
    return found


def test_ids_are_stable(client: Client, graph: Graph) -> None:
    """After a second load, and after a load into an emptied graph."""
    before = everything(client)
    assert None not in before
    assert len({node["id"] for node in before}) == len(before) > 600
    graph.load(SEEDS / "catalogue")
    graph.load(SEEDS / "demo")
    assert everything(client) == before
    graph.hold(SEEDS / "catalogue", SEEDS / "demo")
    assert everything(client) == before


def test_an_id_finds_its_subject(client: Client) -> None:
    identifiers = [row["identifier"] for row in SEEDED.rows("entities")]
    subjects = client.ask("query ($i: [String!]!) { subjects(identifiers: $i) { id name } }", i=identifiers)["subjects"]
    query = "query ($i: [ID!]!) { nodes(ids: $i) { __typename id ... on Entity { name } } }"
    assert client.ask(query, i=[subject["id"] for subject in subjects])["nodes"] == [
        {"__typename": "Entity"} | subject for subject in subjects
    ]
    assert not any(identifier in subject["id"] for identifier in identifiers for subject in subjects)


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.name)
def test_node(client: Client, kind: Type) -> None:
    """The id alone determines the type of a node; an id of no node is null."""
    key = next(iter(SEEDED.rows(kind.table)))[kind.key]
    query = "query ($id: ID!) { node(id: $id) { __typename id } }"
    id_ = global_id(Label(kind.name), key)
    assert client.ask(query, id=id_)["node"] == {"__typename": kind.name, "id": id_}
    assert client.ask(query, id=global_id(Label(kind.name), "no such key"))["node"] is None


@pytest.mark.parametrize(
    "malformed",
    [
        "", "nonsense", "sx-2016-13", SOME[0] + "=", SOME[0][1:], SOME[0] + "*", global_id(Label.META, "identityKey"),
        "\ufffd", "Tm9ib2R5OjE",
    ],
)  # fmt: skip
def test_a_malformed_id_is_an_error_at_its_place(client: Client, malformed: str) -> None:
    body = client.answer("query ($id: ID!) { node(id: $id) { id } }", id=malformed)
    (error,) = body["errors"]
    assert (error["path"], error["extensions"]["code"], body["data"]) == (["node"], "BAD_USER_INPUT", {"node": None})
    body = client.answer("query ($i: [ID!]!) { nodes(ids: $i) { id } }", i=[SOME[0], malformed, SOME[1]])
    (error,) = body["errors"]
    assert (error["path"], error["extensions"]["code"]) == (["nodes", 1], "BAD_USER_INPUT")
    assert body["data"]["nodes"] == [{"id": SOME[0]}, None, {"id": SOME[1]}]


def test_nodes_keep_their_order(client: Client) -> None:
    nothing = global_id(Label.MEASURE, "no such measure")
    ids = [SOME[2], nothing, SOME[0], SOME[1], SOME[0], nothing]
    found = client.ask("query ($i: [ID!]!) { nodes(ids: $i) { id } }", i=ids)["nodes"]
    assert [node and node["id"] for node in found] == [None if id_ == nothing else id_ for id_ in ids]
    assert client.ask("{ nodes(ids: []) { id } }")["nodes"] == []


@pytest.mark.parametrize("malformed", ["91440000XXXX00019G", "12", "", "440000190001010018"])
def test_subjects_keep_their_order(client: Client, malformed: str) -> None:
    """Null where unknown, an error where malformed, twice if requested twice."""
    first, second = "91440000XXXX00019F", "440000190001010019"
    body = client.answer(
        "query ($i: [String!]!) { subjects(identifiers: $i) { name } }",
        i=[second, "91350100M000100Y43", malformed, first, second],
    )
    (error,) = body["errors"]
    assert (error["path"], error["extensions"]["code"]) == (["subjects", 2], "BAD_USER_INPUT")
    names = [found and found["name"] for found in body["data"]["subjects"]]
    entities = SEEDED.tables["entities"]
    assert names == [entities[second]["name"], None, None, entities[first]["name"], entities[second]["name"]]


@pytest.mark.parametrize(
    ("query", "values"),
    [
        ("query ($v: [String!]!) { subjects(identifiers: $v) { id } }", "91440000XXXX00019F"),
        ("query ($v: [ID!]!) { nodes(ids: $v) { id } }", SOME[0]),
    ],
)
def test_five_hundred_at_a_time(client: Client, query: str, values: str) -> None:
    (found,) = client.ask(query, v=[values] * 500).values()
    assert len(found) == 500
    assert all(found)
    body = client.answer(query, v=[values] * 501)
    (error,) = body["errors"]
    assert error["extensions"] == {"code": "LIMIT_EXCEEDED", "limit": "batch", "maximum": 500, "found": 501}
    assert "501" in error["message"]
    assert "500" in error["message"]
    assert "data" not in body


@pytest.mark.parametrize("cursor", ["", "nonsense", SOME[1], f"{SOME[0]}.{SOME[0]}", SOME[0] + ".", "." * 6, "....."])
def test_a_malformed_cursor_is_an_error_at_its_place(client: Client, cursor: str) -> None:
    for field, path in (
        ('subject(identifier: "91440000XXXX00019F") { applicableMeasures(after: $c) { totalCount } }',
         ["subject", "applicableMeasures"]),
        ('measurePaths(subject: "91440000XXXX00019F", after: $c) { totalCount }', ["measurePaths"]),
    ):  # fmt: skip
        (error,) = client.answer(f"query ($c: String!) {{ {field} }}", c=cursor)["errors"]
        assert (error["path"], error["extensions"]["code"]) == (path, "BAD_USER_INPUT")


def test_a_registration_number_that_several_share_is_nobodys(graph: Graph, client: Client, tmp_path: Path) -> None:
    rows = Rows()
    for name, number in (("甲", "440300000000001"), ("乙", "440300000000002"), ("丙", "440300000000002")):
        rows.organization(name, registration_no=number)
    graph.wipe()
    graph.load(rows.write(tmp_path))
    query = """{
      alone: subject(identifier: "440300000000001") { name }
      shared: subject(identifier: "440300000000002") { name }
      subjects(identifiers: ["440300000000002", "440300000000001"]) { name }
    }"""
    body = client.answer(query)
    assert body["data"] == {"alone": {"name": "甲"}, "shared": None, "subjects": [None, {"name": "甲"}]}
    (error,) = body["errors"]
    assert (error["path"], error["extensions"]["code"]) == (["shared"], "BAD_USER_INPUT")
