"""GraphQL over HTTP: media types, statuses, broken bodies, error messages, and no resident ID in any response."""

import json
import logging
from typing import Any

import pytest
from starlette.websockets import WebSocketDisconnect

from graph.store.database import Target
from tests.support.client import Client

RESIDENT = "440000190001010019"
SUBJECT = 'subject(identifier: "91440000XXXX00019F")'
OK = "{ __typename }"
GRAPHQL_RESPONSE = "application/graphql-response+json"


def post(client: Client, body: bytes, **headers: str) -> Any:
    return client.http.post("/graphql", content=body, headers={"content-type": "application/json"} | headers)


@pytest.mark.parametrize(
    ("accept", "answered"),
    [
        (GRAPHQL_RESPONSE, GRAPHQL_RESPONSE),
        ("application/json", "application/json"),
        ("application/json; charset=utf-8", "application/json"),
        (f"{GRAPHQL_RESPONSE}, application/json;q=0.9", GRAPHQL_RESPONSE),
        (f"{GRAPHQL_RESPONSE};q=0.8, application/json;q=0.9", "application/json"),
        (f"{GRAPHQL_RESPONSE}, application/json", GRAPHQL_RESPONSE),
        (f"application/json, {GRAPHQL_RESPONSE}", "application/json"),
        ("application/json;q=0, */*", GRAPHQL_RESPONSE),
        (f"*/*, {GRAPHQL_RESPONSE}", GRAPHQL_RESPONSE),
        ("application/*;q=0.5, text/html", "application/json"),
        ("*/*", "application/json"),
        ("", "application/json"),
    ],
)
def test_media_types(client: Client, accept: str, answered: str) -> None:
    response = client.http.post("/graphql", json={"query": OK}, headers={"accept": accept})
    assert response.status_code == 200
    assert response.headers["content-type"] == f"{answered}; charset=utf-8"
    assert response.json() == {"data": {"__typename": "Query"}, "extensions": {"cost": 1}}


@pytest.mark.parametrize(
    "accept", ["image/png", "application/json;q=0", "text/html;q=0.5, image/*", "application/json; charset=gbk"]
)
def test_unacceptable(client: Client, accept: str) -> None:
    response = client.http.post("/graphql", json={"query": OK}, headers={"accept": accept})
    assert response.status_code == 406
    assert response.json()["errors"][0]["extensions"]["code"] == "NOT_ACCEPTABLE"


def test_get(client: Client) -> None:
    response = client.http.get(
        "/graphql", params={"query": "query ($a: Boolean!) { __typename @include(if: $a) }", "variables": '{"a": true}'}
    )
    assert response.json()["data"] == {"__typename": "Query"}


def test_get_is_for_queries(client: Client) -> None:
    for operation in ("mutation { __typename }", "subscription { __typename }"):
        response = client.http.get("/graphql", params={"query": operation})
        assert response.status_code == 405
        assert response.headers["allow"] == "POST"
        assert response.json()["errors"][0]["extensions"]["code"] == "METHOD_NOT_ALLOWED"


@pytest.mark.parametrize(
    "parameters",
    [
        {"query": OK, "variables": "[]"}, {"query": OK, "variables": "{"}, {"query": OK, "variables": '"\\ud800"'},
        {"query": OK, "extensions": "1"}, {"query": [OK, OK]}, {"query": ""}, {}, {"operationName": "A"},
    ],
)  # fmt: skip
def test_broken_parameters_are_400(client: Client, parameters: dict[str, Any]) -> None:
    response = client.http.get("/graphql", params=parameters)
    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"


def test_head_answers_as_get_without_a_body(client: Client) -> None:
    get = client.http.get("/graphql", params={"query": OK})
    head = client.http.head("/graphql", params={"query": OK})
    assert head.status_code == 200
    assert head.headers["etag"] == get.headers["etag"]


def test_the_page_loads_nothing_from_elsewhere(client: Client) -> None:
    response = client.http.get("/graphql", headers={"accept": "text/html,application/xhtml+xml"})
    assert response.headers["content-type"].startswith("text/html")
    assert "http://" not in response.text
    assert "https://" not in response.text
    assert "default-src 'none'" in response.headers["content-security-policy"]


@pytest.mark.parametrize(
    "body",
    [
        b"", b"null", b"1", b'"x"', b"[]", b"{}", b"{", b"\xff\xfe", b'{"query": 1}', b'{"query": ""}',
        b'{"query": "{ __typename }", "variables": []}', b'{"query": "{ __typename }", "operationName": 3}',
        b'{"query": "{ __typename }", "operationName": "\\ud800"}', b"[" * 100_000, b'{"query": ' + b"9" * 6000 + b"}",
        json.dumps([{"query": OK}]).encode(),
    ],
)  # fmt: skip
def test_broken_bodies_are_400(client: Client, body: bytes) -> None:
    response = post(client, body)
    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"
    assert "data" not in response.json()


@pytest.mark.parametrize("content_type", ["text/plain", "", "application/json; charset=gbk", "application/graphql"])
def test_other_content_types_are_415(client: Client, content_type: str) -> None:
    response = client.http.post("/graphql", content=b"{}", headers={"content-type": content_type})
    assert response.status_code == 415


def test_a_large_body_is_413(client: Client) -> None:
    assert post(client, b" " * 1_000_001).status_code == 413


def test_other_methods_are_405(client: Client) -> None:
    for method in ("PUT", "DELETE", "OPTIONS", "NONSENSE"):
        response = client.http.request(method, "/graphql", json={"query": OK})
        assert response.status_code == 405
        assert response.headers["allow"] == "GET, HEAD, POST"
        assert response.json()["errors"][0]["extensions"]["code"] == "METHOD_NOT_ALLOWED"


def test_a_websocket_is_refused(client: Client) -> None:
    with pytest.raises(WebSocketDisconnect), client.http.websocket_connect("/graphql"):
        pass
    upgrade = {"connection": "upgrade", "upgrade": "websocket"}
    response = client.http.get("/graphql", params={"query": OK}, headers=upgrade)
    assert response.status_code == 400
    assert "WebSocket" in response.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("mutation { nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("query A { __typename } query B { __typename }", "BAD_USER_INPUT"),
        ("query ($a: Int!) { memoranda(first: $a) { totalCount } }", "BAD_USER_INPUT"),
        ("{" + "a{" * 50 + "b" + "}" * 51, "LIMIT_EXCEEDED"),
    ],
)
def test_what_cannot_be_executed_has_no_data(client: Client, query: str, code: str) -> None:
    strict = client.http.post("/graphql", json={"query": query}, headers={"accept": GRAPHQL_RESPONSE})
    assert strict.status_code == 400
    assert "data" not in strict.json()
    assert strict.json()["errors"][0]["extensions"]["code"] == code
    older = client.http.post("/graphql", json={"query": query})
    assert older.status_code == 200
    assert older.json() == strict.json()


@pytest.mark.parametrize(
    ("query", "code", "reason"),
    [
        ('{ subject(identifier: "91350100M000100Y44") { name } }', "BAD_USER_INPUT", "IDENTIFIER_CHECK"),
        ('{ node(id: "nonsense") { id } }', "BAD_USER_INPUT", None),
        ('{ measurePaths(subject: "91350100M000100Y43") { totalCount } }', "NOT_FOUND", None),
        (f'{{ {SUBJECT} {{ advice(powerItem: "none") }} }}', "NOT_FOUND", None),
        (f'{{ {SUBJECT} {{ applicableMeasures(first: -1) {{ totalCount }} }} }}', "BAD_USER_INPUT", None),
        (f'{{ {SUBJECT} {{ applicableMeasures(first: 1001) {{ totalCount }} }} }}', "LIMIT_EXCEEDED", None),
        (f'{{ {SUBJECT} {{ applicableMeasures(after: "Zm9v") {{ totalCount }} }} }}', "BAD_USER_INPUT", None),
        (f'{{ {SUBJECT} {{ standing(asOf: "2018-02-30") }} }}', "GRAPHQL_VALIDATION_FAILED", None),
    ],
)  # fmt: skip
def test_errors_have_codes(client: Client, seeds: None, query: str, code: str, reason: str | None) -> None:
    (error,) = client.answer(query)["errors"]
    assert error["extensions"]["code"] == code
    assert error["extensions"].get("reason") == reason


@pytest.mark.parametrize(
    "selection",
    [
        "memoranda(first: 1) @include(if: $given) { totalCount }",
        "... @include(if: $given) { memoranda(first: 1) { totalCount } }",
        "memoranda(first: 1) { totalCount @include(if: $given) }",
        "memoranda(first: 1) { nodes { code @include(if: $given) } }",
    ],
)
def test_one_mistake_has_one_code_wherever_it_stands(client: Client, seeds: None, selection: str) -> None:
    """A condition may be a nullable variable if it has a default. Sent as null, the document is valid and the value is
    not."""
    [error] = client.answer(f"query ($given: Boolean = true) {{ {selection} }}", given=None)["errors"]
    assert error["extensions"] == {"code": "BAD_USER_INPUT"}
    assert error["locations"]


def test_an_error_spoils_its_field_alone(client: Client, seeds: None) -> None:
    body = client.answer(
        'query { bad: subject(identifier: "1") { name } good: subject(identifier: "91440000XXXX00019F") { name } }'
    )
    assert body["data"]["bad"] is None
    assert body["data"]["good"]["name"]
    assert [error["path"] for error in body["errors"]] == [["bad"]]


@pytest.mark.parametrize(
    "query",
    [
        f"{{ subject(identifier: {RESIDENT}) {{ name }} }}",
        f'{{ subject(identifier: "{RESIDENT[:-1]}0") {{ name }} }}',
        f'{{ subject(identifier: "{RESIDENT}", scheme: USCC) {{ name }} }}',
        '{ measurePaths(subject: "440000190001010035") { totalCount } }',
        f'{{ node(id: "{RESIDENT}") {{ id }} }}',
        f'{{ measure(code: "{RESIDENT}") {{ code }} agency(code: "x") {{ code(a: "{RESIDENT}") }} }}',
        f'{{ subject(identifier: "91440000XXXX00019F") {{ advice(powerItem: "{RESIDENT}") }} }}',
        f'{{ subject(identifier: "91440000XXXX00019F") {{ standing(asOf: "{RESIDENT}") }} }}',
        f'{{ subject(identifier: "{RESIDENT}") {{ id identifier name listings {{ id }} '
        "affiliations { organization { id } } applicableMeasures { edges { cursor } } } }",
    ],
)
def test_no_resident_id_comes_back_or_is_logged(
    client: Client, seeds: None, query: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for number in (RESIDENT, "440000190001010035"):
        text = client.http.post("/graphql", json={"query": query}).text
        assert number not in text
        assert number[6:17] not in text
        logged = " ".join(record.getMessage() for record in caplog.records if record.name.startswith("jointcredit"))
        assert number not in logged


def test_health(client: Client) -> None:
    assert client.http.get("/healthz").status_code == 200
    assert client.http.get("/readyz").status_code == 200


def test_a_database_that_is_away_is_503(target: Target) -> None:
    from starlette.testclient import TestClient

    from api.app import create_app
    from graph.identity.key import IdentityKey
    from graph.settings import Settings

    nowhere = Target("bolt://127.0.0.1:1", "neo4j", "x", "neo4j")
    settings = Settings(JOINTCREDIT_ID_KEY="5eed" * 16, JOINTCREDIT_STATEMENT_TIMEOUT=1)
    with TestClient(create_app(nowhere, IdentityKey("5eed" * 16), settings)) as http:
        response = http.post("/graphql", json={"query": '{ measure(code: "x") { code } }'})
        assert response.status_code == 503
        assert response.headers["retry-after"]
        assert response.json()["errors"][0]["extensions"]["code"] == "DATABASE_UNAVAILABLE"
        assert "data" not in response.json()
        assert http.get("/readyz").status_code == 503
        assert http.get("/healthz").status_code == 200
