"""Rows with numbers and names of persons where they do not belong: none of them is shown, stored in clear, or lost."""

import csv
import json
import re
from pathlib import Path

import pytest

from graph.identity.key import IdentityKey
from loaders.offline import write_files
from tests.api.test_cli import run
from tests.conftest import Graph
from tests.loaders.test_loader_refusals import ENTITY, LISTING, MEASURE, PERSON, small
from tests.support.client import ID_KEY
from tests.support.generator import make_dataset
from tests.support.rows import Rows

CASES = Path(__file__).parents[1] / "resilience" / "privacy"
NAMES = ("张三丰", "三丰", "Zhang San", "Sanfeng")
DIGITS = re.compile(r"[\W_]")
NUMBERS = ("440000190001010078", "440000190001010051")


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("private") / "dataset"
    make_dataset(folder, entities=20, seed=3)
    for case in CASES.glob("*.csv"):
        with (folder / case.name).open("w", encoding="utf-8", newline="") as file:
            file.write(case.read_text("utf-8"))
    return folder


def leaks(text: str) -> list[str]:
    """The names and numbers that stand in a text, blanks and signs between the digits not counted."""
    return [name for name in NAMES if name in text] + [number for number in NUMBERS if number in DIGITS.sub("", text)]


def test_leaks_are_found() -> None:
    assert leaks("张三丰 4400.0019\u200b000101 0051") == ["张三丰", "三丰", "440000190001010051"]


def records(path: Path) -> int:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


def test_no_number_and_no_name_is_shown_or_stored(graph: Graph, dataset: Path, tmp_path: Path) -> None:
    graph.wipe()
    done = run("load", str(dataset), "--report", str(tmp_path / "report.json"), target=graph.target)
    assert done.returncode == 1, done.stderr
    text = (tmp_path / "report.json").read_text("utf-8")
    assert leaks(text) == leaks(done.stderr) == leaks(done.stdout) == []
    report = json.loads(text)
    for name in ("entities.csv", "listings.csv"):
        figures = report["files"][name]
        assert figures["read"] == records(dataset / name) == figures["loaded"] + figures["refused"]
    stored = graph.driver.execute_query(
        "MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN collect(properties(n)) + collect(properties(r))",
        database_=graph.target.database,
    ).records[0][0]
    assert [number for number in NUMBERS if number in DIGITS.sub("", repr(stored))] == []


def test_no_number_is_written_offline(dataset: Path, tmp_path: Path) -> None:
    summary, _ = write_files(dataset, tmp_path / "files", IdentityKey(ID_KEY), report=tmp_path / "report.json")
    assert leaks((tmp_path / "report.json").read_text("utf-8") + repr(summary)) == []
    for path in (tmp_path / "files").iterdir():
        assert [number for number in NUMBERS if number in DIGITS.sub("", path.read_text("utf-8"))] == []


@pytest.mark.parametrize("column", ["listing_no", "reason", "document_no", "removal_reason"])
def test_a_resident_id_in_a_column_of_a_listing_refuses_the_row(graph: Graph, column: str, tmp_path: Path) -> None:
    _refused(graph, tmp_path, small(), "listings", LISTING | {column: f"见 {PERSON}"}, column)


@pytest.mark.parametrize("column", ["name", "registration_no"])
def test_a_resident_id_in_a_column_of_an_entity_refuses_the_row(graph: Graph, column: str, tmp_path: Path) -> None:
    _refused(graph, tmp_path, small(), "entities", ENTITY | {column: PERSON}, column)


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("agencies", "code"),
        ("agencies", "name"),
        ("measures", "content"),
        ("measures", "legal_bases"),
        ("memoranda", "doc_number"),
    ],
)
def test_a_resident_id_in_the_catalogue_refuses_the_row(graph: Graph, table: str, column: str, tmp_path: Path) -> None:
    cells: dict[str, dict[str, object]] = {"agencies": {"code": "A2"}, "measures": MEASURE, "memoranda": {"code": "M2"}}
    _refused(graph, tmp_path, small(), table, cells[table] | {column: f"{PERSON[:6]} {PERSON[6:]}"}, column)


def _refused(graph: Graph, folder: Path, rows: Rows, table: str, cells: dict[str, object], column: str) -> None:
    rows.add(table, **cells)
    graph.wipe()
    summary = graph.load(rows.write(folder))
    assert [(refusal.file, refusal.column) for refusal in summary.first_refusals] == [(f"{table}.csv", column)]
    assert "resident ID" in summary.first_refusals[0].reason
    assert "*****" in summary.first_refusals[0].value
