"""What differs between two days, over the reading: what came, fell away and changed hands, and whom that touches."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tests.oracle.coverage import covered_items
from tests.oracle.rules import Reading, known


@dataclass(frozen=True, slots=True)
class Change:
    """Codes, in order: what is so on the later day and not on the earlier, and the other way round."""

    came: list[str]
    fell: list[str]


@dataclass(frozen=True, slots=True)
class Handover:
    """An agency that is no more from `day` on, its successor, its measures in force on the later day, and its items."""

    agency: str
    successor: str
    day: date
    measures: list[str]
    power_items: list[str]


@dataclass(frozen=True, slots=True)
class Changes:
    """Handovers are in order of the agency that is no more; `subjects` counts the subjects touched."""

    memoranda: Change
    measures: Change
    power_items: Change
    handovers: list[Handover]
    subjects: int


def changes(reading: Reading, start: date, end: date, agency: str | None = None) -> Changes:
    """From one day to another, of everything or of the agency: what it signed, implements, exercises and hands over.

    ValueError when start is after end, UnknownCode for an unknown agency.
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
    """Where `valid_to` lies after start and not after end and a successor is named; with an agency, from or to it."""
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
    """The subjects to whom a measure that came applies on the later day, or one that fell away did on the earlier."""
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
