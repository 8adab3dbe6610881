"""Automatic persisted queries, in the protocol of Apollo's clients."""

import json
from hashlib import sha256
from typing import Any

import pytest

from api.documents.persisted import PersistedQueries, digest_of
from api.documents.request import GraphQLRequest
from api.errors import RequestError
from tests.support.client import Client

QUERY = "query Named($c: String!) { __typename measure(code: $c) { code } }"
VARIABLES = {"c": "none"}
GRAPHQL_RESPONSE = "application/graphql-response+json"


def extension(text: str, **others: Any) -> dict[str, Any]:
    return {"persistedQuery": {"version": 1, "sha256Hash": sha256(text.encode()).hexdigest()} | others}


def get(client: Client, **parameters: Any) -> Any:
    encoded = {name: value if name == "query" else json.dumps(value) for name, value in parameters.items()}
    return client.http.get("/graphql", params=encoded, headers={"accept": GRAPHQL_RESPONSE})


def post(client: Client, **body: Any) -> Any:
    return client.http.post("/graphql", json=body, headers={"accept": GRAPHQL_RESPONSE})


@pytest.mark.parametrize("send", [get, post])
def test_a_document_is_sent_once(client: Client, send: Any) -> None:
    query = f"{QUERY} # {send.__name__}"
    unknown = send(client, extensions=extension(query), variables=VARIABLES)
    assert unknown.status_code == 200
    assert unknown.headers["cache-control"] == "no-store"
    (error,) = unknown.json()["errors"]
    assert error == {"message": "PersistedQueryNotFound", "extensions": {"code": "PERSISTED_QUERY_NOT_FOUND"}}
    expected = {"data": {"__typename": "Query", "measure": None}}
    for body in ({"query": query}, {}, {}):
        answer = send(client, extensions=extension(query), variables=VARIABLES, **body)
        assert answer.status_code == 200
        assert answer.json() | {"extensions": None} == expected | {"extensions": None}


def test_a_query_by_digest_may_be_kept(client: Client) -> None:
    query = "{ __typename } # kept"
    post(client, query=query, extensions=extension(query))
    assert get(client, extensions=extension(query)).headers["cache-control"].startswith("public")


@pytest.mark.parametrize(
    "persisted",
    [
        {"sha256Hash": "0" * 64}, {"sha256Hash": "x"}, {"sha256Hash": 3}, {"sha256Hash": None}, {"version": 2},
        {"version": None},
    ],
)  # fmt: skip
def test_a_wrong_digest_or_version_is_400(client: Client, persisted: dict[str, Any]) -> None:
    response = post(client, query="{ __typename }", extensions=extension("{ __typename }", **persisted))
    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"


@pytest.mark.parametrize("query", ["{", "{ nothing }", "query ($a: Int!) { __typename }", "{" + "a " * 20_000 + "}"])
def test_only_documents_that_may_be_executed_are_kept(client: Client, query: str) -> None:
    assert "errors" in post(client, query=query, extensions=extension(query)).json()
    (error,) = post(client, extensions=extension(query)).json()["errors"]
    assert error["extensions"]["code"] == "PERSISTED_QUERY_NOT_FOUND"


def request(text: str | None, digest: str) -> GraphQLRequest:
    return GraphQLRequest(text, digest, None, {}, 0)


def test_the_store_is_bounded() -> None:
    store = PersistedQueries(documents=3, characters=100)
    texts = [f"{{ a{number} }}" for number in range(5)]
    for text in texts:
        store.keep(request(text, digest_of(text)))
    assert len(store) == 3
    assert store.text(request(None, digest_of(texts[2]))) == texts[2]
    store.keep(request("{ new }", digest_of("{ new }")))
    assert store.text(request(None, digest_of(texts[2]))) == texts[2]  # used since; an older one gave way
    with pytest.raises(RequestError):
        store.text(request(None, digest_of(texts[3])))
    large = "{ " + "a " * 60 + "}"
    store.keep(request(large, digest_of(large)))
    assert len(store) == 0
