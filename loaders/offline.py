"""A first load without transactions: the same rows and checks, written through files into a store of the importer's."""

from collections.abc import Callable
from pathlib import Path

from graph.embedded.staging import NewStore
from graph.errors import DatasetError
from graph.files.paths import shown
from graph.identity.key import IdentityKey
from graph.settings import Settings
from graph.store.readiness import migrate, open_driver

from .checking.ledger import Ledger
from .load import BATCH, load_files
from .reading.dataset import open_dataset
from .report import Progress, Report, Summary
from .writing.import_files import ImportFiles


def load_offline(
    folder: Path,
    settings: Settings,
    key: IdentityKey,
    *,
    report: Path | None = None,
    progress: Progress | None = None,
    notify: Callable[[str], None] = lambda text: None,
) -> Summary:
    """Load a dataset into an embedded home that has no database yet, and report the outcome of every row. The graph,
    the summary and the report are those of `load`. Neo4j does not run afterwards.

    Raises the errors of `load`, EmbeddedError if the home has a database, and HomeInUse if another process uses it.
    After an error, or if no row is good, the home is unchanged.
    """
    sources = open_dataset(folder)
    with (
        NewStore(settings, "load --offline", notify) as store,
        Report(folder.resolve().name, report, progress) as record,
    ):
        with Ledger() as ledger, ImportFiles(store.files, key) as files:
            load_files(sources, key, {}, ledger, lambda table: files, record, BATCH)
            arguments = files.finish()
        if record.summary.totals.loaded:
            with store.built(arguments) as target, open_driver(target) as driver:
                notify("indexing")
                migrate(driver, target.database)
            store.keep()
        return record.summary


def write_files(
    folder: Path, into: Path, key: IdentityKey, *, report: Path | None = None, progress: Progress | None = None
) -> tuple[Summary, list[str]]:
    """Write the importer's files into a folder, new or empty, for a Neo4j that runs elsewhere. Returns the arguments of
    `neo4j-admin database import full`, to be run in that folder. Raises the errors of `load`, and DatasetError for a
    folder that is not empty or cannot be created. After an error the files are removed."""
    sources = open_dataset(folder)
    try:
        into.mkdir(mode=0o700, parents=True, exist_ok=True)
        holds_something = any(into.iterdir())
    except OSError as error:
        raise DatasetError(
            f"the importer's files cannot be written to {shown(into)} ({error.strerror}): name a new folder for them"
        ) from None
    if holds_something:
        raise DatasetError(f"{shown(into)} is not empty: name a new folder for the importer's files")
    with (
        Report(folder.resolve().name, report, progress) as record,
        Ledger() as ledger,
        ImportFiles(into, key) as files,
    ):
        load_files(sources, key, {}, ledger, lambda table: files, record, BATCH)
        return record.summary, files.finish()
