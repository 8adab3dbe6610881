"""Separate processes read the same rows as this one, in the same batches and order."""

import multiprocessing
import time
from itertools import product
from pathlib import Path

import pytest

from graph.errors import LoadInterrupted
from graph.identity.key import IdentityKey
from loaders.reading.dataset import DatasetFile, open_dataset
from loaders.reading.processes import read_batches, reading
from tests.support.generator import make_dataset


@pytest.fixture
def sources(tmp_path: Path) -> list[DatasetFile]:
    """A dataset with some rows that are wrong, cut or hard to split."""
    make_dataset(tmp_path, entities=400, seed=3)
    with (tmp_path / "entities.csv").open("a", encoding="utf-8") as file:
        file.write('1,2,3\n\n91440000,"never closed\n')
        file.write(',USCC,LEGAL_PERSON,"a\nb",,,440000,,\n')
    return open_dataset(tmp_path)


SOON = {(2, 1), (3, 7), (8, 100), (3, 5_000)}
"""Those that `make test` tries."""


@pytest.mark.parametrize(
    ("processors", "size"),
    [
        pytest.param(*case, marks=() if case in SOON else pytest.mark.slow)
        for case in product([2, 3, 8], [1, 7, 100, 5_000])
    ],
)
def test_the_same_batches(
    processors: int, size: int, sources: list[DatasetFile], identity_key: IdentityKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loaders.reading.processes.APART", 0)
    monkeypatch.setattr("loaders.reading.processes._processors", lambda: processors)
    with reading(sources, identity_key, size) as batches:
        assert len(multiprocessing.active_children()) == min(processors - 1, 3)
        for source in sources:
            here = list(read_batches(source, identity_key, size))
            assert list(batches(source)) == here
            assert sum(taken for _, taken in here) == source.size
    assert not multiprocessing.active_children()


def test_little_is_read_here(sources: list[DatasetFile], identity_key: IdentityKey) -> None:
    with reading(sources, identity_key, 100):
        assert not multiprocessing.active_children()


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """One separate process reads, however small the file."""
    monkeypatch.setattr("loaders.reading.processes.APART", 0)
    monkeypatch.setattr("loaders.reading.processes._processors", lambda: 2)


def large(sources: list[DatasetFile]) -> DatasetFile:
    return next(source for source in sources if source.table.large)


def test_reading_that_is_given_up(sources: list[DatasetFile], identity_key: IdentityKey, apart: None) -> None:
    with reading(sources, identity_key, 1) as batches:
        rows, _ = next(batches(large(sources)))
        assert [row.line for row in rows] == [2]
    assert not multiprocessing.active_children()


@pytest.mark.parametrize("size", [1, 200])
def test_a_process_that_is_killed(
    size: int, sources: list[DatasetFile], identity_key: IdentityKey, apart: None
) -> None:
    """Between two batches, and inside one that the pipe cannot hold."""
    with reading(sources, identity_key, size) as batches:
        rest = batches(large(sources))
        next(rest)
        (process,) = multiprocessing.active_children()
        time.sleep(0.3)  # it has started the next one
        process.kill()
        with pytest.raises(LoadInterrupted, match=r"entities.csv was ended: run the load again"):
            list(rest)


def test_a_file_that_goes_away(sources: list[DatasetFile], identity_key: IdentityKey, apart: None) -> None:
    large(sources).path.unlink()
    with reading(sources, identity_key, 100) as batches, pytest.raises(FileNotFoundError):
        next(batches(large(sources)))


def test_a_file_that_is_no_longer_text(sources: list[DatasetFile], identity_key: IdentityKey, apart: None) -> None:
    large(sources).path.write_bytes(b"\xff\xff\n")
    with reading(sources, identity_key, 100) as batches, pytest.raises(UnicodeDecodeError):
        next(batches(large(sources)))
