"""FORMAT.md agrees with the code: compares tables, columns and enums."""

import re
from pathlib import Path

from graph.model import Label
from loaders.format import tables as tables
from loaders.format.tables import TABLES
from loaders.report import Figures, Summary

TEXT = (Path(tables.__file__).parent / "FORMAT.md").read_text("utf-8")


def rows(heading: str) -> dict[str, str]:
    """The rows of the table under a heading, by their first cell."""
    section = TEXT.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    found = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line[:1] == "|"]
    return {cells[0]: cells[1] for cells in found[2:]}


def test_tables_and_columns() -> None:
    provenance = ["[source]", "[confidence]"]
    expected = {}
    for table in TABLES:
        names = [f"[{column.name}]" if column.optional else column.name for column in table.columns]
        assert names[-2:] == provenance
        expected[table.file] = ", ".join(names[:-2])
    assert rows("Tables") == expected
    assert list(rows("Tables")) == [table.file for table in TABLES]
    blank = {(table.name, column.name) for table in TABLES for column in table.columns if column.blank}
    assert blank == {("credit_lists", "memoranda")}


def test_vocabularies() -> None:
    documented = rows("Vocabularies")
    used = set()
    for table in TABLES:
        for column in table.columns:
            if column.words:
                name = column.name if column.name in documented else f"{column.name} of {table.name}"
                used.add(name)
                assert documented[name] == ", ".join(column.words)
    assert used == set(documented)


def test_limits() -> None:
    from csv import field_size_limit

    from loaders.format.cells import MAX_CODE, MAX_NAME

    assert f"A code has at most {MAX_CODE} characters, a name {MAX_NAME:,}, any cell {field_size_limit():,}." in TEXT


def test_the_report() -> None:
    documented = rows("The report")
    assert list(documented) == ["dataset", "jointcredit", "started", "refusals", "files", "totals", "seconds"]
    assert documented["files"] == "by file: " + ", ".join(Figures().as_dict())


def test_exit_status() -> None:
    from datetime import UTC, datetime

    summary = Summary("x", datetime.now(UTC))
    status = []
    for figures in (Figures(), Figures(2, 1, 0, 0, 1), Figures(1, 0, 0, 0, 1)):
        summary.files["x"] = figures
        status.append(str(summary.exit_status))
    assert status == list(rows("Exit status"))[:3]


def test_what_a_table_names_comes_before_it() -> None:
    made: set[Label | None] = set()
    for table in TABLES:
        made.add(table.label)
        assert {column.names for column in table.references} <= made


def test_properties_are_words_in_camel_case() -> None:
    for table in TABLES:
        assert all(re.fullmatch(r"[a-z]+([A-Z][a-z]*)*", name) for name in table.properties)
        assert len(set(table.properties)) == len(table.properties)
