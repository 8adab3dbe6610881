"""A load on the terminal: a progress bar per file while it runs, then the figures and the first refusals."""

from pathlib import Path
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from graph.files.paths import shown
from graph.masking import Masked, mask_text
from loaders.check import MENDED, Fault, Findings
from loaders.report import Summary


class Bars:
    """The `Progress` of loaders.report, drawn by rich. Prints nothing if the console is not a terminal."""

    def __init__(self, console: Console) -> None:
        self._progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %", markup=False),
            TextColumn("{task.fields[rows]:,} rows", markup=False),
            TextColumn("{task.fields[bad]}", style="red", markup=False),
            TimeElapsedColumn(),
            console=console,
            transient=True,
        )
        self._tasks: dict[str, TaskID] = {}
        self._rows: dict[str, int] = {}
        self._refused: dict[str, int] = {}

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def start(self, file: str, total_bytes: int) -> None:
        """Show the bar of a file."""
        self._tasks[file] = self._progress.add_task(file, total=max(total_bytes, 1), rows=0, bad="")

    def advance(self, file: str, rows: int, bytes: int) -> None:
        """Add rows and bytes that are done."""
        self._rows[file] = self._rows.get(file, 0) + rows
        self._progress.update(self._tasks[file], advance=bytes, rows=self._rows[file])

    def refused(self, file: str, rows: int) -> None:
        """Add rows that were refused."""
        self._refused[file] = self._refused.get(file, 0) + rows
        self._progress.update(self._tasks[file], bad=f"{self._refused[file]:,} refused")


def print_summary(summary: Summary, folder: Path, report: Path | None, console: Console) -> None:
    """Print the figures of a load. For each file, read = loaded + refused."""
    columns = ("read", "created", "updated", "unchanged", "refused")
    title = mask_text(f"{shown(folder)}: {summary.seconds:.1f} s")
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    table.add_column("file")
    for column in columns:
        table.add_column(column, justify="right")
    for file, figures in [*summary.files.items(), ("all", summary.totals)]:
        table.add_row(file, *(f"{getattr(figures, column):,}" for column in columns))
    console.print(table)
    for refusal in summary.first_refusals:
        place = f"{refusal.file}:{refusal.line} {refusal.column or ''}"
        # Each part is already masked. Masking the whole line again would read two codes in it as one number.
        console.print(Masked(f"{place} {refusal.value!r}: {refusal.reason}"))
    if summary.totals.mended:
        console.print(f"{summary.totals.mended:,} relationships existed more than once: one of each was kept")
    if summary.totals.refused:
        where = f"{shown(report)} has all of them" if report else "pass --report FILE for all of them"
        console.print(Text.assemble((f"{summary.totals.refused:,} rows were refused", "bold"), f"; {where}"))


def print_findings(findings: Findings, repaired: bool, console: Console) -> None:
    """Print the result of a check: how often each fault occurs and where, and the first examples."""
    console.print(f"{findings.nodes:,} nodes were read")
    for (fault, label, what), times in sorted(findings.counts.items()):
        mended = ", mended" if repaired and fault in MENDED else ""
        console.print(f"{fault}: {label} {what}: {times:,}{mended}")
    for finding in findings.first:
        console.print(f"  {finding.fault}: {finding.label} {finding.key} {finding.what}")
    if not findings.counts:
        console.print("the graph has no faults")
    elif left := findings.left(repaired):
        mends = not repaired and any(fault in MENDED for fault, *_ in findings.counts)
        how = "`jointcredit check --repair`, or load again" if mends else "load the dataset that holds them again"
        console.print(f"{left:,} are left: {how}")
    if any(fault is Fault.KEYLESS for fault, *_ in findings.counts):
        console.print("a node without a key comes from no dataset: delete it with the tool that created it")
