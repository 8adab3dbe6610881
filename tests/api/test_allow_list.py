"""Registered operations: the command that registers them, and the gateway that executes no others."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from api.app import create_app
from api.cli.main import app as commands
from graph.errors import InputError, SettingsError
from graph.identity.key import IdentityKey
from graph.settings import Settings
from graph.store.database import Target
from tests.support.client import ID_KEY, Client

FILES = {
    "b.graphql": "query Second { memoranda { ...Titles } }\n\nquery First { __typename }",
    "deeper/a.graphql": "# of all pages\nfragment Titles on MemorandumConnection { nodes { ...Title } }",
    "deeper/c.graphql": "fragment Title on Memorandum { title }\nfragment Unused on Memorandum { code }",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "client"
    write(folder, FILES)
    return folder


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def registered(folder: Path, out: Path) -> dict[str, Any]:
    result = CliRunner().invoke(commands, ["register", str(folder), "--out", str(out)], catch_exceptions=False)
    assert result.exit_code == 0
    manifest: dict[str, Any] = json.loads(out.read_text("utf-8"))
    return manifest


def test_a_folder_becomes_apollos_manifest(folder: Path, tmp_path: Path) -> None:
    manifest = registered(folder, tmp_path / "operations.json")
    assert (manifest["format"], manifest["version"]) == ("apollo-persisted-query-manifest", 1)
    assert [(operation["name"], operation["type"]) for operation in manifest["operations"]] == [
        ("First", "query"),
        ("Second", "query"),
    ]
    for operation in manifest["operations"]:
        assert operation["id"] == sha256(operation["body"].encode()).hexdigest()
    body = manifest["operations"][1]["body"]
    assert "fragment Titles" in body
    assert "fragment Title on" in body
    assert "Unused" not in body


def test_the_same_folder_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        registered(folder, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["client", "one", "two"]


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("query A { __typename }\nquery B {\n  nothing\n}", "x.graphql:3:3", "'nothing'"),
        ("query A {\n  __typename", "x.graphql:2:13", "Expected Name"),
        ("query A { ...Missing }", "x.graphql:1:14", "'Missing'"),
        ("query First { __typename }", "x.graphql:1:1", "First is taken by"),
        ("fragment Title on Measure { code }", "x.graphql:1:1", "Title is taken by"),
        ("{ __typename }", "x.graphql:1:1", "no name"),
        ("type A { b: Int }", "x.graphql:1:1", "neither an operation nor a fragment"),
        ("query A {" + "agency(code: 1) { parent {" * 9 + "code" + "}}" * 9 + "}", "x.graphql:1:", ""),
        ("query A { __typename " + "a: __typename @skip(if: true) " * 300 + "}", "x.graphql:1:1", ""),
    ],
)
def test_what_cannot_be_executed_is_not_registered(
    folder: Path, tmp_path: Path, text: str, place: str, message: str
) -> None:
    write(folder, {"x.graphql": text})
    out = tmp_path / "operations.json"
    with pytest.raises(InputError, match=place) as raised:
        CliRunner().invoke(commands, ["register", str(folder), "--out", str(out)], catch_exceptions=False)
    assert message in str(raised.value)
    assert not out.exists()


def test_a_folder_without_operations_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no \.graphql files"):
        CliRunner().invoke(commands, ["register", str(tmp_path)], catch_exceptions=False)


@pytest.fixture
def http(folder: Path, tmp_path: Path, target: Target, client: Client) -> Iterator[TestClient]:
    registered(folder, tmp_path / "operations.json")
    settings = Settings(JOINTCREDIT_OPERATIONS=tmp_path / "operations.json")
    with TestClient(create_app(target, IdentityKey(ID_KEY), settings)) as http:
        yield http


def test_registered_operations_run(http: TestClient, tmp_path: Path) -> None:
    for operation in json.loads((tmp_path / "operations.json").read_text("utf-8"))["operations"]:
        persisted = {"persistedQuery": {"version": 1, "sha256Hash": operation["id"]}}
        by_id = http.post("/graphql", json={"extensions": persisted})
        assert "data" in by_id.json(), by_id.text
        by_get = http.get("/graphql", params={"extensions": json.dumps(persisted)})
        assert by_get.headers["etag"]
        spread_out = "# generated\n" + operation["body"].replace(" ", "\n  ")
        for text in (operation["body"], spread_out):
            assert http.post("/graphql", json={"query": text}).json() == by_id.json()


@pytest.mark.parametrize(
    "query", ["{ __typename }", "query First { t: __typename }", "{", "query First { __typename } # " + "x" * 10_000]
)
def test_others_do_not(http: TestClient, query: str) -> None:
    persisted = {"persistedQuery": {"version": 1, "sha256Hash": sha256(query.encode()).hexdigest()}}
    for body in ({"query": query}, {"query": query, "extensions": persisted}, {"extensions": persisted}):
        response = http.post("/graphql", json=body)
        assert response.status_code == 403
        (error,) = response.json()["errors"]
        assert error["extensions"]["code"] == "OPERATION_NOT_REGISTERED"
        assert "jointcredit register" in error["message"]


BODY = "{ nothing }"
NOTHING = {"id": sha256(BODY.encode()).hexdigest(), "name": "A", "type": "query", "body": BODY}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no manifest"),
        ("[]", "no manifest"),
        ('{"format": "other", "version": 1, "operations": []}', "format"),
        ('{"operations": [{"id": "x", "name": "A", "type": "query", "body": "{ nothing }"}]}', "register it again"),
        (json.dumps({"operations": [NOTHING]}), "'nothing'"),
    ],
)
def test_a_wrong_manifest_is_reported_at_start(target: Target, tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "operations.json"
    path.write_text(text, "utf-8")
    with pytest.raises(SettingsError, match="JOINTCREDIT_OPERATIONS") as raised:
        create_app(target, IdentityKey(ID_KEY), Settings(JOINTCREDIT_OPERATIONS=path))
    assert message in str(raised.value)
    with pytest.raises(SettingsError, match="cannot be read"):
        create_app(target, IdentityKey(ID_KEY), Settings(JOINTCREDIT_OPERATIONS=tmp_path / "missing"))
