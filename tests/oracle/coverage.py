"""Rule 11 over the reading: the power items that are covered and embedded on a day, and the gaps."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from tests.oracle import catalogue as reading_catalogue
from tests.oracle.rows import Measure
from tests.oracle.rules import Reading, known


@dataclass(frozen=True, slots=True)
class Coverage:
    """Codes of items, measures and lists, each in order; the counts in an answer are their lengths."""

    power_items: list[str]
    covered: list[str]
    embedded: list[str]
    key_items: list[str]
    covered_key_items: list[str]
    uncovered: list[str]
    measures_without_power_items: list[str]
    lists_without_memoranda: list[str]


def coverage(reading: Reading, day: date, *, agency: str | None = None, region: str | None = None) -> Coverage:
    """The coverage of all items, of those that the agency exercises, of those in the region, or of those that are both.

    The measures are those of memoranda in force that gate no item: all, or those that the agency and an agency of the
    region implement. The lists are those that no memorandum in force governs: all, or those recognized in the same way.
    Raises UnknownCode for an unknown agency or region.
    """
    items = reading_catalogue.power_items(reading, agency=agency, region=region)
    keys = [i for i in items if reading.tables.power_items[i].is_key_item]
    covered, embedded = covered_items(reading, day), embedded_items(reading, day)
    of_region = set(reading_catalogue.agencies(reading, region=region))

    def concern(agencies: set[str]) -> bool:
        return (agency is None or agency in agencies) and (region is None or bool(agencies & of_region))

    return Coverage(
        items,
        [i for i in items if i in covered],
        [i for i in items if i in embedded],
        keys,
        [i for i in keys if i in covered],
        [i for i in items if i not in covered],
        _measures_without_items(reading, day, concern),
        _lists_without_memoranda(reading, day, concern),
    )


def covering_measures(reading: Reading, day: date) -> Iterator[Measure]:
    """The measures whose memorandum is in force on the day and governs a list: they cover the items that they gate."""
    governing = {m for x in reading.tables.lists.values() for m in x.memoranda}
    for measure in reading.tables.measures.values():
        if measure.memorandum in governing and reading.in_force(measure.memorandum, day):
            yield measure


def covered_items(reading: Reading, day: date) -> set[str]:
    """Rule 11: the items that such a measure gates (rule 6)."""
    return {i for x in covering_measures(reading, day) for i in reading.gated(x.code)}


def embedded_items(reading: Reading, day: date) -> set[str]:
    """Rule 11: the items with a LIVE embedding of one such measure, already begun, on that very item."""
    live = {
        (e.measure, e.power_item) for e in reading.tables.embeddings.values() if e.status == "LIVE" and e.since <= day
    }
    return {i for x in covering_measures(reading, day) for i in reading.gated(x.code) if (x.code, i) in live}


def governed(reading: Reading, credit_list: str, day: date) -> bool:
    """Whether a memorandum in force governs the list."""
    return any(reading.in_force(m, day) for m in known(reading.tables.lists, credit_list).memoranda)


def _measures_without_items(reading: Reading, day: date, concern: Callable[[set[str]], bool]) -> list[str]:
    return sorted(
        x.code
        for x in reading.tables.measures.values()
        if reading.in_force(x.memorandum, day) and not reading.gated(x.code) and concern(set(x.agencies))
    )


def _lists_without_memoranda(reading: Reading, day: date, concern: Callable[[set[str]], bool]) -> list[str]:
    return sorted(
        x.code
        for x in reading.tables.lists.values()
        if not governed(reading, x.code, day) and concern({x.recognizing_agency})
    )
