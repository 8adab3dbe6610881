"""What must be true of every load of any dataset: the guarantees of FORMAT.md and the privacy of persons.

Each function returns problems, one per line, each with its kind first; an empty list means that all is well.
"""

import csv
import json
import re
import unicodedata
from collections.abc import Callable
from io import StringIO
from typing import Any

from tests.resilience.leaks import BETWEEN, Leaks
from tests.resilience.loading import Run

SECONDS = 5.0
"""Allowed CPU seconds of a command. The dataset is small: only quadratic work takes longer."""
PRINTED = 200_000
"""Allowed characters on the terminal."""
A_REFUSAL = 2_000
"""Allowed characters of the report, per refusal and per file."""
FIELDS = {"dataset", "jointcredit", "started", "refusals", "files", "totals", "seconds"}
FIGURES = {"read", "loaded", "created", "updated", "unchanged", "refused", "mended"}
MADE_OF = {
    "regions.csv": "Region", "agencies.csv": "Agency", "divisions.csv": "Division", "memoranda.csv": "Memorandum",
    "credit_lists.csv": "CreditList", "power_items.csv": "PowerItem", "measures.csv": "Measure",
    "embeddings.csv": "EMBEDDED_IN", "entities.csv": "Entity", "affiliations.csv": "AFFILIATED_WITH",
    "listings.csv": "Listing",
}  # fmt: skip
"""The label or relationship type of the rows of a file."""

_ALL = re.compile(r"^all +" + r" +".join([r"([\d,]+)"] * 5) + "$", re.MULTILINE)


def problems_of(run: Run, leaks: Leaks) -> list[str]:
    """The problems of one run of the command."""
    found = [f"trace: {run.trace[:300]}"] if run.trace else []
    if run.status not in (0, 1, 2) and not run.trace:  # 3 would mean the database, which works
        found.append(f"status: {run.status}: {run.err[-300:]}")
    if "Traceback" in run.out + run.err:
        found.append(f"trace: printed: {run.err[-300:]}")
    if run.left:
        found.append(f"left: {', '.join(run.left)}")
    if run.seconds > SECONDS:
        found.append(f"slow: {run.seconds:.1f} s")
    if len(run.out + run.err) > PRINTED:
        found.append(f"long: {len(run.out + run.err):,} characters printed")
    if odd := {c for c in run.out + run.err if unicodedata.category(c) == "Cc" and c != "\n"}:
        line = next(line for line in (run.out + run.err).split("\n") if odd & set(line))
        found.append(f"control: {sorted(odd)} printed: {line[:200]!r}")
    printed = {"stdout": run.out, "stderr": run.err, "report": run.report or ""}
    for where, text in printed.items():
        for kind, search in (("number", leaks.numbers_in), ("name", leaks.names_in)):
            found += [f"{kind}: {what} in {where}: {line}" for what, line in _leaked(text, search).items()]
    return found + (_stopped(run) if run.report is None else _reported(run, run.report, leaks))


def _leaked(text: str, search: Callable[[str], set[str]]) -> dict[str, str]:
    """The leaks, each with the first line that contains it; a number may span several lines."""
    found = dict.fromkeys(sorted(search(text)), "")
    for line in text.split("\n") if found else ():
        found.update((what, line[:400]) for what in search(line) if not found.get(what))
    return found


def _stopped(run: Run) -> list[str]:
    """Problems of a run that refused the whole dataset: one line must give the reason."""
    found = []
    if run.status != 2 and not run.trace:
        found.append(f"report: none, with status {run.status}")
    if run.err.strip("\n").count("\n") and not run.trace:
        found.append(f"lines: one is expected: {run.err[:300]!r}")
    return found


def _reported(run: Run, text: str, leaks: Leaks) -> list[str]:
    try:
        report = json.loads(text)
    except ValueError as error:
        return [f"report: no JSON: {error}"]
    if run.trace or set(report) != FIELDS:
        return [f"report: {sorted(report)} after {run.trace or 'a load'}"]
    found: list[str] = []
    texts = BETWEEN.join(str(value) for refusal in report["refusals"] for value in refusal.values())
    if not (leaks.numbers_in(text) or leaks.names_in(text)):
        escaped = leaks.numbers_in(texts) | leaks.names_in(texts)
        found += [f"number: {sorted(escaped)} in the report, escaped"] if escaped else []
    if len(text) > A_REFUSAL * (len(report["refusals"]) + len(report["files"]) + 1):
        found.append(f"long: a report of {len(text):,} characters, {len(report['refusals'])} refusals")
    return found + _figures(run, report)


def _figures(run: Run, report: dict[str, Any]) -> list[str]:
    found = []
    files, totals = report["files"], report["totals"]
    for name, figures in [*files.items(), ("all", totals)]:
        balanced = figures["read"] == figures["loaded"] + figures["refused"]
        balanced &= figures["loaded"] == figures["created"] + figures["updated"] + figures["unchanged"]
        if not balanced or set(figures) != FIGURES or min(figures.values()) < 0:
            found.append(f"figures: {name} {figures}")
    if any(totals[name] != sum(figures[name] for figures in files.values()) for name in FIGURES):
        found.append(f"figures: the totals are no sums: {report['files']} {totals}")
    for name, figures in files.items():
        lines = {refusal["line"] for refusal in report["refusals"] if refusal["file"] == name}
        if len(lines) != figures["refused"] or min(lines, default=2) < 2:
            found.append(f"figures: {name}: refusals on {len(lines)} lines, {figures['refused']} rows refused")
    if unknown := {refusal["file"] for refusal in report["refusals"]} - set(files):
        found.append(f"figures: refusals of {unknown}")
    if any(not refusal["reason"] for refusal in report["refusals"]):
        found.append("figures: a refusal without a reason")
    status = 0 if not totals["refused"] else 1 if totals["loaded"] else 2
    if run.status != status and not run.trace:
        found.append(f"status: {run.status}, {status} is expected of {totals}")
    printed = _ALL.search(run.err)
    wanted = [totals[name] for name in ("read", "created", "updated", "unchanged", "refused")]
    if not printed or [int(figure.replace(",", "")) for figure in printed.groups()] != wanted:
        found.append(f"figures: printed {printed and printed[0]}, reported {wanted}")
    return found


def miscounted(run: Run, files: dict[str, bytes | None]) -> list[str]:
    """The files of which the load read another number of rows than Python's csv module, if that can read them."""
    read = _load(run).get("files", {})
    counts = {name: records(files.get(name) or b"") for name in read}
    return [
        f"count: {name}: {read[name]['read']} read, {count} there"
        for name, count in counts.items()
        if count is not None and read[name]["read"] != count
    ]


def records(content: bytes) -> int | None:
    """The number of records below the header of a file, without blank lines. None if the file is not CSV throughout, or
    if a record of several lines has a different number of cells than the header, which is ambiguous."""
    try:
        reader = csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        width, line, count = len(next(reader, [])), reader.line_num, 0
        for cells in reader:
            one_line, line = reader.line_num == line + 1, reader.line_num
            blank = one_line and len(cells) < 2 and not "".join(cells).strip()
            if len(cells) != width and not one_line:
                return None
            count += not blank
    except (csv.Error, UnicodeDecodeError):
        return None
    return count


def differences(online: Run, offline: Run) -> list[str]:
    """The differences between the results of two loads of a dataset into an empty graph."""
    one, other = _load(online), _load(offline)
    found = [] if online.status == offline.status else [f"offline: status {offline.status}, online {online.status}"]
    for field in sorted(FIELDS - {"started", "seconds"}):
        if one.get(field) != other.get(field):
            found.append(f"offline: {field}: {_first_difference(one.get(field), other.get(field))}")
    return found


def rewritten(first: Run, second: Run) -> list[str]:
    """What the second of two loads of one dataset should not have done."""
    one, other = _load(first).get("totals", {}), _load(second).get("totals", {})
    same = [one.get(name) for name in ("read", "loaded", "refused")]
    if (
        [other.get(name) for name in ("read", "loaded", "refused")] == same
        and one
        and other["loaded"] == other["unchanged"]
    ):
        return []
    return [f"again: first {one}, then {other}"] if one or other else []


def unlike_graph(run: Run, made: dict[str, int]) -> list[str]:
    """Differences between the graph and the rows that were loaded into it when it was empty, by label and type."""
    loaded = {MADE_OF[name]: figures["loaded"] for name, figures in _load(run).get("files", {}).items()}
    counts = {name: made.get(name, 0) for name in MADE_OF.values()}
    wrong = {name: (loaded.get(name, 0), count) for name, count in counts.items() if loaded.get(name, 0) != count}
    return [f"graph: loaded, held: {wrong}"] if wrong else []


def stored(values: list[str], leaks: Leaks) -> list[str]:
    """The numbers of persons in stored values."""
    found = leaks.numbers_in(BETWEEN.join(values))
    wrong = [value for value in values if leaks.numbers_in(value)] if found else []
    return [f"stored: {sorted(found)}: {wrong[0][:200]!r}"] if wrong else []


def _load(run: Run) -> dict[str, Any]:
    try:
        report: dict[str, Any] = json.loads(run.report or "{}")
    except ValueError:
        return {}
    return report


def _first_difference(one: Any, other: Any) -> str:
    if isinstance(one, list) and isinstance(other, list):
        pairs = [(a, b) for a, b in zip(one, other, strict=False) if a != b]
        return f"{len(one)} and {len(other)}; {pairs[:1]}"
    return f"{one} and {other}"
