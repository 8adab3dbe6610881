"""Runs the command line in this process and collects its output, log, exit status and files."""

import logging
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path

from api.cli.main import main


@dataclass(frozen=True)
class Run:
    """A run of the command."""

    status: int | None
    """The exit code; None if it ended other than by an exit."""
    out: str
    err: str
    """Including the log."""
    report: str | None
    """The content of the report, or None if there is none."""
    left: tuple[str, ...] = ()
    """Unexpected files beside the report."""
    trace: str = ""
    """The last line of the traceback that a shell would have seen."""
    seconds: float = 0.0
    """CPU seconds of this process, without the rest of the machine."""


def run(folder: Path, *arguments: str) -> Run:
    """Run `jointcredit` with a report in the folder. Settings come from the environment; streams are as in a shell."""
    report = folder / "report.json"
    out, err = TextIOWrapper(BytesIO(), "utf-8"), TextIOWrapper(BytesIO(), "utf-8", "backslashreplace")
    status: int | None = None
    trace = ""
    started = time.process_time()
    with _as_it_was(), redirect_stdout(out), redirect_stderr(err):
        sys.argv = ["jointcredit", *arguments, "--report", str(report)]
        try:
            main()
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
        except Exception as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            trace = f"{type(error).__name__} at {Path(place.filename).name}:{place.name}: {error}"
    seconds = time.process_time() - started
    left = tuple(sorted(path.name for path in folder.iterdir() if path != report))
    text = report.read_text("utf-8") if report.exists() else None
    return Run(status, _text(out), _text(err), text, left, trace, seconds)


@contextmanager
def _as_it_was() -> Iterator[None]:
    """Restore what the command changes in its process; its log does not reach the handlers of the tests."""
    arguments, term = sys.argv, signal.getsignal(signal.SIGTERM)
    root, own = logging.getLogger(), logging.getLogger("jointcredit")
    handlers, level, own_level = root.handlers, root.level, own.level
    root.handlers = []
    try:
        yield
    finally:
        sys.argv = arguments
        signal.signal(signal.SIGTERM, term)
        root.handlers = handlers
        root.setLevel(level)
        own.setLevel(own_level)


def _text(stream: TextIOWrapper) -> str:
    stream.flush()
    raw = stream.buffer
    assert isinstance(raw, BytesIO)
    return raw.getvalue().decode("utf-8")
