"""Mutations: the same seed gives the same dataset, each changes something, and the first cases cover all of them."""

from pathlib import Path
from random import Random

import pytest

from tests.resilience.base import make_base
from tests.resilience.cases import make_case
from tests.resilience.dataset import Dataset
from tests.resilience.mutations import MUTATIONS, Mutation


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return make_base(tmp_path_factory.mktemp("base") / "base")


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: str(mutation.__name__))
def test_every_mutation_changes_something(mutation: Mutation, base: Dataset, tmp_path: Path) -> None:
    changed = 0
    for seed in range(8):
        one, other = base.copy(), base.copy()
        mutation(Random(seed), one)
        mutation(Random(seed), other)
        assert one == other
        changed += one.files != base.files
    one.write(tmp_path / "dataset")
    assert changed >= 3


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: str(mutation.__name__))
def test_a_mutation_bears_what_others_left(mutation: Mutation, base: Dataset) -> None:
    header = {name: (content or b"").partition(b"\n")[0] for name, content in base.files.items()}
    ragged = {name: content + b"\n\n1\n1,2\n\xff,\xff\n" for name, content in header.items()}
    for files in ({}, {"regions.csv": b""}, {"entities.csv": None}, {"regions.csv": b"\xff\n\xff"}, header, ragged):
        for seed in range(2):
            dataset = Dataset(dict(files), set(base.numbers), set(base.names))
            mutation(Random(seed), dataset)
            assert all(dataset.files)


def test_cases_are_made_of_their_seeds(base: Dataset) -> None:
    count = len(MUTATIONS)
    assert count == len({mutation.__qualname__ for mutation in MUTATIONS})
    cases = [make_case(seed, base) for seed in range(count)]
    for case, mutation in zip(cases, MUTATIONS, strict=True):
        assert make_case(case.seed, base) == case
        assert any(name.endswith(f".{mutation.__name__}") for name in case.mutations)
    assert {case.over for case in cases} == {case.again for case in cases} == {True, False}
    assert f"JOINTCREDIT_TEST_FUZZ_SEED={cases[7].seed}: " in str(cases[7])
