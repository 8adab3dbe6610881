"""The commands for operators and for authors of clients: `migrate`, `schema`, `register`."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.session import Wait, open_database, read_path, say, start
from graph.files.paths import shown
from graph.store.write_lock import PATIENCE


def migrate(wait: Wait = PATIENCE) -> None:
    """Bring the constraints, indexes and search texts of the graph up to date."""
    from graph.store.readiness import migrate as apply
    from graph.store.readiness import open_driver
    from loaders.search_renewal import renew_search_text

    settings = start()
    with open_database(settings, "migrate", wait) as target, open_driver(target) as driver:
        applied = apply(driver, target.database, say, wait)
        renewed = renew_search_text(driver, target.database, patience=wait, notify=say)
    for name in applied:
        say(f"applied {name}")
    if renewed:
        say(f"renewed what {renewed:,} nodes store for search")
    say("the graph is up to date")


def schema() -> None:
    """Print the GraphQL schema (SDL)."""
    from api.schema.build import schema as built

    print(built.as_str())


def register(
    folder: Annotated[
        Path,
        typer.Argument(parser=read_path, metavar="DIR", help="A folder of .graphql files, folders in it included."),
    ],
    out: Annotated[Path, typer.Option(parser=read_path, metavar="FILE", help="The manifest to write.")] = Path(
        "operations.json"
    ),
) -> None:
    """Write the manifest of the operations in a folder, for JOINTCREDIT_OPERATIONS. Nothing is written if one of them
    cannot be executed."""
    from api.documents.allow_list import write_manifest
    from api.documents.limits import Limits
    from api.documents.registration import register as registered
    from api.schema.build import schema as built

    manifest = registered(folder, built._schema, Limits.of(start()))
    write_manifest(manifest, out)
    say(f"{len(manifest.operations)} operations are registered in {shown(out)}")
