"""The folder of a dataset: the checks before anything is written, and the records of each file."""

import codecs
import csv
import unicodedata
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from io import TextIOWrapper
from pathlib import Path
from typing import NamedTuple, TextIO

from graph.errors import DatasetError
from graph.files.paths import open_input, shown
from graph.masking import MAX_QUOTED, mask_name, quoted
from loaders.format.tables import TABLES, Table

_CHUNK = 1 << 20
MAX_COLUMNS = 10
"""Columns of a header that a message lists."""
_FILES = tuple(table.file for table in TABLES)


@dataclass(frozen=True)
class DatasetFile:
    """A file of a dataset that can be read."""

    table: Table
    path: Path
    header: tuple[str, ...]
    size: int
    """Bytes."""


class Record(NamedTuple):
    """A row of the file or, with `problem`, text that cannot be split into cells."""

    line: int
    """The physical line on which it starts, counted from 1; the header is on line 1."""
    cells: list[str]
    """The cells. They hold personal numbers and names unmasked, so a record does not print them."""
    problem: str | None = None

    def __repr__(self) -> str:
        return f"Record(line={self.line}, cells=<{len(self.cells)}>, problem={self.problem!r})"


def open_dataset(folder: Path) -> list[DatasetFile]:
    """The files of the folder in the order of loading.

    Raises DatasetError, before anything is written, if the folder has no file of the format or another CSV file, if a
    file is a pipe, a device or a folder, if a file is not UTF-8 throughout, or if a header lacks a column, repeats one
    or has an unknown one.
    """
    try:
        present = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".csv")
    except OSError as error:
        raise DatasetError(
            f"{shown(folder)} cannot be read ({error.strerror}): name the folder that holds the CSV files"
        ) from None
    for path in present:
        if path.name not in _FILES:
            raise DatasetError(
                f"{shown(path.name)} is no file of the format{_near(path.name, _FILES)}: rename it or move it away; "
                f"the files are {', '.join(_FILES)}"
            )
    if not present:
        raise DatasetError(f"{shown(folder)} holds none of the files of the format: {', '.join(_FILES)}")
    try:
        return [_open(table, folder / table.file) for table in TABLES if folder / table.file in present]
    except OSError as error:
        raise DatasetError(f"{shown(error.filename or folder)} cannot be read: {error.strerror}") from None


def _open(table: Table, path: Path) -> DatasetFile:
    _check_encoding(path)
    with open_input(path) as raw, TextIOWrapper(raw, encoding="utf-8-sig", newline="") as file:
        first = next(read_records(file, None), None)
    if first is None or first.problem or first.line != 1:
        raise DatasetError(f"{path.name} has no header row: its first line must name the columns")
    header = tuple(unicodedata.normalize("NFKC", cell).strip() for cell in first.cells)
    known = tuple(table.by_name)
    unknown = [name for name in header if name not in table.by_name]
    missing = [column.name for column in table.columns if not column.optional and column.name not in header]
    repeated = [name for name, times in Counter(header).items() if times > 1]
    problems = [
        f"{what} {_some_of(names, header, table)}"
        for what, names in (("unknown column", unknown), ("missing column", missing), ("repeated column", repeated))
        if names
    ]
    if problems:
        hint = " (columns are separated by commas)" if len(header) == 1 else ""
        raise DatasetError(f"{path.name}, line 1: {'; '.join(problems)}; the columns are {', '.join(known)}{hint}")
    return DatasetFile(table, path, header, path.stat().st_size)


def _some_of(names: list[str], header: tuple[str, ...], table: Table) -> str:
    """The first of several names of columns for a message; unknown ones with their place in the header."""
    shown = [name if name in table.by_name else _unknown(name, header, table) for name in names[:MAX_COLUMNS]]
    return ", ".join(shown) + (f" and {len(names) - MAX_COLUMNS:,} more" if len(names) > MAX_COLUMNS else "")


def _unknown(name: str, header: tuple[str, ...], table: Table) -> str:
    near = _near(name, tuple(table.by_name))
    # If the header is missing, the first row stands in its place, perhaps with names of persons.
    name_shown = quoted(name if near else mask_name(name[:MAX_QUOTED]))
    return f"{name_shown} (column {header.index(name) + 1}){near}"


def _near(name: str, known: tuple[str, ...]) -> str:
    close = get_close_matches(name[:MAX_QUOTED].lower(), known, 1)
    return f" (is {close[0]} meant?)" if close else ""


def _check_encoding(path: Path) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    lines, read = 0, 0
    with open_input(path) as file:
        start = file.read(_CHUNK)
        chunk = start
        while True:
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                # The decoder keeps the bytes of a character that a chunk has cut; they are read already.
                offset = read + len(chunk) - len(error.object) + error.start
                line = lines + chunk[: max(offset - read, 0)].count(b"\n") + 1
                raise DatasetError(
                    f"{path.name} is not UTF-8: line {line}, byte {offset}; {_remedy(start, error.object, path.name)}"
                ) from None
            if not chunk:
                return
            lines += chunk.count(b"\n")
            read += len(chunk)
            chunk = file.read(_CHUNK)


def _remedy(start: bytes, around: bytes, name: str) -> str:
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "UTF-16"
    else:
        # The sample may end inside a character, so an error at its very end means nothing.
        encoding = "GB18030"
        try:
            around.decode(encoding)
        except UnicodeDecodeError as error:
            if error.end < len(around) - 4:
                return "save it as UTF-8"
    return f"it looks like {encoding}: iconv -f {encoding} -t UTF-8 {name} > utf8.csv"


class _Lines:
    """The physical lines of a file. Lines can be handed back."""

    def __init__(self, file: TextIO) -> None:
        self._file = iter(file)
        self._back: deque[str] = deque()
        self.taken: list[str] = []

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else next(self._file)
        self.taken.append(line)
        return line

    def hand_back_all_but_first(self) -> None:
        self._back.extendleft(reversed(self.taken[1:]))
        del self.taken[1:]


def read_records(file: TextIO, width: int | None) -> Iterator[Record]:
    """The records of an open file, without blank lines. `width` cells are expected, or any number for None.

    After a malformed record, reading continues with the very next line: a quotation mark that is never closed costs one
    row, not the rest of the file.
    """
    lines = _Lines(file)
    reader = csv.reader(lines, strict=True)
    line = 1
    while True:
        lines.taken.clear()
        problem = None
        cells: list[str] = []
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problem = _explain(str(error))
        else:
            if width is not None and len(cells) != width:
                if not "".join(cells).strip() and len(lines.taken) == 1 and len(cells) <= 1:
                    line += 1
                    continue
                problem = f"cells: {len(cells)}; columns in the header: {width}"
        if problem and len(lines.taken) > 1:
            problem += f"; a quotation mark on lines {line} to {line + len(lines.taken) - 1} may not be closed"
            lines.hand_back_all_but_first()
        if "\0" in "".join(lines.taken):
            problem = "it contains a NUL byte"
        yield Record(line, [] if problem else cells, problem)
        line += len(lines.taken)


def _explain(error: str) -> str:
    if "unexpected end" in error:
        return "a quotation mark is opened and never closed"
    if "field larger" in error:
        return f"a cell has more than {csv.field_size_limit():,} characters"
    return 'a quotation mark stands within a quoted cell: write it twice ("")'
