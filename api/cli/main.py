"""The command `jointcredit`. Exit codes: 0 done, 1 rows were refused or a check found faults, 2 wrong input, 3 the
database or a full disk."""

import logging
import signal
import sqlite3
import sys
from types import TracebackType
from typing import Any, NoReturn

import typer
from rich.text import Text

from api.cli.session import console, ended
from api.telemetry.logs import set_up_logging
from graph.errors import EmbeddedError, JointCreditError

from .datasets import check, load
from .failures import failure_of, flush_output
from .graph import migrate, register, schema
from .services import run_neo4j, serve

app = typer.Typer(
    help="信用奖惩、一键搞定: which joint credit measures apply to a subject, which departments act, and why. "
    "Settings come from the environment; docs/settings.md lists them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for _command in (serve, load, check, migrate, schema, register):
    app.command()(_command)
app.command("neo4j")(run_neo4j)
log = logging.getLogger("jointcredit.cli")
_USAGE_ERROR: Any = typer.BadParameter.__mro__[2]  # of all that is wrong with arguments; typer keeps its name to itself


def main() -> NoReturn:
    """Run the command line. An expected error is one line, without a traceback."""
    # A supervisor's TERM leaves every `with` in order, so that an embedded database is stopped.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    set_up_logging("INFO")
    sys.excepthook = _log_unforeseen
    try:
        _run()
    except (JointCreditError, OSError, sqlite3.OperationalError) as error:
        if ended.is_set():  # printed already: the rest fails because the database has ended
            raise SystemExit(EmbeddedError.exit_status) from None
        problem = error if isinstance(error, JointCreditError) else failure_of(error)
        if problem is not error:
            log.debug("where it failed", exc_info=error)
        console.print(Text.assemble((problem.code, "bold red"), f": {problem}"))
        raise SystemExit(problem.exit_status) from None
    raise SystemExit(0)


def _log_unforeseen(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Log the traceback of an unexpected error, masked like every line of the log."""
    log.critical("the command ended with an unexpected error", exc_info=(kind, error, trace))


def _run() -> None:
    try:
        status = app(standalone_mode=False)
    except _USAGE_ERROR as error:
        # typer would print the arguments unmasked.
        about = f"{error.ctx.command_path} --help" if error.ctx else "jointcredit --help"
        console.print(f"USAGE: {error.format_message()} (`{about}` says more)")
        raise SystemExit(error.exit_code) from None
    except typer.Abort:
        raise SystemExit(1) from None
    except SystemExit:
        if ended.is_set():
            raise SystemExit(EmbeddedError.exit_status) from None
        flush_output()
        raise
    flush_output()
    raise SystemExit(status or 0)
