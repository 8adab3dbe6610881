"""How much the tests that generate their cases try: little at work, more before a change lands, most at night."""

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Budget:
    """How many of each."""

    answers: int
    """Of generated operations, compared on both paths."""
    datasets: int
    """Mutated ones, loaded."""
    pairs: int
    """Of datasets that are loaded at once, on each kind of Neo4j."""
    subjects: int
    """In each generated dataset."""


PROFILES = {
    "dev": Budget(answers=200, datasets=20, pairs=4, subjects=400),
    "ci": Budget(answers=800, datasets=60, pairs=4, subjects=400),
    "nightly": Budget(answers=20_000, datasets=1_000, pairs=20, subjects=5_000),
}
"""By JOINTCREDIT_TEST_PROFILE. What `make test` runs tries what `dev` says, whatever the profile."""
DEV = PROFILES["dev"]
BUDGET = PROFILES[os.environ.get("JOINTCREDIT_TEST_PROFILE", "ci")]


def given(name: str, usual: int) -> int:
    """The number that JOINTCREDIT_TEST_<name> gives, else the usual one."""
    return int(os.environ.get(f"JOINTCREDIT_TEST_{name}") or usual)
