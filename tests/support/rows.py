"""Datasets in a test: rows with only the cells that matter to it, written as the CSV files of a folder."""

import csv
from collections import defaultdict
from pathlib import Path

from tests.support.numbers import org_code, resident_id, uscc

REGION = "440000"
# Defaults of cells. A column without a default is required.
DEFAULTS: dict[str, dict[str, object]] = {
    "regions": {"code": None, "name": "某地", "parent_code": "", "level": "PROVINCE"},
    "agencies": {
        "code": None, "name": "某局", "short_name": "", "level": "PROVINCE", "region_code": REGION, "parent_code": "",
        "valid_to": "", "successor_code": "",
    },
    "divisions": {"code": None, "name": "某处", "agency_code": None},
    "memoranda": {
        "code": None, "title": "合作备忘录", "doc_number": "测〔2010〕1号", "kind": "BOTH", "field": "某领域",
        "issued_on": "2010-01-01", "effective_from": "2010-01-01", "effective_to": "", "supersedes": "",
        "signatories": "A1",
    },
    "credit_lists": {
        "code": None, "name": "某名单", "color": None, "recognizing_agency": "A1", "memoranda": None,
        "is_public": "true", "validity_months": "",
    },
    "power_items": {
        "code": None, "name": "某事项", "type": "行政许可", "scene": "APPROVAL", "agency_code": "A1",
        "division_code": "", "region_code": REGION, "devolved_from": "", "is_key_item": "false",
    },
    "measures": {
        "code": None, "memorandum_code": None, "number": 1, "category": "某类别", "nature": None, "content": "某措施",
        "targets": "LEGAL_PERSON", "agencies": "A1", "divisions": "", "power_items": "", "legal_bases": "",
    },
    "embeddings": {
        "power_item_code": None, "measure_code": None, "step": "受理", "mode": "API", "status": "LIVE", "since": None,
    },
    "entities": {
        "identifier": None, "scheme": "USCC", "kind": "LEGAL_PERSON", "name": "某主体", "org_code": "",
        "registration_no": "", "region_code": REGION,
    },
    "affiliations": {
        "person": None, "organization": None, "role": "EXECUTIVE", "since": "2010-01-01", "until": "",
    },
    "listings": {
        "listing_no": None, "entity": None, "list_code": None, "reason": "某事由", "document_no": "测执1号",
        "listed_on": "2010-01-01", "expires_on": "", "removed_on": "", "removal_reason": "",
    },
}  # fmt: skip


class Rows:
    """The rows of a dataset, added case by case.

    A test names its subjects: the first call with a name adds the entity, and every call returns its identifier.
    Identifiers increase, as text, in the order of the first calls for organisations.
    """

    def __init__(self) -> None:
        self._tables: dict[str, list[dict[str, object]]] = defaultdict(list)
        self._organizations: dict[str, str] = {}
        self._persons: dict[str, str] = {}
        self.add("regions", code=REGION)
        self.add("agencies", code="A1")

    def add(self, table: str, **cells: object) -> None:
        """Add a row; a sequence becomes a list of the format. Raises KeyError for an unknown column, ValueError for a
        missing value without default."""
        columns = DEFAULTS[table]
        if unknown := set(cells) - set(columns):
            raise KeyError(f"{table}: {unknown}")
        if missing := {column for column, value in (columns | cells).items() if value is None}:
            raise ValueError(f"{table}: {missing}")
        self._tables[table].append({column: _cell(value) for column, value in (columns | cells).items()})

    def organization(self, name: str, **cells: object) -> str:
        """A legal person, unless `kind` is given."""
        if name not in self._organizations:
            self._organizations[name] = uscc("91", REGION, org_code(len(self._organizations) + 1))
            self.add("entities", identifier=self._organizations[name], name=name, **cells)
        return self._organizations[name]

    def person(self, name: str) -> str:
        """A natural person."""
        if name not in self._persons:
            self._persons[name] = number = resident_id(len(self._persons) + 1)
            self.add("entities", identifier=number, name=name, scheme="RESIDENT_ID", kind="NATURAL_PERSON")
        return self._persons[name]

    def listed(self, subject: str, number: str, credit_list: str, **dates: object) -> None:
        """A listing with that number, active from 2010 on unless the dates say otherwise."""
        self.add("listings", entity=subject, listing_no=number, list_code=credit_list, **dates)

    def write(self, folder: Path) -> Path:
        """Write one CSV file per table; returns the folder."""
        folder.mkdir(parents=True, exist_ok=True)
        for table, rows in self._tables.items():
            with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
                out = csv.DictWriter(file, list(DEFAULTS[table]))
                out.writeheader()
                out.writerows(rows)
        return folder


def _cell(value: object) -> str:
    return ";".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
