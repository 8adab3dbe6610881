"""How many cases the generating tests try: few during work, more before a merge, most at night."""

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Budget:
    """The number of cases of each kind."""

    answers: int
    """Generated operations, compared on both paths."""
    datasets: int
    """Mutated datasets, loaded."""
    pairs: int
    """Pairs of datasets that are loaded at the same time, on each kind of Neo4j."""
    subjects: int
    """Subjects in each generated dataset."""


PROFILES = {
    "dev": Budget(answers=80, datasets=8, pairs=4, subjects=400),
    "ci": Budget(answers=200, datasets=30, pairs=4, subjects=400),
    "nightly": Budget(answers=20_000, datasets=1_000, pairs=20, subjects=5_000),
}
"""By JOINTCREDIT_TEST_PROFILE. The tests of `make test` use `dev` in every profile."""
DEV = PROFILES["dev"]
BUDGET = PROFILES[os.environ.get("JOINTCREDIT_TEST_PROFILE", "ci")]


def given(name: str, usual: int) -> int:
    """The number in JOINTCREDIT_TEST_<name>, or the usual one."""
    return int(os.environ.get(f"JOINTCREDIT_TEST_{name}") or usual)
