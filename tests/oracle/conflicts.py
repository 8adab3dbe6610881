"""Subjects for whom a reward and a measure of another nature apply, over the reading, and the items where they meet."""

from dataclasses import dataclass
from datetime import date

from tests.oracle.rules import Reading, known


@dataclass(frozen=True, slots=True)
class Conflict:
    """Codes, each in order: the applicable rewards, the other applicable measures, the items that one of each gates."""

    rewards: list[str]
    others: list[str]
    power_items: list[str]


def conflicts(reading: Reading, day: date, agency: str | None = None) -> dict[str, Conflict]:
    """By the identifier of the subject. With an agency, the items are those it exercises, and every subject has one.

    Raises UnknownCode for an unknown agency.
    """
    if agency is not None:
        known(reading.tables.agencies, agency)
    t = reading.tables
    found = {}
    for e in t.entities:
        rewards, others = list[str](), list[str]()
        gated: dict[bool, set[str]] = {True: set(), False: set()}
        for x in reading.applicable(e, day):
            reward = t.measures[x.measure].nature == "REWARD"
            (rewards if reward else others).append(x.measure)
            gated[reward].update(x.power_items)
        items = sorted(i for i in gated[True] & gated[False] if agency is None or t.power_items[i].agency == agency)
        if rewards and others and (agency is None or items):
            found[e] = Conflict(rewards, others, items)
    return found
