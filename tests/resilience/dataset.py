"""A dataset in memory: the bytes of its files, and the persons whose numbers and names are in them."""

import csv
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from random import Random

SUBJECTS = ("entities.csv", "affiliations.csv", "listings.csv")
"""The files with subjects."""

Table = list[list[str]]
"""The rows of a file, header first."""


@dataclass
class Dataset:
    """The files of a folder. Persons that mutations write are recorded, so that tests can search for them."""

    files: dict[str, bytes | None] = field(default_factory=dict)
    """By name; None stands for a folder of that name."""
    numbers: set[str] = field(default_factory=set)
    """Resident IDs, valid or not, in plain digits; 15 to 18 places."""
    names: set[str] = field(default_factory=set)
    """Names of natural persons."""
    cut: bool = False
    """Whether bytes were changed without regard to cells: half a number may be anywhere."""

    @classmethod
    def read(cls, folder: Path) -> "Dataset":
        """The files of a folder, without recorded persons."""
        return cls({path.name: path.read_bytes() for path in sorted(folder.iterdir())})

    def copy(self) -> "Dataset":
        """A copy that may be changed."""
        return Dataset(dict(self.files), set(self.numbers), set(self.names), self.cut)

    def write(self, folder: Path) -> None:
        """Write the files into a new folder."""
        folder.mkdir()
        for name, content in self.files.items():
            if content is None:
                (folder / name).mkdir()
            else:
                (folder / name).write_bytes(content)

    def table(self, name: str) -> Table:
        """The rows of a file as far as they can be parsed; invalid bytes are kept as lone surrogates."""
        text = (self.files.get(name) or b"").decode("utf-8-sig", "surrogateescape")
        rows: Table = []
        with suppress(csv.Error):  # after a huge cell, only the rows before it are returned
            rows.extend(csv.reader(StringIO(text, newline="")))
        return rows

    def put(self, name: str, rows: Iterable[Iterable[str]], *, quoting: int = csv.QUOTE_MINIMAL) -> None:
        """Replace the rows of a file."""
        out = StringIO(newline="")
        csv.writer(out, quoting=quoting).writerows(rows)  # type: ignore[arg-type]  # one of csv's four constants
        self.files[name] = out.getvalue().encode("utf-8", "surrogateescape")

    def put_bytes(self, name: str, content: bytes) -> None:
        """Replace the content of a file; do nothing if `pick_bytes` found none."""
        if name:
            self.files[name] = content

    def pick(self, rng: Random, among: Iterable[str] = (), least: int = 2) -> tuple[str, Table]:
        """A file with at least so many rows, one with subjects as often as all others together; ("", []) if there is
        none."""
        names = [name for name in (among or self.files) if self.files.get(name)]
        tables = {name: rows for name in names if len(rows := self.table(name)) >= least and rows[0]}
        if not tables:
            return "", []
        subjects = [name for name in tables if name in SUBJECTS]
        name = rng.choice(subjects if subjects and rng.random() < 0.5 else list(tables))
        return name, tables[name]

    def pick_bytes(self, rng: Random) -> tuple[str, bytes]:
        """A file that is not empty; ("", b"") if there is none. The change may cut a number in two."""
        self.cut = True
        full = [name for name, content in self.files.items() if content]
        subjects = [name for name in full if name in SUBJECTS]
        name = rng.choice(subjects if subjects and rng.random() < 0.5 else full) if full else ""
        return name, self.files.get(name) or b""

    def pick_cell(self, rng: Random, columns: Iterable[str] = (), among: Iterable[str] = ()) -> "Cell | None":
        """A cell below the header, in one of the columns if any are given."""
        name, rows = self.pick(rng, among or self._with(set(columns)))
        wanted = [place for place, column in enumerate(rows[0]) if not columns or column in columns] if rows else []
        if not wanted:
            return None
        cell = Cell(self, name, rows, rng.randrange(1, len(rows)), rng.choice(wanted))
        return cell if cell.column < len(rows[cell.row]) else None

    def _with(self, columns: set[str]) -> list[str]:
        headers = {name: self.table(name)[:1] for name in self.files} if columns else {}
        return [name for name, header in headers.items() if header and columns & set(header[0])]


@dataclass
class Cell:
    """One cell of a file."""

    dataset: Dataset
    file: str
    rows: Table
    row: int
    column: int

    @property
    def text(self) -> str:
        """The text of the cell."""
        return self.rows[self.row][self.column]

    def put(self, text: str) -> None:
        """Replace the text of the cell."""
        self.rows[self.row][self.column] = text
        self.dataset.put(self.file, self.rows)
