"""The folder and its files: what stops a load before anything is written, and how files are split into records."""

from io import StringIO
from pathlib import Path
from time import perf_counter

import neo4j
import pytest

from graph.errors import DatasetError, FileError
from graph.identity.key import IdentityKey
from loaders.format.cells import CellError, list_of, read_code
from loaders.load import load
from loaders.reading.dataset import open_dataset, read_records

HEADER = "code,name,parent_code,level\n"


def folder(tmp_path: Path, **files: str | bytes) -> Path:
    for name, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        (tmp_path / f"{name}.csv").write_bytes(data)
    return tmp_path


@pytest.mark.parametrize(
    ("files", "messages"),
    [
        ({}, ("holds none of the files of the format", "regions.csv")),
        ({"region": HEADER}, ("region.csv is no file of the format (is regions.csv meant?)", "listings.csv")),
        ({"regions": ""}, ("regions.csv has no header row",)),
        ({"regions": "code,name,level,parent\n"}, ("unknown column 'parent' (column 4) (is parent_code meant?)",)),
        ({"regions": "code,parent_code\n"}, ("missing column name, level",)),
        ({"regions": "code,name,level,name\n"}, ("repeated column name",)),
        ({"regions": "code;name;level\n"}, ("columns are separated by commas",)),
        ({"regions": 'code,"name\n'}, ("has no header row",)),
        ({"regions": (HEADER + "1,广东省,,CITY\n").encode("gb18030")}, ("line 2, byte 30", "iconv -f GB18030")),
        ({"regions": (HEADER + "1,广东省,,CITY\n").encode("utf-16")}, ("line 1, byte 0", "iconv -f UTF-16 -t UTF-8")),
        ({"regions": HEADER.encode() + b"\xff\xff\xff\xff\xff\xff,a,b\n"}, ("line 2, byte 28", "save it as UTF-8")),
        ({"regions": HEADER.encode() + "1,省".encode()[:-1]}, ("line 2, byte 30",)),
    ],
)  # fmt: skip
def test_what_is_not_in_the_format_stops_the_load(
    files: dict[str, str | bytes], messages: tuple[str, ...], tmp_path: Path
) -> None:
    with pytest.raises(DatasetError) as stopped:
        open_dataset(folder(tmp_path, **files))
    for part in messages:
        assert part in str(stopped.value)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="nowhere cannot be read"):
        open_dataset(tmp_path / "nowhere")


def test_a_wrong_byte_is_found_wherever_chunks_are_cut(tmp_path: Path) -> None:
    for before in range((1 << 20) - 4, (1 << 20) + 2):
        data = b"\n" * before + "省".encode()[:2] + b"x" * 10
        with pytest.raises(DatasetError, match=f"line {before + 1}, byte {before};"):
            open_dataset(folder(tmp_path, regions=data))


def test_nothing_is_written_when_a_later_file_is_bad(
    tmp_path: Path, empty_graph: neo4j.Driver, database: str, identity_key: IdentityKey
) -> None:
    folder(tmp_path, regions=HEADER + "1,某地,,CITY\n", listings="x\n")
    report = tmp_path / "report.json"
    with pytest.raises(DatasetError, match=r"listings\.csv"):
        load(tmp_path, empty_graph, database, identity_key, report=report)
    with pytest.raises(FileError, match="the report cannot be written"):
        load(folder(tmp_path, listings="listing_no,entity,list_code,reason,document_no,listed_on\n"),
             empty_graph, database, identity_key, report=tmp_path / "no" / "report.json")  # fmt: skip
    found = empty_graph.execute_query("MATCH (n) WHERE NOT n:__Neo4jMigration RETURN count(n)", database_=database)
    assert found.records[0][0] == 0
    assert [path.name for path in tmp_path.iterdir()] == ["regions.csv", "listings.csv"] or not report.exists()


def records(text: str) -> list[tuple[int, list[str] | str]]:
    return [(r.line, r.problem or r.cells) for r in read_records(StringIO(text, newline=""), 2)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_records_are_told_apart_and_lines_counted(end: str) -> None:
    text = end.join(["a,b", "", '"1","x', 'y, ""z"""', "  ", "c,d"])
    assert records(text) == [(1, ["a", "b"]), (3, ["1", f'x{end}y, "z"']), (6, ["c", "d"])]


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        ("a,b\n1,2,3\nc,d\n", {2: "cells: 3; columns in the header: 2"}),
        ("a,b\n1\nc,d\n", {2: "cells: 1"}),
        ('a,b\n1,"never closed\nc,d\n', {2: "never closed; a quotation mark on lines 2 to 3"}),
        ('a,b\n1,"x"y\nc,d\n', {2: "a quotation mark stands within a quoted cell"}),
        ("a,b\n1,\0\nc,d\n", {2: "it contains a NUL byte"}),
        ('a,b\n1,"open\n2,"open again\nc,d\n', {2: "within a quoted cell", 3: "never closed"}),
        ("a,b\n1," + "x" * 131_073 + "\nc,d\n", {2: "a cell has more than 131,072 characters"}),
        ('a,b\n1,"' + "x\n" * 70_000 + "c,d\n", {2: "a cell has more than 131,072 characters"}),
    ],
)  # fmt: skip
def test_reading_goes_on_after_a_malformed_record(text: str, bad: dict[int, str]) -> None:
    found = records(text)
    assert found[0] == (1, ["a", "b"])
    assert found[-1][1] == ["c", "d"]
    assert [line for line, _ in found] == [*range(1, len(found) + 1)]
    for line, reason in bad.items():
        problem = found[line - 1][1]
        assert isinstance(problem, str)
        assert reason in problem


def test_malformed_records_are_rows_read_and_refused(
    tmp_path: Path, empty_graph: neo4j.Driver, database: str, identity_key: IdentityKey
) -> None:
    text = "\ufeff" + HEADER + '1,甲,,CITY\n2,乙\n3,"丙,,CITY\n４,丁,１,CITY\n5,\0,,CITY\n'
    summary = load(folder(tmp_path, regions=text), empty_graph, database, identity_key)
    figures = summary.files["regions.csv"]
    assert (figures.read, figures.created, figures.refused) == (5, 2, 3)
    assert [(r.line, r.column, r.value) for r in summary.first_refusals] == [(3, "", ""), (4, "", ""), (6, "", "")]
    found = empty_graph.execute_query("MATCH (n:Region)-[:PART_OF]->(p) RETURN n.code, p.code", database_=database)
    assert [tuple(record) for record in found.records] == [("4", "1")]


def test_thousands_of_unknown_columns_are_told_in_a_moment_and_in_brief(tmp_path: Path) -> None:
    header = ",".join(["code", "name", "level", *(f"column{number}" for number in range(30_000))])
    (tmp_path / "regions.csv").write_text(f"{header}\n", "utf-8")
    started = perf_counter()
    with pytest.raises(DatasetError, match=r"\(column 13\) and 29,990 more") as raised:
        open_dataset(tmp_path)
    assert perf_counter() - started < 2
    assert len(str(raised.value)) < 500


def test_a_column_that_looks_like_a_number_or_is_long_is_not_told_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "regions.csv").write_text(f"440000 19000101 0019,{'x' * 100_000}\n", "utf-8")
    with pytest.raises(DatasetError, match="unknown column '4") as raised:
        open_dataset(tmp_path)
    assert "19000101" not in str(raised.value)
    assert len(str(raised.value)) < 400


def test_a_long_list_is_read_in_a_moment() -> None:
    codes = [str(number) for number in range(24_000)]
    started = perf_counter()
    assert list_of(read_code)(";".join(codes)) == codes
    with pytest.raises(CellError, match=r"named twice in the list: '0', '1', .* and 23,990 more"):
        list_of(read_code)(";".join(codes * 2))
    assert perf_counter() - started < 2
