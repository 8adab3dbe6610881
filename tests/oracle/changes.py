"""The differences between two days over the reading: what began, ended or changed hands, and the subjects concerned."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tests.oracle.coverage import covered_items
from tests.oracle.rules import Reading, known


@dataclass(frozen=True, slots=True)
class Change:
    """Codes, in order: those that hold only on the later day, and those that hold only on the earlier one."""

    came: list[str]
    fell: list[str]


@dataclass(frozen=True, slots=True)
class Handover:
    """An agency that has ended by `day`, its successor, its measures in force on the later day, and its items."""

    agency: str
    successor: str
    day: date
    measures: list[str]
    power_items: list[str]


@dataclass(frozen=True, slots=True)
class Changes:
    """Handovers are in the order of the agencies that ended; `subjects` is the number of subjects concerned."""

    memoranda: Change
    measures: Change
    power_items: Change
    handovers: list[Handover]
    subjects: int


def changes(reading: Reading, start: date, end: date, agency: str | None = None) -> Changes:
    """The changes from one day to another, of everything or of an agency: what it signed, implements, exercises and
    hands over.

    Raises ValueError if start is after end, UnknownCode for an unknown agency.
    """
    if start > end:
        raise ValueError(f"{start} is after {end}")
    if agency is not None:
        known(reading.tables.agencies, agency)
    t = reading.tables
    memoranda = _change(
        [m.code for m in t.memoranda.values() if agency is None or agency in m.signatories],
        {m for m in t.memoranda if reading.in_force(m, start)},
        {m for m in t.memoranda if reading.in_force(m, end)},
    )
    measures = _change(
        [x.code for x in t.measures.values() if agency is None or agency in x.agencies],
        {x.code for x in t.measures.values() if reading.in_force(x.memorandum, start)},
        {x.code for x in t.measures.values() if reading.in_force(x.memorandum, end)},
    )
    items = _change(
        [i.code for i in t.power_items.values() if agency is None or i.agency == agency],
        covered_items(reading, start),
        covered_items(reading, end),
    )
    subjects = touched(reading, start, end, measures)
    return Changes(memoranda, measures, items, handovers(reading, start, end, agency), len(subjects))


def handovers(reading: Reading, start: date, end: date, agency: str | None = None) -> list[Handover]:
    """Agencies with a successor whose `valid_to` is after start and not after end; with an agency, from or to it."""
    t = reading.tables
    answer = []
    for old in sorted(t.agencies.values(), key=lambda a: a.code):
        if old.successor is None or old.valid_to is None or not start < old.valid_to <= end:
            continue
        if agency is None or agency in (old.code, old.successor):
            measures = sorted(
                x.code for x in t.measures.values() if old.code in x.agencies and reading.in_force(x.memorandum, end)
            )
            items = sorted(i.code for i in t.power_items.values() if i.agency == old.code)
            answer.append(Handover(old.code, old.successor, old.valid_to, measures, items))
    return answer


def touched(reading: Reading, start: date, end: date, measures: Change) -> set[str]:
    """The subjects for whom a new measure applies on the later day, or an ended one applied on the earlier day."""
    came, fell = set(measures.came), set(measures.fell)
    return {
        e
        for e in reading.tables.entities
        if (came and any(x.measure in came for x in reading.applicable(e, end)))
        or (fell and any(x.measure in fell for x in reading.applicable(e, start)))
    }


def _change(of: Iterable[str], before: set[str], after: set[str]) -> Change:
    concerned = set(of)
    return Change(sorted(concerned & (after - before)), sorted(concerned & (before - after)))
