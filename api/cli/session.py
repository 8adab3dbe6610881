"""What the commands share: the settings, their output, and the Neo4j of the settings."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import neo4j
import typer

from api.cli.console import MaskingConsole
from api.telemetry.logs import set_up_logging
from graph.errors import GraphNotReady
from graph.settings import Settings, read_settings
from graph.store.database import Target
from graph.store.write_lock import PATIENCE

console = MaskingConsole()

ended = threading.Event()
"""Set when the embedded Neo4j ends by itself."""


def read_path(text: str) -> Path:
    """The path of an argument. Raises BadParameter for an empty text."""
    if not text:
        # Most likely an empty variable of a script; Path would take it for the current folder.
        raise typer.BadParameter("a path is expected, not an empty text")
    return Path(text)


Folder = Annotated[
    Path,
    typer.Argument(
        parser=read_path, metavar="DIR", help="A dataset: a folder of CSV files, see loaders/format/FORMAT.md."
    ),
]

Wait = Annotated[
    float,
    typer.Option(min=0, metavar="SECONDS", help="How long to wait for another process that writes the graph."),
]


def start() -> Settings:
    """The settings, after the log is set up according to them. Raises SettingsError."""
    settings = read_settings()
    set_up_logging(settings.log_level)
    return settings


def say(text: str) -> None:
    """Print a line on standard error."""
    console.print(text)


def neo4j_ended(why: str) -> None:
    """Called from a thread when the embedded Neo4j ends by itself. Ends this process too, so that a supervisor sees
    it."""
    ended.set()
    say(why)
    os.kill(os.getpid(), signal.SIGTERM)


def password_file(settings: Settings) -> Path:
    """Where the password of the embedded Neo4j is kept."""
    return settings.home / "neo4j" / "password"


@contextmanager
def open_database(settings: Settings, command: str, patience: float = PATIENCE) -> Iterator[Target]:
    """The Neo4j of the settings: one that runs elsewhere, or the embedded one, which is started if it does not run."""
    if settings.neo4j_uri is not None and settings.neo4j_password is not None:
        password = settings.neo4j_password.get_secret_value()
        yield Target(settings.neo4j_uri, settings.neo4j_user, password, settings.neo4j_database)
        return
    from graph.embedded import embedded_connection

    with embedded_connection(settings, command, say, neo4j_ended, patience) as target:
        yield target


@contextmanager
def ready_driver(
    target: Target, settings: Settings, *, may_migrate: bool = False, patience: float = PATIENCE
) -> Iterator[neo4j.Driver]:
    """A driver for a graph with all migrations. Loading migrates an embedded database, which belongs to this
    version."""
    from graph.store.readiness import check, open_driver
    from graph.store.readiness import migrate as apply
    from loaders.search_renewal import check_search_text, renew_search_text

    with open_driver(target) as driver:
        try:
            check(driver, target.database)
            check_search_text(driver, target.database)
        except GraphNotReady:
            if not (may_migrate and settings.embedded):
                raise
            apply(driver, target.database, say, patience)
            renew_search_text(driver, target.database, patience=patience, notify=say)
            check(driver, target.database)
        yield driver
