"""The export, compared with the oracle, whole and from any cursor; its refusals; the plans of its
statements."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from datetime import date
from random import Random
from typing import Any

import pytest

import graph.queries.export
from graph.ids import global_id
from graph.model import Label
from graph.queries.export import COLUMNS, Export
from tests.comparisons.comparing import SEEDS, generated
from tests.conftest import Graph
from tests.oracle.answers import MeasurePath
from tests.oracle.rules import Reading
from tests.support.chance import AS_OF
from tests.support.client import Client
from tests.support.plans import problems_of


@pytest.fixture(scope="module", params=SEEDS)
def reading(request: pytest.FixtureRequest, graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    return generated(request.param, graph, tmp_path_factory)


@pytest.fixture(params=["small list", "large list"])
def small_pages(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages that end inside subjects, and inside what is read of a list, or of all subjects, at once."""
    monkeypatch.setattr(graph.queries.export, "LARGE", 0 if request.param == "large list" else 10**9)
    monkeypatch.setattr(graph.queries.export, "SUBJECTS_PASSED", 90)
    monkeypatch.setattr(graph.queries.export, "PATHS_AT_ONCE", 7)
    monkeypatch.setattr(graph.queries.export, "SUBJECTS_AT_ONCE", 3)
    monkeypatch.setattr(graph.queries.export, "SUBJECTS_HELD", 5)


def export(client: Client, **parameters: Any) -> list[dict[str, Any]]:
    response = client.http.get("/export/paths.ndjson", params=parameters)
    assert response.status_code == 200, response.text
    return [json.loads(line) for line in response.text.splitlines()]


def names(client: Client, reading: Reading) -> dict[str, dict[str, str]]:
    """The API's answer about each subject, by the identifier in its row."""
    identifiers = list(reading.tables.entities)
    found: dict[str, dict[str, str]] = {}
    for start in range(0, len(identifiers), 500):
        part = identifiers[start : start + 500]
        answer = client.ask("query ($i: [String!]!) { subjects(identifiers: $i) { id identifier name } }", i=part)
        found |= zip(part, answer["subjects"], strict=True)
    return found


def on_list(reading: Reading, code: str, day: date) -> list[str]:
    return [
        e
        for e in reading.tables.entities
        if any(reading.tables.listings[number].list == code for number in reading.active_listings(e, day))
    ]


def place(e: str, path: MeasurePath, known: dict[str, dict[str, str]]) -> tuple[Any, ...]:
    """The key of a path in the order of the reading, with subjects as the API shows them."""
    ground = path.ground
    organization = known[ground.organization]["identifier"] if ground.organization else None
    return (
        *(known[e][name] for name in ("id", "identifier", "name")),
        *(ground.via, ground.role, organization, ground.listing, ground.list, ground.memorandum),
        *(path.measure, path.power_item, path.division, path.agency),
    )


def place_of(line: dict[str, Any]) -> tuple[Any, ...]:
    columns = (
        *("subjectId", "subjectIdentifier", "subjectName", "via", "role", "organizationIdentifier", "listingNo"),
        *("listCode", "memorandumCode", "measureCode", "powerItemCode", "divisionCode", "agencyCode"),
    )
    return tuple(line[column] for column in columns)


def expected(
    reading: Reading, known: dict[str, dict[str, str]], code: str, day: date, **filters: str
) -> list[tuple[Any, ...]]:
    subjects = sorted(on_list(reading, code, day), key=lambda e: known[e]["id"])
    return [place(e, path, known) for e in subjects for path in reading.paths(e, day, **filters)]


def test_every_list_on_every_day(client: Client, reading: Reading) -> None:
    known, compared = names(client, reading), 0
    for day in AS_OF:
        for code in reading.tables.lists:
            lines = export(client, list=code, asOf=day)
            assert list(map(place_of, lines)) == expected(reading, known, code, day), (code, day)
            compared += len(lines)
    print(f"{compared} paths")
    assert compared > 5_000


@pytest.mark.slow
def test_filters(client: Client, reading: Reading) -> None:
    known, rng, kept, dropped = names(client, reading), Random(3), 0, 0
    for _ in range(20):
        day, code = rng.choice(AS_OF), rng.choice(list(reading.tables.lists))
        every = expected(reading, known, code, day)
        if not every:
            continue
        item, agency = rng.choice(every)[-3], rng.choice(every)[-1]
        for filters in ({"agency": agency}, {"power_item": item}, {"agency": agency, "power_item": item}):
            chosen = {name: value for name, value in filters.items() if value}
            sent = {"powerItem" if name == "power_item" else name: value for name, value in chosen.items()}
            found = list(map(place_of, export(client, list=code, asOf=day, **sent)))
            assert found == expected(reading, known, code, day, **chosen), (code, day, chosen)
            kept, dropped = kept + len(found), dropped + len(every) - len(found)
    print(f"{kept} kept, {dropped} dropped")
    assert min(kept, dropped) > 200


@pytest.mark.slow
@pytest.mark.usefixtures("small_pages")
def test_going_on_after_any_line(client: Client, reading: Reading) -> None:
    """Pages of seven paths, from the beginning and from some lines: the rest, without gaps and repetitions."""
    rng, day, resumed = Random(5), AS_OF[2], 0
    for code in list(reading.tables.lists)[::3]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(graph.queries.export, "PATHS_AT_ONCE", 2_000)
            patch.setattr(graph.queries.export, "LARGE", 10**9)
            lines = export(client, list=code, asOf=day)
        assert export(client, list=code, asOf=day) == lines
        assert len({line["cursor"] for line in lines}) == len(lines)
        for at in rng.sample(range(len(lines)), min(3, len(lines))):
            assert export(client, list=code, asOf=day, after=lines[at]["cursor"]) == lines[at + 1 :], (code, at)
            resumed += 1
    assert resumed > 15


def test_whatever_the_catalogue_says_of_a_path(client: Client, reading: Reading) -> None:
    """Names, contents and legal bases equal those that GraphQL returns for the same codes."""
    day = AS_OF[2]
    lines = [line for code in list(reading.tables.lists)[:6] for line in export(client, list=code, asOf=day)]
    fields_by_root = {
        "measure": ("measureCode", "nature content legalBases"),
        "memorandum": ("memorandumCode", "title"),
        "powerItem": ("powerItemCode", "name division { name }"),
        "agency": ("agencyCode", "name"),
    }
    said: dict[tuple[str, str], Any] = {}
    for root, (column, fields) in fields_by_root.items():
        for code in {line[column] for line in lines if line[column]}:
            answer = client.ask(f"query ($c: String!) {{ {root}(code: $c) {{ {fields} }} }}", c=code)
            said[column, code] = answer[root]
    for line in lines:
        measure = said["measureCode", line["measureCode"]]
        assert [line["nature"], line["content"], line["legalBases"]] == list(measure.values())
        assert line["memorandumTitle"] == said["memorandumCode", line["memorandumCode"]]["title"]
        assert line["agencyName"] == said["agencyCode", line["agencyCode"]]["name"]
        item = said["powerItemCode", line["powerItemCode"]] if line["powerItemCode"] else None
        assert line["powerItemName"] == (item and item["name"])
        assert line["divisionName"] == (item and item["division"] and item["division"]["name"])
    assert len(lines) > 1_000


def rows_of(text: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), strict=True)


@pytest.mark.slow
@pytest.mark.usefixtures("small_pages")
def test_csv_says_the_same(client: Client, reading: Reading) -> None:
    day, compared = AS_OF[2], 0
    for code in list(reading.tables.lists)[:8]:
        lines = export(client, list=code, asOf=day)
        response = client.http.get("/export/paths.csv", params={"list": code, "asOf": str(day)})
        assert response.headers["content-type"] == "text/csv; charset=utf-8"
        text = response.content.decode()
        assert text.startswith("\ufeffsubjectId,")
        assert text.endswith("\r\n")
        header, *rows = rows_of(text.removeprefix("\ufeff"))
        assert header == list(COLUMNS)
        assert rows == [list(map(cell, line.values())) for line in lines]
        if lines:
            after = lines[len(lines) // 2]["cursor"]
            rest = client.http.get("/export/paths.csv", params={"list": code, "asOf": str(day), "after": after}).text
            assert list(rows_of(rest)) == rows[len(lines) // 2 + 1 :]  # no header: the parts make one file
        compared += len(rows)
    assert compared > 300


def cell(value: str | Sequence[str] | None) -> str:
    return (value or "") if isinstance(value, str | None) else ";".join(value)


@pytest.mark.usefixtures("seeds")
@pytest.mark.parametrize(
    ("parameters", "status", "message"),
    [
        ({}, 400, "list: missing"),
        ({"list": "nobody's"}, 404, 'list: no CreditList has the code "nobody\'s"'),
        ({"list": "LIST", "powerItem": "x"}, 404, "powerItem: no PowerItem has the code 'x'"),
        ({"list": "LIST", "agency": "x"}, 404, "agency: no Agency has the code 'x'"),
        ({"list": "LIST", "asOf": "2018-1-1"}, 400, "asOf: '2018-1-1' is no day: pass one such as 2018-08-30"),
        ({"list": "LIST", "asOf": "2018-W01-1"}, 400, "asOf: '2018-W01-1' is no day"),
        ({"list": "LIST", "asof": "2018-01-01"}, 400, "'asof' is no parameter of an export: pass list, asOf"),
        ({"list": ["LIST", "LIST"]}, 400, "list: passed more than once"),
        ({"list": "LIST", "after": "x"}, 400, "after: 'x' is no cursor of an export: pass the `cursor` of a line"),
        ({"list": "LIST", "after": f"{global_id(Label.ENTITY, 'x')}.a.b.c.d.e.f.g"}, 400, "is no cursor of an export"),
        ({"list": "LIST", "after": f"{global_id(Label.LISTING, 'x')}......."}, 400, "is no cursor of an export"),
        ({"list": "LIST", "after": ""}, 400, "after: '' is no cursor of an export"),
        ({"list": "LIST", "agency": "440000190001010019"}, 404, "4400************19"),
    ],
)
def test_refusals(client: Client, parameters: dict[str, Any], status: int, message: str) -> None:
    listed = client.ask("{ creditLists(first: 1) { nodes { code } } }")["creditLists"]["nodes"][0]["code"]
    parameters = {name: listed if value == "LIST" else value for name, value in parameters.items()}
    for form in ("ndjson", "csv"):
        response = client.http.get(f"/export/paths.{form}", params=parameters)
        assert response.status_code == status
        assert response.headers["cache-control"] == "no-store"
        (error,) = response.json()["errors"]
        assert message in error["message"]
        assert error["extensions"]["code"] == ("NOT_FOUND" if status == 404 else "BAD_USER_INPUT")


def test_methods_and_headers(client: Client, seeds: None) -> None:
    listed = client.ask("{ creditLists(first: 1) { nodes { code } } }")["creditLists"]["nodes"][0]["code"]
    query = {"list": listed, "asOf": "2018-10-01"}
    for form, media_type in (("ndjson", "application/x-ndjson"), ("csv", "text/csv; charset=utf-8")):
        head, get = (client.http.request(method, f"/export/paths.{form}", params=query) for method in ("HEAD", "GET"))
        assert head.status_code == get.status_code == 200
        assert head.content == b""
        assert "content-length" not in head.headers  # 0 would say that the export is empty
        for response in (head, get):
            assert response.headers["content-type"] == media_type
            assert response.headers["cache-control"] == "no-store"
            name = f"paths-{listed}-2018-10-01.{form}"
            assert response.headers["content-disposition"] == f"attachment; filename*=UTF-8''{name}"
    assert client.http.head("/export/paths.csv", params={"list": "x"}).status_code == 404
    assert client.http.post("/export/paths.csv", params=query).status_code == 405


def test_plans(graph: Graph, seeds: None) -> None:
    """The list is found by its code, subjects by their keys: no scan, no product, no notification of the database."""
    export = Export("x", AS_OF[0], power_item="x", agency="x")
    subjects = [export._subjects("", True, large=large) for large in (False, True)]
    for statement in (export._known(), *subjects, export._paths(["x"], [])):
        assert problems_of(statement, graph.driver, graph.target.database) == [], statement.name
