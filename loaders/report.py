"""The result of a load: figures per file, the first refusals, progress, and the report in JSON."""

import json
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self, TextIO

from graph.files.paths import open_output, shown
from graph.masking import Masked

FIRST_REFUSALS = 20
"""Refusals in a summary; the report has all of them."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A problem of a row. Personal numbers and names are masked."""

    file: str
    line: int
    column: str
    """Empty if the problem is with the whole row."""
    value: Masked
    reason: Masked


@dataclass(slots=True)
class Figures:
    """Rows of a file, or of all files: read = loaded + refused, loaded = created + updated + unchanged."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    mended: int = 0
    """Relationships that the graph had more than once, now only once. They are not counted as rows."""

    @property
    def loaded(self) -> int:
        """Rows that the graph now has with the values in the file."""
        return self.created + self.updated + self.unchanged

    def add(self, other: "Figures") -> None:
        """Add the figures of another file or batch."""
        self.read += other.read
        self.created += other.created
        self.updated += other.updated
        self.unchanged += other.unchanged
        self.refused += other.refused
        self.mended += other.mended

    def as_dict(self) -> dict[str, int]:
        """The figures by name, as in the report."""
        return {
            "read": self.read,
            "loaded": self.loaded,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "refused": self.refused,
            "mended": self.mended,
        }


@dataclass(slots=True)
class Summary:
    """The result of a load."""

    dataset: str
    started: datetime
    files: dict[str, Figures] = field(default_factory=dict)
    """By file name, in the order of loading; only files that exist."""
    first_refusals: list[Refusal] = field(default_factory=list)
    """At most 20."""
    seconds: float = 0.0

    @property
    def totals(self) -> Figures:
        """The sum over all files."""
        total = Figures()
        for figures in self.files.values():
            total.add(figures)
        return total

    @property
    def exit_status(self) -> int:
        """0 if every row was loaded, 1 if some were refused, 2 if rows were read and none was loaded."""
        totals = self.totals
        if not totals.refused:
            return 0
        return 1 if totals.loaded else 2


class Progress(Protocol):
    """Receives the progress of a load. It is called from one thread at a time, after a commit."""

    def start(self, file: str, total_bytes: int) -> None:
        """A file starts."""

    def advance(self, file: str, rows: int, bytes: int) -> None:
        """So many more rows, loaded or refused, and so many bytes are done."""

    def refused(self, file: str, rows: int) -> None:
        """So many of the rows in the last call of `advance` were refused."""


class Report:
    """Collects the figures and refusals of a load; a context manager. With a path, the report is written to a temporary
    file during the load and renamed at the end: there is a whole report or none, and memory does not grow.

    Raises FileError on entry if the report cannot be written there (see graph.files.paths), OSError if the disk is
    full.
    """

    def __init__(self, dataset: str, path: Path | None, progress: Progress | None) -> None:
        self.summary = Summary(dataset, datetime.now(UTC))
        self._path = path
        self._progress = progress
        self._clock = time.perf_counter()
        self._output = ExitStack()
        self._file: TextIO | None = None
        self._written = 0

    def __enter__(self) -> Self:
        if self._path:
            with ExitStack() as output:
                self._file = output.enter_context(open_output(self._path, "the report"))
                # The name of a folder may be invalid UTF-8; the report is valid.
                dataset = shown(self.summary.dataset)
                head = {"dataset": dataset, "jointcredit": _version()}
                head["started"] = self.summary.started.isoformat(timespec="seconds")
                self._file.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "refusals": [')
                self._file.flush()  # detects a full device before anything is loaded
                self._output = output.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.summary.seconds = round(time.perf_counter() - self._clock, 3)
        if kind is not None:
            self._output.__exit__(kind, error, trace)
            return
        with self._output:
            if self._file:
                tail = {
                    "files": {name: figures.as_dict() for name, figures in self.summary.files.items()},
                    "totals": self.summary.totals.as_dict(),
                    "seconds": self.summary.seconds,
                }
                self._file.write("\n], " + json.dumps(tail)[1:] + "\n")

    def begin(self, file: str, size: int) -> None:
        """Start a file."""
        self.summary.files[file] = Figures()
        if self._progress:
            self._progress.start(file, size)

    def refuse(self, refusal: Refusal) -> None:
        """Record one problem; `add` counts the row."""
        if len(self.summary.first_refusals) < FIRST_REFUSALS:
            self.summary.first_refusals.append(refusal)
        if self._file:
            entry = {name: getattr(refusal, name) for name in Refusal.__slots__}
            self._file.write((",\n" if self._written else "\n") + json.dumps(entry, ensure_ascii=False))
            self._written += 1

    def add(self, file: str, figures: Figures, size: int) -> None:
        """Add the result of a batch."""
        self.summary.files[file].add(figures)
        if self._progress:
            self._progress.advance(file, figures.read, size)
            if figures.refused:
                self._progress.refused(file, figures.refused)


def _version() -> str:
    try:
        return version("jointcredit")
    except PackageNotFoundError:
        return "unknown"
