"""The command line in this process: the same `main`, without the half second for starting a process."""

import io
import logging
import os
import re
import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from api.cli.main import main

SECONDS = 30.0
"""Seconds after which a command counts as hung."""
_OURS = ("NEO4J_", "JOINTCREDIT_")


@dataclass(frozen=True)
class Done:
    """The result of a command."""

    status: int
    out: str
    err: str

    def is_told(self, *texts: str) -> None:
        """Assert that it failed with one line, or a usage message, that contains the texts, and without a traceback."""
        lines = [line for line in self.err.splitlines() if line.strip()]
        assert "Traceback" not in self.err, self
        assert lines, self
        if not lines[0].startswith("Usage:"):
            assert re.match(r"[A-Z_]+: \S", lines[-1]), self
            assert sum(bool(re.match(r"[A-Z_]+: ", line)) for line in lines) == 1, self
        assert all(text in self.err for text in texts), self
        self.is_clean()

    def is_clean(self) -> None:
        """Assert that the output has no control sequences and is valid UTF-8."""
        for text in (self.err, self.out):
            assert text.replace("\n", "").isprintable() or not re.search(r"[\x00-\x09\x0b-\x1f\ud800-\udfff]", text), (
                self
            )


def run(*arguments: str, folder: Path, settings: Mapping[str, str] | None = None) -> Done:
    """Run the command in a folder, with these settings only."""
    out = io.TextIOWrapper(io.BytesIO(), "utf-8", errors="strict")
    err = io.TextIOWrapper(io.BytesIO(), "utf-8", errors="backslashreplace")  # as Python has them
    with _process(["jointcredit", *arguments], settings or {}, folder, out, err), _time_limit():
        try:
            main()
        except SystemExit as ended:
            status = ended.code if isinstance(ended.code, int) else 1
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode() if isinstance(stream.buffer, io.BytesIO) else "")
    return Done(status, *texts)


@contextmanager
def _process(
    arguments: list[str], settings: Mapping[str, str], folder: Path, out: io.TextIOWrapper, err: io.TextIOWrapper
) -> Iterator[None]:
    """Replace the state of the process, and restore it afterwards."""
    environment, argv, cwd = dict(os.environ), sys.argv, Path.cwd()
    streams, term = (sys.stdout, sys.stderr), signal.getsignal(signal.SIGTERM)
    root = logging.getLogger()
    handlers, levels = root.handlers[:], [(log, log.level) for log in (root, logging.getLogger("jointcredit"))]
    for name in list(os.environ):
        if name.startswith(_OURS):
            del os.environ[name]
    os.environ.update({"COLUMNS": "200", "NO_COLOR": "1", **settings})
    sys.argv, sys.stdout, sys.stderr = arguments, out, err
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(cwd)
        sys.argv, (sys.stdout, sys.stderr) = argv, streams
        os.environ.clear()
        os.environ.update(environment)
        signal.signal(signal.SIGTERM, term)
        root.handlers[:] = handlers
        for log, level in levels:
            log.setLevel(level)


@contextmanager
def _time_limit() -> Iterator[None]:
    """Stop a command that hangs or serves with SIGTERM, as a supervisor would; its status is then 143."""
    timer = threading.Timer(SECONDS, os.kill, (os.getpid(), signal.SIGTERM))
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
