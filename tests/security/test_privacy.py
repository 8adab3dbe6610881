"""No resident ID stands in clear: not in the graph, not in a report, not in what the gateway answers or logs."""

import csv
import logging
from pathlib import Path

import pytest

from tests.api.test_cli import run
from tests.conftest import Graph
from tests.support.client import Client
from tests.support.generator import make_dataset


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A generated dataset with a few rows spoiled: their values go to the report."""
    folder = tmp_path_factory.mktemp("private")
    make_dataset(folder, entities=120, seed=3)
    for name, column in (("entities", "kind"), ("affiliations", "role"), ("listings", "list_code")):
        path = folder / f"{name}.csv"
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            header, rows = list(reader.fieldnames or []), list(reader)
        for number, row in enumerate(rows):
            if number % 7 == 0:
                row[column] = "NONSENSE"
            if number % 11 == 0:
                row[header[-1]], row[header[0]] = row[header[0]], row[header[-1]]  # shifted cells: an ID anywhere
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header)
            writer.writeheader()
            writer.writerows(rows)
    return folder


def numbers(folder: Path) -> set[str]:
    text = "".join(path.read_text("utf-8-sig") for path in folder.glob("*.csv"))
    cells = {cell for row in csv.reader(text.splitlines()) for cell in row}
    return {cell for cell in cells if len(cell) == 18 and cell[:17].isdigit() and cell[6:8] in ("19", "20")}


def test_neither_graph_nor_report_nor_terminal_nor_log(
    graph: Graph, dataset: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "jointcredit")
    persons = numbers(dataset)
    assert len(persons) > 20
    graph.wipe()
    done = run("load", str(dataset), "--report", str(tmp_path / "report.json"), target=graph.target)
    assert done.returncode == 1, done.stderr
    report = (tmp_path / "report.json").read_text("utf-8")
    assert "N*******" in report  # which may be a name, in a file on subjects
    values = graph.driver.execute_query(
        "MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN collect(properties(n)) + collect(properties(r))",
        database_=graph.target.database,
    ).records[0][0]
    for text in (report, done.stderr, done.stdout, repr(values), caplog.text):
        assert not [person for person in persons if person in text]


def test_nor_any_answer(graph: Graph, client: Client, dataset: Path) -> None:
    graph.hold(dataset)
    persons = sorted(numbers(dataset))
    query = """
      query ($persons: [String!]!) {
        subjects(identifiers: $persons) {
          id identifier name source listings(includeInactive: true) { id entity { id identifier } }
          affiliations(asOf: "2018-10-01") { organization { id affiliates(asOf: "2018-10-01") { holder { id } } } }
          applicableMeasures(asOf: "2018-10-01") { pageInfo { startCursor endCursor } edges { cursor } }
        }
        measurePathsFor(subjects: $persons, asOf: "2018-10-01") { edges { cursor node { steps { node { id } } } } }
        conflicts(asOf: "2018-10-01") { edges { cursor node { subject { id identifier name } } } }
      }"""
    response = client.http.post("/graphql", json={"query": query, "variables": {"persons": persons}})
    assert sum(subject is not None for subject in response.json()["data"]["subjects"]) > 10
    assert not [person for person in persons if person in response.text]


@pytest.mark.parametrize(
    "query",
    ['{ node(id: "%s") { id } }', '{ agencyLinks(agency: "gd-cz", after: "%s") { totalCount } }',
     '{ search(text: "税", types: ["%s"]) { totalCount } }', '{ agencies(region: "%s") { totalCount } }'],
)  # fmt: skip
def test_a_message_that_is_cut_leaves_no_half_of_a_number(client: Client, seeds: None, query: str) -> None:
    for length in range(55, 82):
        response = client.http.post("/graphql", json={"query": query % ("x-" * (length // 2) + "440000190001010019")})
        named = client.http.post(
            "/graphql", json={"query": "{ __typename }", "operationName": "x-" * (length // 2) + "440000190001010019"}
        )
        for answer in (response, named):
            assert "errors" in answer.json()
            assert "4400001900" not in answer.text
