"""The command `jointcredit`. Exit codes: 0 done, 1 rows were refused or a check found faults, 2 wrong input, 3 the
database or a full disk."""

import logging
import os
import signal
import sqlite3
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Annotated, Any, NoReturn

import neo4j
import typer
from rich.text import Text

from api.telemetry.logs import set_up_logging
from graph.errors import EmbeddedError, GraphNotReady, JointCreditError, SettingsError
from graph.files.paths import shown
from graph.identity.key import identity_key
from graph.settings import MAX_WORKERS, Settings, read_settings
from graph.store.database import Target
from graph.store.write_lock import PATIENCE

from .console import MaskingConsole
from .failures import failure_of, flush_output

app = typer.Typer(
    help="信用奖惩、一键搞定: which joint credit measures apply to a subject, which departments act, and why. "
    "Settings come from the environment; the README lists them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
console = MaskingConsole()
log = logging.getLogger("jointcredit.cli")
_ended = threading.Event()
_USAGE_ERROR: Any = typer.BadParameter.__mro__[2]  # of all that is wrong with arguments; typer keeps its name to itself


def _path(text: str) -> Path:
    if not text:
        # An empty variable of a script, most likely: it would name the current folder.
        raise typer.BadParameter("a path is expected, not an empty text")
    return Path(text)


Folder = Annotated[
    Path,
    typer.Argument(parser=_path, metavar="DIR", help="A dataset: a folder of CSV files, see loaders/format/FORMAT.md."),
]
Wait = Annotated[
    float,
    typer.Option(min=0, metavar="SECONDS", help="How long to wait for another process that writes the graph."),
]


def main() -> NoReturn:
    """Run the command line; what goes wrong on purpose is told in one line, without a trace."""
    # A supervisor's TERM leaves every `with` in order, so that an embedded database is stopped.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    set_up_logging("INFO")
    sys.excepthook = _log_unforeseen
    try:
        _run()
    except (JointCreditError, OSError, sqlite3.OperationalError) as error:
        if _ended.is_set():  # told already: what fails after the database's end fails for it
            raise SystemExit(EmbeddedError.exit_status) from None
        told = error if isinstance(error, JointCreditError) else failure_of(error)
        if told is not error:
            log.debug("where it failed", exc_info=error)
        console.print(Text.assemble((told.code, "bold red"), f": {told}"))
        raise SystemExit(told.exit_status) from None
    raise SystemExit(0)


def _log_unforeseen(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """The trace of an error that nobody foresaw, masked as every line of the log is."""
    log.critical("the command ended by an error that was not foreseen", exc_info=(kind, error, trace))


def _run() -> None:
    try:
        status = app(standalone_mode=False)
    except _USAGE_ERROR as error:
        # typer would print the arguments as they were given.
        about = f"{error.ctx.command_path} --help" if error.ctx else "jointcredit --help"
        console.print(f"USAGE: {error.format_message()} (`{about}` tells more)")
        raise SystemExit(error.exit_code) from None
    except typer.Abort:
        raise SystemExit(1) from None
    except SystemExit:
        if _ended.is_set():
            raise SystemExit(EmbeddedError.exit_status) from None
        flush_output()
        raise
    flush_output()
    raise SystemExit(status or 0)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on; JOINTCREDIT_HOST by default.")] = None,
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="Port to listen on, 0 for a free one; JOINTCREDIT_PORT by default."),
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, max=MAX_WORKERS, help="Processes that serve; JOINTCREDIT_WORKERS by default.")
    ] = None,
    load: Annotated[
        list[Path] | None,
        typer.Option(
            parser=_path,
            metavar="DIR",
            help="Load this dataset first, unless the embedded database holds it already; may be given more than once.",
        ),
    ] = None,
) -> None:
    """Serve what the graph holds at /graphql."""
    from api.server.run import Service, listen, run
    from graph.store.transactions import Transactions
    from loaders.history import LoadedDatasets
    from loaders.identity_check import check_identity_key

    settings = _start()
    key = identity_key(settings)
    loaded = LoadedDatasets(settings.home / "neo4j" / "loaded")
    with (
        listen(host or settings.host, settings.port if port is None else port) as socket,
        _database(settings, "serve") as target,
    ):
        for folder in load or ():
            if settings.embedded and folder in loaded:
                name = shown(folder)
                _say(f"{name} is loaded as it is; change it, or run `jointcredit load {name}`, to load it again")
            elif _load(folder, settings, target, None) == 0 and settings.embedded:
                loaded.add(folder)
        with _ready(target, settings, may_migrate=bool(load)) as driver:
            check_identity_key(Transactions(driver, target.database), key)
        run(Service(target, key, settings), socket, workers or settings.workers, console)


@app.command()
def load(
    folder: Folder,
    report: Annotated[
        Path | None, typer.Option(parser=_path, metavar="FILE", help="Write a report in JSON to this file.")
    ] = None,
    offline: Annotated[
        bool, typer.Option("--offline", help="Load through Neo4j's importer, into a home that has no database yet.")
    ] = False,
    files: Annotated[
        Path | None,
        typer.Option(
            parser=_path,
            metavar="FOLDER",
            help="With --offline: write the importer's files to this new folder, for another Neo4j.",
        ),
    ] = None,
    wait: Wait = PATIENCE,
) -> None:
    """Load a dataset. Bad rows are refused and reported, good rows are loaded; exit code 1 where rows were refused."""
    settings = _start()
    if offline or files:
        raise typer.Exit(_load_offline(folder, settings, report, files))
    with _database(settings, "load", wait) as target:
        status = _load(folder, settings, target, report, wait)
    raise typer.Exit(status)


@app.command()
def check(
    repair: Annotated[
        bool, typer.Option("--repair", help="Mend doubles, derived values and a catalogue that was left open.")
    ] = False,
    wait: Wait = PATIENCE,
) -> None:
    """Compare the graph with what loading promises; exit code 1 where something is wrong that is not mended."""
    from loaders.check import check_graph

    from .progress import print_findings

    settings = _start()
    with _database(settings, "check", wait) as target, _ready(target, settings) as driver:
        findings = check_graph(driver, target.database, repair=repair, patience=wait, notify=_say)
    print_findings(findings, repair, console)
    raise typer.Exit(1 if findings.left(repair) else 0)


@app.command("neo4j")
def run_neo4j() -> None:
    """Run the embedded Neo4j alone until Ctrl-C, for other commands and tools to use."""
    settings = _start()
    if not settings.embedded:
        raise SettingsError("NEO4J_URI names a Neo4j that runs elsewhere: unset it to run the embedded one")
    from graph.embedded import EmbeddedNeo4j

    with EmbeddedNeo4j(settings, "neo4j", _say, _neo4j_ended) as connection:
        _say(
            f"Neo4j answers at {connection.uri}, user {connection.user}; the password is in {_password_file(settings)}"
        )
        _say("stop it with Ctrl-C")
        try:
            signal.pause()
        except KeyboardInterrupt:
            _say("stopping")


@app.command()
def migrate(wait: Wait = PATIENCE) -> None:
    """Bring the constraints and indexes of the graph up to date."""
    from graph.store.readiness import migrate as apply
    from graph.store.readiness import open_driver

    settings = _start()
    with _database(settings, "migrate", wait) as target, open_driver(target) as driver:
        applied = apply(driver, target.database, _say, wait)
    for name in applied:
        _say(f"applied {name}")
    _say("the graph is up to date")


@app.command()
def schema() -> None:
    """Print the GraphQL schema (SDL)."""
    from api.schema.build import schema as built

    print(built.as_str())


@app.command()
def register(
    folder: Annotated[
        Path, typer.Argument(parser=_path, metavar="DIR", help="A folder of .graphql files, folders in it included.")
    ],
    out: Annotated[Path, typer.Option(parser=_path, metavar="FILE", help="The manifest to write.")] = Path(
        "operations.json"
    ),
) -> None:
    """Write the manifest of the operations in a folder, for JOINTCREDIT_OPERATIONS: none is written where one of them
    cannot be executed."""
    from api.documents.allow_list import write_manifest
    from api.documents.limits import Limits
    from api.documents.registration import register as registered
    from api.schema.build import schema as built

    manifest = registered(folder, built._schema, Limits.of(_start()))
    write_manifest(manifest, out)
    _say(f"{len(manifest.operations)} operations are registered in {shown(out)}")


def _start() -> Settings:
    settings = read_settings()
    set_up_logging(settings.log_level)
    return settings


def _say(text: str) -> None:
    console.print(text)


def _neo4j_ended(why: str) -> None:
    """Called from a thread when the embedded Neo4j ends by itself: this process ends too, for a supervisor to see."""
    _ended.set()
    _say(why)
    os.kill(os.getpid(), signal.SIGTERM)


def _password_file(settings: Settings) -> Path:
    return settings.home / "neo4j" / "password"


@contextmanager
def _database(settings: Settings, command: str, patience: float = PATIENCE) -> Iterator[Target]:
    """The Neo4j of the settings: one that runs elsewhere, or the embedded one, started where it does not run yet."""
    if settings.neo4j_uri is not None and settings.neo4j_password is not None:
        password = settings.neo4j_password.get_secret_value()
        yield Target(settings.neo4j_uri, settings.neo4j_user, password, settings.neo4j_database)
        return
    from graph.embedded import embedded_connection

    with embedded_connection(settings, command, _say, _neo4j_ended, patience) as target:
        yield target


@contextmanager
def _ready(
    target: Target, settings: Settings, *, may_migrate: bool = False, patience: float = PATIENCE
) -> Iterator[neo4j.Driver]:
    """A driver on a graph that is ready. An embedded database belongs to this version: loading brings it up to date."""
    from graph.store.readiness import check, open_driver
    from graph.store.readiness import migrate as apply

    with open_driver(target) as driver:
        try:
            check(driver, target.database)
        except GraphNotReady:
            if not (may_migrate and settings.embedded):
                raise
            apply(driver, target.database, _say, patience)
            check(driver, target.database)
        yield driver


def _load(folder: Path, settings: Settings, target: Target, report: Path | None, wait: float = PATIENCE) -> int:
    """Load a dataset with progress on the terminal; returns the exit status."""
    from loaders.load import load as load_dataset

    from .progress import Bars, print_summary

    key = identity_key(settings)
    with _ready(target, settings, may_migrate=True, patience=wait) as driver, Bars(console) as bars:
        summary = load_dataset(
            folder, driver, target.database, key, report=report, progress=bars, patience=wait, notify=_say
        )
    print_summary(summary, folder, report, console)
    return summary.exit_status


def _load_offline(folder: Path, settings: Settings, report: Path | None, files: Path | None) -> int:
    """Load a dataset through Neo4j's importer, or write the importer's files; returns the exit status."""
    from loaders.offline import load_offline, write_files

    from .progress import Bars, print_summary

    if not settings.embedded and not files:
        raise SettingsError(
            "NEO4J_URI names a Neo4j that runs elsewhere, whose store cannot be written from here: name a folder for "
            "the importer's files with --files, or leave out --offline"
        )
    key = identity_key(settings)
    arguments: list[str] = []
    with Bars(console) as bars:
        if files:
            summary, arguments = write_files(folder, files, key, report=report, progress=bars)
        else:
            summary = load_offline(folder, settings, key, report=report, progress=bars, notify=_say)
    print_summary(summary, folder, report, console)
    if files:
        _say(
            f"with that Neo4j stopped and its database empty, run in {shown(files)}; start it, then "
            "`jointcredit migrate`:"
        )
        print("neo4j-admin database import full neo4j", *arguments)
    return summary.exit_status
