"""One agency on a day, over the reading: the content of a department's page."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from tests.oracle import catalogue as reading_catalogue
from tests.oracle.coverage import Coverage, coverage
from tests.oracle.links import AgencyLink, agency_links
from tests.oracle.rules import Reading, known


@dataclass(frozen=True, slots=True)
class Overview:
    """Memoranda and lists by code; counts by word, without zeros; links strongest first."""

    memoranda: list[str]
    measures_by_nature: dict[str, int]
    measures_by_category: dict[str, int]
    power_items_by_scene: dict[str, int]
    coverage: Coverage
    lists: list[str]
    links: list[AgencyLink]


def overview(reading: Reading, agency: str, day: date) -> Overview:
    """The agency's memoranda and measures are those in force on the day. Raises UnknownCode for an unknown agency."""
    known(reading.tables.agencies, agency)
    t = reading.tables
    measures = [t.measures[x] for x in reading_catalogue.measures(reading, agency=agency, in_force_on=day)]
    items = [t.power_items[i] for i in reading_catalogue.power_items(reading, agency=agency)]
    lists = sorted(
        x.code
        for x in t.lists.values()
        if any(m.memorandum in x.memoranda and (m.nature == "REWARD") == (x.color == "RED") for m in measures)
    )
    return Overview(
        reading_catalogue.memoranda(reading, signed_by=agency, in_force_on=day),
        dict(Counter(m.nature for m in measures)),
        dict(Counter(m.category for m in measures)),
        dict(Counter(i.scene for i in items)),
        coverage(reading, day, agency=agency),
        lists,
        agency_links(reading, agency, day),
    )
