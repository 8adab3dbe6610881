"""The formats of rows: JSON, one object per line, or CSV for a spreadsheet."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import orjson

from graph.queries.export import COLUMNS, ExportedPath

Page = Sequence[ExportedPath]


@dataclass(frozen=True)
class Form:
    """A format of paths."""

    suffix: str
    media_type: str
    head: bytes
    """The start of a file. An export that continues after a cursor leaves it out, so that the parts make one file."""
    lines: Callable[[Page], bytes]


def _ndjson(page: Page) -> bytes:
    return b"".join(
        orjson.dumps(dict(zip(COLUMNS, path, strict=True)), option=orjson.OPT_APPEND_NEWLINE) for path in page
    )


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def _cell(value: str | list[str] | None) -> str:
    """A cell of CSV: lists joined by semicolons as in a dataset, and an apostrophe before what Excel would
    calculate."""
    text = ";".join(value) if isinstance(value, list) else value or ""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


NDJSON = Form("ndjson", "application/x-ndjson", b"", _ndjson)
"""One JSON object per line."""

CSV = Form(
    "csv",
    "text/csv; charset=utf-8",
    # Without the byte order mark Excel reads UTF-8 in the code page of its machine and shows no Chinese.
    b"\xef\xbb\xbf" + _csv([COLUMNS]),
    lambda page: _csv([[_cell(value) for value in path] for path in page]),
)
"""RFC 4180, in UTF-8 with a byte order mark."""
