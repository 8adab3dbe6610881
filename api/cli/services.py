"""The commands that run a service: `serve`, `neo4j`."""

import signal
from pathlib import Path
from typing import Annotated

import typer

from api.cli.datasets import load_into
from api.cli.session import console, neo4j_ended, open_database, password_file, read_path, ready_driver, say, start
from graph.errors import SettingsError
from graph.files.paths import shown
from graph.identity.key import identity_key
from graph.settings import MAX_WORKERS


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
            parser=read_path,
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

    settings = start()
    key = identity_key(settings)
    loaded = LoadedDatasets(settings.home / "neo4j" / "loaded")
    with (
        listen(host or settings.host, settings.port if port is None else port) as socket,
        open_database(settings, "serve") as target,
    ):
        for folder in load or ():
            if settings.embedded and folder in loaded:
                name = shown(folder)
                say(f"{name} is already loaded and unchanged; run `jointcredit load {name}` to load it again")
            elif load_into(folder, settings, target, None) == 0 and settings.embedded:
                loaded.add(folder)
        with ready_driver(target, settings, may_migrate=bool(load)) as driver:
            check_identity_key(Transactions(driver, target.database), key)
        run(Service(target, key, settings), socket, workers or settings.workers, console)


def run_neo4j() -> None:
    """Run the embedded Neo4j alone until Ctrl-C, for other commands and tools to use."""
    settings = start()
    if not settings.embedded:
        raise SettingsError("NEO4J_URI names a Neo4j that runs elsewhere: unset it to run the embedded one")
    from graph.embedded import EmbeddedNeo4j

    with EmbeddedNeo4j(settings, "neo4j", say, neo4j_ended) as connection:
        say(f"Neo4j answers at {connection.uri}, user {connection.user}; the password is in {password_file(settings)}")
        say("stop it with Ctrl-C")
        try:
            signal.pause()
        except KeyboardInterrupt:
            say("stopping")
