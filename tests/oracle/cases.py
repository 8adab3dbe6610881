"""Tiny datasets for the tests of the reading."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tests.oracle.answers import Ground
from tests.oracle.rules import Reading

D = date.fromisoformat
DAY = D("2018-10-01")
BEFORE, AFTER = D("2018-09-30"), D("2018-10-02")

# Rows may end early: the last columns of a table are only for the few cases that need them.
HEADERS = {
    "regions": "code,parent_code",
    "agencies": "code,level,region_code,valid_to,successor_code,parent_code",
    "divisions": "code,agency_code",
    "memoranda": "code,effective_from,effective_to,supersedes,signatories,field",
    "credit_lists": "code,color,memoranda,recognizing_agency",
    "measures": "code,memorandum_code,nature,targets,agencies,power_items,category,divisions",
    "power_items": "code,scene,agency_code,division_code,devolved_from,region_code,is_key_item",
    "embeddings": "power_item_code,measure_code,step,mode,status,since",
    "entities": "identifier,kind,region_code",
    "affiliations": "person,organization,role,since,until",
    "listings": "listing_no,entity,list_code,listed_on,expires_on,removed_on",
}

# Two companies and a person; a black and a red list under one memorandum; items P1 > P2 > P3, and P9 alone.
BASE = {
    "agencies": ["A1", "A2", "A3"],
    "memoranda": ["M1,2018-01-01,,"],
    "credit_lists": ["LB,BLACK,M1", "LR,RED,M1"],
    "measures": [],
    "power_items": [
        "P1,APPROVAL,A1,A1-D1,",
        "P2,APPROVAL,A2,,P1",
        "P3,FISCAL_FUNDS,A2,A2-D1,P2",
        "P9,SUPERVISION,A3,,",
    ],
    "embeddings": [],
    "entities": ["C1,LEGAL_PERSON", "C2,LEGAL_PERSON", "N1,NATURAL_PERSON"],
    "affiliations": [],
    "listings": [],
}
BLACK = "B1,C1,LB,2018-01-01,,"
RED = "R1,C1,LR,2018-01-01,,"
REPRESENTS = "N1,C1,LEGAL_REPRESENTATIVE,2018-01-01,"
DIRECT = Ground("DIRECT", "B1", "LB", "M1")


def read(folder: Path, **tables: Sequence[str]) -> Reading:
    """The reading of BASE with these tables in place of its own."""
    folder.mkdir(exist_ok=True)
    for table, rows in {**BASE, **tables}.items():
        lines = [HEADERS[table], *rows]
        (folder / f"{table}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Reading.load(folder)


def measures(reading: Reading, e: str, d: date = DAY) -> list[str]:
    return [x.measure for x in reading.applicable(e, d)]


def grounds(reading: Reading, e: str, d: date = DAY) -> list[Ground]:
    """The grounds of the only measure that applies."""
    (only,) = reading.applicable(e, d)
    return only.grounds
