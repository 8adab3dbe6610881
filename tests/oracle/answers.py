"""The answers of the reading, and their order."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a measure applies; role, organization and since are those of the affiliation, and None if via is DIRECT."""

    via: str
    listing: str
    list: str
    memorandum: str
    role: str | None = None
    organization: str | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class ApplicableMeasure:
    """A measure with the grounds that passed the filters, and all power items that it gates."""

    measure: str
    grounds: list[Ground]
    power_items: list[str]


@dataclass(frozen=True, slots=True)
class ApplicableAgency:
    """An agency, the applicable measures it implements, and its own items that those measures gate."""

    agency: str
    measures: list[str]
    power_items: list[str]


@dataclass(frozen=True, slots=True)
class MeasurePath:
    """One path from a subject to an agency; steps are (node type, code), from the subject to the agency."""

    ground: Ground
    measure: str
    power_item: str | None
    division: str | None
    agency: str
    steps: list[tuple[str, str]]


def ground_order(g: Ground) -> tuple[bool, str, str, str, str, date]:
    return (g.via != "DIRECT", g.listing, g.memorandum, g.role or "", g.organization or "", g.since or date.min)


def path_order(p: MeasurePath) -> tuple[str, str, str, str, str, str, str, date]:
    g = p.ground
    place = (g.listing, g.memorandum, p.measure, p.power_item or "", p.agency)
    return (*place, g.role or "", g.organization or "", g.since or date.min)
