"""The commands that load and check: `load`, `check`."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.session import Folder, Wait, console, open_database, read_path, ready_driver, say, start
from graph.errors import SettingsError
from graph.files.paths import shown
from graph.identity.key import identity_key
from graph.settings import Settings
from graph.store.database import Target
from graph.store.write_lock import PATIENCE


def load(
    folder: Folder,
    report: Annotated[
        Path | None, typer.Option(parser=read_path, metavar="FILE", help="Write a report in JSON to this file.")
    ] = None,
    offline: Annotated[
        bool, typer.Option("--offline", help="Load through Neo4j's importer, into a home that has no database yet.")
    ] = False,
    files: Annotated[
        Path | None,
        typer.Option(
            parser=read_path,
            metavar="FOLDER",
            help="With --offline: write the importer's files to this new folder, for another Neo4j.",
        ),
    ] = None,
    wait: Wait = PATIENCE,
) -> None:
    """Load a dataset. Good rows are loaded; bad rows are refused and reported, and the exit code is then 1."""
    settings = start()
    if offline or files:
        raise typer.Exit(_load_offline(folder, settings, report, files))
    with open_database(settings, "load", wait) as target:
        status = load_into(folder, settings, target, report, wait)
    raise typer.Exit(status)


def check(
    repair: Annotated[
        bool, typer.Option("--repair", help="Fix duplicates, derived values and a catalogue that was left open.")
    ] = False,
    wait: Wait = PATIENCE,
) -> None:
    """Check the graph against the guarantees of loading. The exit code is 1 if a fault remains."""
    from loaders.check import check_graph

    from .progress import print_findings

    settings = start()
    with open_database(settings, "check", wait) as target, ready_driver(target, settings) as driver:
        findings = check_graph(driver, target.database, repair=repair, patience=wait, notify=say)
    print_findings(findings, repair, console)
    raise typer.Exit(1 if findings.left(repair) else 0)


def load_into(folder: Path, settings: Settings, target: Target, report: Path | None, wait: float = PATIENCE) -> int:
    """Load a dataset with progress on the terminal; returns the exit status."""
    from loaders.load import load as load_dataset

    from .progress import Bars, print_summary

    key = identity_key(settings)
    with ready_driver(target, settings, may_migrate=True, patience=wait) as driver, Bars(console) as bars:
        summary = load_dataset(
            folder, driver, target.database, key, report=report, progress=bars, patience=wait, notify=say
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
            summary = load_offline(folder, settings, key, report=report, progress=bars, notify=say)
    print_summary(summary, folder, report, console)
    if files:
        say(
            f"with that Neo4j stopped and its database empty, run in {shown(files)}; start it, then "
            "`jointcredit migrate`:"
        )
        print("neo4j-admin database import full neo4j", *arguments)
    return summary.exit_status
