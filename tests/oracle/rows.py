"""The rows of dataset folders, typed and keyed, as far as the rules need them.

An empty or missing cell is None, or an empty tuple for a list. It is "" where the format requires a word and 0 where it
requires a number, so that a tiny dataset may leave out what it does not test. Of several rows with one key, only the
last one counts, and it replaces the earlier ones entirely.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Region:
    code: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class Agency:
    code: str
    level: str
    region: str
    parent: str | None
    valid_to: date | None
    successor: str | None


@dataclass(frozen=True, slots=True)
class Division:
    code: str
    agency: str


@dataclass(frozen=True, slots=True)
class Memorandum:
    code: str
    effective_from: date
    effective_to: date | None
    supersedes: str | None
    signatories: tuple[str, ...]
    kind: str
    field: str


@dataclass(frozen=True, slots=True)
class CreditList:
    code: str
    color: str
    memoranda: tuple[str, ...]
    recognizing_agency: str


@dataclass(frozen=True, slots=True)
class Measure:
    code: str
    memorandum: str
    nature: str
    targets: tuple[str, ...]
    agencies: tuple[str, ...]
    power_items: tuple[str, ...]
    number: int
    category: str
    divisions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PowerItem:
    code: str
    scene: str
    agency: str
    division: str | None
    devolved_from: str | None
    region: str
    is_key_item: bool


@dataclass(frozen=True, slots=True)
class Embedding:
    power_item: str
    measure: str
    step: str
    status: str
    since: date


@dataclass(frozen=True, slots=True)
class Entity:
    identifier: str
    kind: str
    region: str


@dataclass(frozen=True, slots=True)
class Affiliation:
    person: str
    organization: str
    role: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Listing:
    listing_no: str
    entity: str
    list: str
    listed_on: date
    expires_on: date | None
    removed_on: date | None


@dataclass
class Tables:
    """The rows of one or several folders by code; affiliations and embeddings by their keys."""

    regions: dict[str, Region] = field(default_factory=dict)
    agencies: dict[str, Agency] = field(default_factory=dict)
    divisions: dict[str, Division] = field(default_factory=dict)
    memoranda: dict[str, Memorandum] = field(default_factory=dict)
    lists: dict[str, CreditList] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    power_items: dict[str, PowerItem] = field(default_factory=dict)
    embeddings: dict[tuple[str, str, str], Embedding] = field(default_factory=dict)
    entities: dict[str, Entity] = field(default_factory=dict)
    affiliations: dict[tuple[str, str, str, date], Affiliation] = field(default_factory=dict)
    listings: dict[str, Listing] = field(default_factory=dict)

    def add(self, folder: Path) -> None:
        """Read a folder; its rows replace earlier ones."""
        self._add_catalogue(folder)
        self._add_subjects(folder)

    def _add_catalogue(self, folder: Path) -> None:
        for row in _rows(folder, "regions"):
            self.regions[row["code"]] = Region(row["code"], _text(row, "parent_code"))
        for row in _rows(folder, "agencies"):
            self.agencies[row["code"]] = Agency(
                row["code"],
                _word(row, "level"),
                _word(row, "region_code"),
                _text(row, "parent_code"),
                _day(row, "valid_to"),
                _text(row, "successor_code"),
            )
        for row in _rows(folder, "divisions"):
            self.divisions[row["code"]] = Division(row["code"], row["agency_code"])
        for row in _rows(folder, "memoranda"):
            self.memoranda[row["code"]] = Memorandum(
                row["code"],
                date.fromisoformat(row["effective_from"]),
                _day(row, "effective_to"),
                _text(row, "supersedes"),
                _members(row, "signatories"),
                _word(row, "kind"),
                _word(row, "field"),
            )
        for row in _rows(folder, "credit_lists"):
            self.lists[row["code"]] = CreditList(
                row["code"], row["color"], _members(row, "memoranda"), _word(row, "recognizing_agency")
            )
        for row in _rows(folder, "measures"):
            self.measures[row["code"]] = Measure(
                row["code"],
                row["memorandum_code"],
                row["nature"],
                _members(row, "targets"),
                _members(row, "agencies"),
                _members(row, "power_items"),
                int(_word(row, "number") or 0),
                _word(row, "category"),
                _members(row, "divisions"),
            )
        for row in _rows(folder, "power_items"):
            self.power_items[row["code"]] = PowerItem(
                row["code"],
                row["scene"],
                row["agency_code"],
                _text(row, "division_code"),
                _text(row, "devolved_from"),
                _word(row, "region_code"),
                _word(row, "is_key_item") == "true",
            )
        for row in _rows(folder, "embeddings"):
            self.embeddings[row["power_item_code"], row["measure_code"], row["step"]] = Embedding(
                row["power_item_code"],
                row["measure_code"],
                row["step"],
                row["status"],
                date.fromisoformat(row["since"]),
            )

    def _add_subjects(self, folder: Path) -> None:
        for row in _rows(folder, "entities"):
            self.entities[row["identifier"]] = Entity(row["identifier"], row["kind"], _word(row, "region_code"))
        for row in _rows(folder, "affiliations"):
            since = date.fromisoformat(row["since"])
            self.affiliations[row["person"], row["organization"], row["role"], since] = Affiliation(
                row["person"], row["organization"], row["role"], since, _day(row, "until")
            )
        for row in _rows(folder, "listings"):
            self.listings[row["listing_no"]] = Listing(
                row["listing_no"],
                row["entity"],
                row["list_code"],
                date.fromisoformat(row["listed_on"]),
                _day(row, "expires_on"),
                _day(row, "removed_on"),
            )


def _rows(folder: Path, table: str) -> Iterator[Row]:
    file = folder / f"{table}.csv"
    if file.exists():
        with file.open(encoding="utf-8-sig", newline="") as lines:
            yield from csv.DictReader(lines, strict=True)


def _text(row: Row, column: str) -> str | None:
    return row.get(column) or None


def _word(row: Row, column: str) -> str:
    return row.get(column) or ""


def _day(row: Row, column: str) -> date | None:
    cell = _text(row, column)
    return date.fromisoformat(cell) if cell else None


def _members(row: Row, column: str) -> tuple[str, ...]:
    return tuple(member for member in (row.get(column) or "").split(";") if member)
