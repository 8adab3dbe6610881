"""A case of the fuzz test: a seed, the mutations that it chooses, and the resulting dataset."""

from dataclasses import dataclass
from random import Random

from graph.check_digits import is_resident_id
from tests.resilience.dataset import Dataset
from tests.resilience.leaks import HALF, OLD, WHOLE, Leaks
from tests.resilience.mutations import MUTATIONS
from tests.resilience.mutations.persons import rows_seen_before


@dataclass(frozen=True)
class Case:
    """A mutated dataset, and how it is loaded."""

    seed: int
    mutations: tuple[str, ...]
    dataset: Dataset
    over: bool
    """Whether it is loaded over the original dataset, instead of into an empty graph."""
    again: bool
    """Whether it is loaded a second time."""

    def __str__(self) -> str:
        """The command that repeats it."""
        what = f"JOINTCREDIT_TEST_FUZZ_SEED={self.seed}: {', '.join(self.mutations)}"
        return what + (" (over the base)" if self.over else "")

    def printed(self) -> Leaks:
        """The texts that must not be printed or reported."""
        return Leaks(self.dataset.numbers, self.dataset.names, OLD if self.dataset.cut else HALF)

    def kept(self) -> Leaks:
        """The texts that must not be stored: valid resident IDs. A name may be."""
        return Leaks((number for number in self.dataset.numbers if is_resident_id(number)), (), WHOLE)


def make_case(seed: int, base: Dataset) -> Case:
    """The case of a seed. The first seeds start with each mutation in turn, so that none is left out."""
    rng = Random(f"resilience {seed}")
    chosen = [MUTATIONS[seed % len(MUTATIONS)], *rng.choices(MUTATIONS, k=rng.choice((0, 0, 0, 1, 1, 2, 3)))]
    rng.shuffle(chosen)
    if rng.random() < 0.3:
        chosen.insert(0, rows_seen_before)
    dataset = base.copy()
    for mutation in chosen:
        mutation(rng, dataset)
    names = tuple(f"{mutation.__module__.rpartition('.')[2]}.{mutation.__name__}" for mutation in chosen)
    return Case(seed, names, dataset, rng.random() < 0.2, rng.random() < 0.25)
