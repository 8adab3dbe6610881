"""A whole load: check the folder, then read, check, write and report each file batch by batch."""

import gc
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import neo4j

from graph.identity.key import IdentityKey
from graph.model import Label
from graph.search.stored_text import VERSION
from graph.store.transactions import Runner, Transactions
from graph.store.write_lock import PATIENCE, WriteLock
from graph.writes.loading import READ_IDENTITY_KEY, REMEMBER_SEARCH_VERSION, read_keys

from .batch import BatchLoader
from .checking.ledger import Ledger
from .format.tables import TABLES, Table
from .identity_check import check_identity_key
from .reading.dataset import DatasetFile, open_dataset
from .reading.processes import Batch, reading
from .report import Progress, Report, Summary
from .writing.catalogue_change import CatalogueChange

BATCH = 5_000
"""Rows in one transaction: enough to make the round trips cheap, few enough for the database's heap."""
_KNOWN = tuple(table.node for table in TABLES if table.label and not table.large)
_IN_FLIGHT = 2
"""Batches that wait while one is written; each takes some 10 MB, and each separate reading process another 100 MB."""


def load(
    folder: Path,
    driver: neo4j.Driver,
    database: str,
    key: IdentityKey,
    *,
    report: Path | None = None,
    progress: Progress | None = None,
    batch: int = BATCH,
    patience: float = PATIENCE,
    notify: Callable[[str], None] = lambda text: None,
) -> Summary:
    """Load a dataset into a migrated graph and report the outcome of every row (FORMAT.md has the guarantees). Waits
    for another load of the same graph; `patience` and `notify` are those of WriteLock.

    A second load of the same dataset writes nothing. To complete an interrupted load, run it again. Raises, before
    anything is written, DatasetError for a folder that is not in the format, FileError for a report that cannot be
    written, SettingsError if the graph was loaded with another identity key, and GraphInUse if another process writes
    the graph for longer than `patience`. Raises during the load DatabaseError, DatabaseUnavailable, LoadInterrupted or
    OSError; the graph then has whole batches, and there is no report. A script that calls this function needs the usual
    `if __name__ == "__main__"`, because processes read a large dataset.
    """
    sources = open_dataset(folder)
    with (
        Report(folder.resolve().name, report, progress) as record,
        Ledger() as ledger,
        WriteLock(
            driver, database, f"load of {folder.resolve().name}", patience=patience, notify=notify
        ) as transactions,
    ):
        if not transactions.ask_once(READ_IDENTITY_KEY):  # everything in the graph will be of this version
            transactions.run("remember search version", lambda ask: ask(REMEMBER_SEARCH_VERSION, [VERSION]))
        check_identity_key(transactions, key, remember=True)
        known = {label: set(transactions.ask_once(read_keys(label))) for label in _KNOWN}
        with CatalogueChange(transactions) as change:
            runner = partial(_runner, change, transactions)
            load_files(sources, key, known, ledger, runner, record, batch)
        return record.summary


def load_files(
    sources: list[DatasetFile],
    key: IdentityKey,
    known: dict[Label, set[str]],
    ledger: Ledger,
    runner: Callable[[Table], Runner],
    record: Report,
    batch: int,
) -> None:
    """Read, check, write and report the files one after the other. `known`: the codes in the graph of the small labels;
    those of good rows are added. `runner` returns what runs the transactions of a table."""
    for label in _KNOWN:
        known.setdefault(label, set())
    with (
        _no_collections(),
        reading(sources, key, batch) as batches_of,
        ThreadPoolExecutor(1, "loader") as writer,
    ):
        for source in sources:
            batch_loader = BatchLoader(source.table, key, known, ledger, runner(source.table), record)
            _load_file(source, batches_of(source), batch_loader, writer, record)


@contextmanager
def _no_collections() -> Iterator[None]:
    """Disable the garbage collector: there are many rows and no cycles, and searching them takes a quarter of the
    time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _runner(change: CatalogueChange, transactions: Transactions, table: Table) -> Runner:
    return change if table.catalogue else transactions


def _load_file(
    source: DatasetFile, batches: Iterator[Batch], batch_loader: BatchLoader, writer: ThreadPoolExecutor, record: Report
) -> None:
    """Read batches in this thread while one other thread checks and writes them, in order."""
    record.begin(source.table.file, source.size)
    written: deque[Future[None]] = deque()
    try:
        for rows, bytes_read in batches:
            written.append(writer.submit(batch_loader.load, rows, bytes_read))
            while len(written) > _IN_FLIGHT:
                written.popleft().result()
        written.append(writer.submit(batch_loader.finish))
        while written:
            written.popleft().result()
    finally:
        for future in written:
            future.cancel()
