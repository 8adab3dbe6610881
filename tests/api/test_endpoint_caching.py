"""Caches may keep the catalogue and nothing about a subject."""

import pytest
from graphql import GraphQLType, get_named_type, is_abstract_type

from api.schema.build import schema
from api.schema.fields import public_fields
from tests.support.client import Client

SUBJECT = '{ subject(identifier: "91440000XXXX00019F") { kind } }'
CATALOGUE = [
    "{ __typename }",
    "{ __schema { queryType { name } } }",
    "{ memoranda(first: 2) { nodes { code title } } }",
    '{ coverage { powerItemCount } agency(code: "nobody") { code } }',
    "{ agencyNetwork(minSharedMemoranda: 3) { nodes { degree } } }",
]
PERSONAL = [
    SUBJECT,
    "{ memoranda(first: 2) { nodes { code } } ...S } fragment S on Query { subjects(identifiers: []) { id } }",
    '{ m: __typename search(text: "广东") { totalCount } }',
    "{ nodes(ids: []) { id } }",
]


@pytest.mark.parametrize("query", CATALOGUE)
def test_the_catalogue_may_be_kept(client: Client, seeds: None, query: str) -> None:
    first = client.http.get("/graphql", params={"query": query})
    assert first.status_code == 200
    assert first.headers["cache-control"] == "public, max-age=60"
    assert "accept" in first.headers["vary"].lower()
    tag = first.headers["etag"]
    for named in (tag, f'"other", W/{tag}', "*"):
        again = client.http.get("/graphql", params={"query": query}, headers={"if-none-match": named})
        assert (again.status_code, again.content) == (304, b"")
        assert (again.headers["etag"], again.headers["cache-control"]) == (tag, "public, max-age=60")
    assert client.http.get("/graphql", params={"query": query}, headers={"if-none-match": '"x"'}).json() == first.json()


def test_each_media_type_has_its_own_tag(client: Client) -> None:
    tags = {
        client.http.get("/graphql", params={"query": "{ __typename }"}, headers={"accept": accept}).headers["etag"]
        for accept in ("application/json", "application/graphql-response+json")
    }
    assert len(tags) == 2


@pytest.mark.parametrize("query", PERSONAL)
def test_what_may_tell_of_a_subject_is_never_kept(client: Client, seeds: None, query: str) -> None:
    response = client.http.get("/graphql", params={"query": query}, headers={"if-none-match": "*"})
    assert response.status_code == 200
    assert "errors" not in response.json()
    assert response.headers["cache-control"] == "no-store"
    assert "etag" not in response.headers


@pytest.mark.parametrize("query", ["{", "{ nothing }", "{ memoranda(first: -1) { totalCount } }"])
def test_errors_are_never_kept(client: Client, seeds: None, query: str) -> None:
    response = client.http.get("/graphql", params={"query": query})
    assert response.headers["cache-control"] == "no-store"
    assert "etag" not in response.headers


def test_answers_to_post_are_never_kept(client: Client) -> None:
    response = client.http.post("/graphql", json={"query": "{ __typename }"}, headers={"if-none-match": "*"})
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"


def test_what_any_cache_may_keep_never_leads_to_a_subject() -> None:
    """Fields that no cache may keep: those that lead to a subject under some selection, and `changes`, which counts
    them."""
    query = schema._schema.query_type
    assert query
    fields = query.fields
    lead = {name for name, field in fields.items() if {"Entity", "Listing"} & reached(field.type)}
    assert fields.keys() - public_fields(schema._schema) == lead | {"changes"}


def reached(start: GraphQLType) -> set[str]:
    """The names of all types that a selection below `start` can reach."""
    seen: set[str] = set()
    waiting = [get_named_type(start)]
    while waiting:
        named = waiting.pop()
        if named.name in seen:
            continue
        seen.add(named.name)
        if is_abstract_type(named):
            waiting += schema._schema.get_possible_types(named)
        waiting += [get_named_type(field.type) for field in getattr(named, "fields", {}).values()]
    return seen
