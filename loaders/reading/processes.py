"""From files to batches of rows. Separate processes read a large dataset ahead of the loading process."""

import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from io import TextIOWrapper
from itertools import count, cycle, islice
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from typing import TypeAlias

from graph.errors import LoadInterrupted
from graph.files.paths import open_input
from graph.identity.key import IdentityKey

from .dataset import DatasetFile, read_records
from .row import Row
from .row_reader import RowReader

Batch: TypeAlias = tuple[list[Row], int]
"""Rows, and the number of their bytes in the file."""
APART = 10_000_000
"""Bytes of large files above which separate processes read: more than a second's work, which is what they take to
start."""
_MOST = 3
"""The largest number of reading processes; beyond it, loading takes longest."""


@contextmanager
def reading(
    sources: Sequence[DatasetFile], key: IdentityKey, size: int
) -> Iterator[Callable[[DatasetFile], Iterator[Batch]]]:
    """Yields a function that returns the batches of a source, of `size` rows for large tables. Call it for the sources
    in their order, and read each to its end. The problems of a row are in the row.

    While batches are read, it raises errors of reading, such as OSError for a file that has become unreadable, and
    LoadInterrupted if a reading process was killed.
    """
    large = [source for source in sources if source.table.large]
    readers = min(_MOST, _processors() - 1) if sum(source.size for source in large) > APART else 0
    with _readers(large, key, size, readers) as connections:

        def batches(source: DatasetFile) -> Iterator[Batch]:
            apart = connections and source.table.large
            return _received(source, connections) if apart else read_batches(source, key, size)

        yield batches


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_batches(source: DatasetFile, key: IdentityKey, size: int, place: int = 0, readers: int = 1) -> Iterator[Batch]:
    """The batches of a source. If several `readers` share it, every `readers`-th batch, starting with number
    `place`."""
    reader = RowReader(source.table, source.header, key)
    with open_input(source.path) as raw, TextIOWrapper(raw, encoding="utf-8-sig", newline="") as file:
        records = read_records(file, len(source.header))
        next(records)  # the header
        reported = 0
        for number in count():
            taken = list(islice(records, size if source.table.large else None))
            last = len(taken) < size or not source.table.large
            position = source.size if last else raw.tell()
            if number % readers == place:
                yield [reader.read(record) for record in taken], position - reported
            reported = position
            if last:
                return


@contextmanager
def _readers(sources: list[DatasetFile], key: IdentityKey, size: int, readers: int) -> Iterator[list[Connection]]:
    """The connections to so many processes, each of which reads its share of every source."""
    # Spawned, because a process with threads must not be forked.
    spawning = multiprocessing.get_context("spawn")
    processes, connections = [], []
    try:
        for place in range(readers):
            here, there = spawning.Pipe(duplex=False)
            connections.append(here)
            with closing(there), _no_interrupts():
                arguments = (sources, key, size, place, readers, there)
                process = spawning.Process(target=_send, args=arguments, daemon=True)
                process.start()
                processes.append(process)
        yield connections
    finally:
        for connection in connections:
            connection.close()
        for process in processes:
            process.join()  # it ends at its next batch at the latest
            process.close()


@contextmanager
def _no_interrupts() -> Iterator[None]:
    """Processes started inside never see Ctrl-C: the loading process handles it."""
    resource_tracker.ensure_running()  # the first process would start it, and it would get Ctrl-C too
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def _send(
    sources: list[DatasetFile], key: IdentityKey, size: int, place: int, readers: int, connection: Connection
) -> None:
    gc.disable()  # as in the loading process
    with suppress(BrokenPipeError):  # the loading process has stopped reading
        try:
            for source in sources:
                for batch in read_batches(source, key, size, place, readers):
                    connection.send(batch)
                connection.send(None)
        except Exception as error:
            connection.send(error)


def _received(source: DatasetFile, connections: list[Connection]) -> Iterator[Batch]:
    ended = 0
    for connection in cycle(connections):
        try:
            received = connection.recv()
        except (EOFError, OSError):  # between two batches, or inside one
            raise LoadInterrupted(f"the process that reads {source.table.file} was ended: run the load again") from None
        if isinstance(received, Exception):
            raise received
        if received is not None:
            yield received
            continue
        ended += 1
        if ended == len(connections):
            return
