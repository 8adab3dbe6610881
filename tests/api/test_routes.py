"""Properties of every route, tested over HTTP: HEAD, a trailing slash, encoded bodies."""

import gzip
import json
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from graph.store.database import Target
from tests.support.client import Client
from tests.support.gateway import gateway

EXPORT = "?list=list-sxbzxr&asOf=2018-10-01"
PATHS = (
    "/graphql?query=%7B__typename%7D",
    "/graphql",
    "/graphql?query=%7B",
    "/schema.graphql",
    f"/export/paths.ndjson{EXPORT}",
    f"/export/paths.csv{EXPORT}",
    "/export/paths.csv?list=nobody",
    "/healthz",
    "/readyz",
)
"""Each route, some with a request that it refuses."""
BODY = json.dumps({"query": "{ __typename }"}).encode()


@pytest.fixture(scope="module")
def address(target: Target, client: Client) -> Iterator[str]:
    with gateway(target) as address:
        yield address


def ask(
    address: str, method: str, path: str, body: bytes | None = None, **headers: str
) -> tuple[HTTPResponse, dict[str, str], bytes]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with closing(HTTPConnection(urlsplit(address).netloc, timeout=30)) as connection:
        connection.request(method, path, body, named)
        response = connection.getresponse()
        return response, {name.lower(): value for name, value in response.getheaders()}, response.read()


def slashed(path: str) -> str:
    before, mark, query = path.partition("?")
    return f"{before}/{mark}{query}"


def test_every_route_is_asked(client: Client) -> None:
    assert isinstance(client.http.app, Starlette)
    routes = {route.path for route in client.http.app.routes if isinstance(route, Route)}
    tested = {path.partition("?")[0] for path in PATHS}
    assert routes == {"/"} | tested | {f"{path}/" for path in tested}


@pytest.mark.parametrize("path", ["/", "/nowhere", "/nowhere/", *PATHS, *map(slashed, PATHS)])
@pytest.mark.parametrize("accept", ["*/*", "text/html"])
def test_head_tells_what_get_does(address: str, seeds: None, path: str, accept: str) -> None:
    """Especially the length: a client that sends HEAD first takes a length of 0 for an empty answer."""
    (get, got, body), (head, head_headers, nothing) = (
        ask(address, method, path, accept=accept) for method in ("GET", "HEAD")
    )
    assert nothing == b""
    assert head.status == get.status
    moving = {"date", "server-timing", "transfer-encoding"}
    assert {name: value for name, value in head_headers.items() if name not in moving} == {
        name: value for name, value in got.items() if name not in moving
    }
    assert got.get("content-length", str(len(body))) == str(len(body))


@pytest.mark.parametrize("path", PATHS)
def test_a_slash_too_many_is_no_other_address(address: str, seeds: None, path: str) -> None:
    """No redirect to `http://` if TLS ends in front of the gateway."""
    (plain, _, body), (other, headers, same) = (ask(address, "GET", url) for url in (path, slashed(path)))
    assert (other.status, same) == (plain.status, body)
    assert "location" not in headers


def test_an_operation_is_answered_behind_a_slash(address: str) -> None:
    response, _, body = ask(address, "POST", "/graphql/", BODY, content_type="application/json")
    assert (response.status, json.loads(body)["data"]) == (200, {"__typename": "Query"})


def test_the_root_leads_to_the_page_without_a_scheme(address: str) -> None:
    response, headers, _ = ask(address, "GET", "/")
    assert (response.status, headers["location"]) == (307, "/graphql")


@pytest.mark.parametrize("coding", ["gzip", "br", "GZIP", "deflate, identity", "identity, zstd", "x" * 5000])
def test_an_encoded_body_is_415(address: str, coding: str) -> None:
    response, headers, body = ask(
        address, "POST", "/graphql", gzip.compress(BODY), content_type="application/json", content_encoding=coding
    )
    [error] = json.loads(body)["errors"]
    assert response.status == 415
    assert headers["accept-encoding"] == "identity"
    assert error["extensions"]["code"] == "UNSUPPORTED_MEDIA_TYPE"
    named = next(name for name in coding.split(", ") if name != "identity")
    assert f"Content-Encoding: '{named[:80]}" in error["message"]
    assert len(body) < 500


@pytest.mark.parametrize("coding", ["identity", "Identity", "", "identity, identity"])
def test_a_body_as_it_is_may_say_so(address: str, coding: str) -> None:
    response, _, _ = ask(address, "POST", "/graphql", BODY, content_type="application/json", content_encoding=coding)
    assert response.status == 200


def test_an_encoding_on_the_way_is_501(address: str) -> None:
    """RFC 9112 requires 501 for an unknown transfer coding."""
    chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY)
    response, _, body = ask(
        address, "POST", "/graphql", chunks, content_type="application/json", transfer_encoding="gzip, chunked"
    )
    [error] = json.loads(body)["errors"]
    assert response.status == 501
    assert "Transfer-Encoding: 'gzip'" in error["message"]
    assert error["extensions"]["code"] == "NOT_IMPLEMENTED"


def test_another_media_type_is_told_which_one(address: str) -> None:
    response, headers, _ = ask(address, "POST", "/graphql", BODY, content_type="text/plain")
    assert (response.status, headers["accept"]) == (415, "application/json")
