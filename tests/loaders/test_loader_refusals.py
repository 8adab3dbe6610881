"""Each way in which a row can be bad, on a real graph: the row is reported with its place, and the others load."""

import json
from pathlib import Path

import neo4j
import pytest

from graph.identity.key import IdentityKey
from graph.masking import Masked
from loaders.format.tables import TABLES
from loaders.load import load
from loaders.report import Refusal, Summary
from tests.support.numbers import org_code, resident_id, uscc
from tests.support.rows import REGION, Rows

ORGANISATION = uscc("91", REGION, org_code(1))
ABSENT = uscc("91", REGION, org_code(901))
OTHER = uscc("91", REGION, org_code(900))
PERSON = resident_id(1)


def small() -> Rows:
    """One good row in each table; the rows that tests add follow it, on line 3."""
    rows = Rows()
    rows.add("divisions", code="D1", agency_code="A1")
    rows.add("memoranda", code="M1")
    rows.add("credit_lists", code="L1", color="BLACK", memoranda="M1")
    rows.add("power_items", code="P1")
    rows.add("measures", code="X1", memorandum_code="M1", nature="PROHIBITION", power_items="P1")
    rows.add("embeddings", power_item_code="P1", measure_code="X1", since="2018-01-01")
    rows.organization("甲")
    rows.person("张三丰")
    rows.add("affiliations", person=PERSON, organization=ORGANISATION)
    rows.listed(ORGANISATION, "S1", "L1")
    return rows


MEASURE: dict[str, object] = {"code": "X2", "memorandum_code": "M1", "nature": "REWARD"}
RED: dict[str, object] = {"code": "L2", "color": "RED", "memoranda": ""}
LISTING: dict[str, object] = {"listing_no": "S2", "entity": ORGANISATION, "list_code": "L1"}
EMBEDDING: dict[str, object] = {"power_item_code": "P1", "measure_code": "X1", "step": "审查", "since": "2018-01-01"}
HELD: dict[str, object] = {"person": PERSON, "organization": ORGANISATION, "role": "EXECUTIVE", "since": "2011-01-01"}
BACKWARDS: dict[str, object] = HELD | {"person": ORGANISATION, "organization": PERSON}
ENTITY: dict[str, object] = {"identifier": OTHER, "scheme": "USCC", "kind": "LEGAL_PERSON"}
NATURAL: dict[str, object] = {
    "identifier": resident_id(900),
    "scheme": "RESIDENT_ID",
    "kind": "NATURAL_PERSON",
    "name": "李小明",
}


CASES: list[tuple[str, dict[str, object], str, str]] = [
    ("regions", {"code": "R2", "name": " "}, "name", "the cell is empty"),
    ("regions", {"code": "R2", "level": "TOWN"}, "level", "one of NATIONAL, PROVINCE, CITY, COUNTY is expected"),
    ("regions", {"code": REGION}, "code", "line 2 has the same code"),
    ("regions", {"code": "R;2"}, "code", "separates the codes of a list"),
    ("regions", {"code": "R" * 201}, "code", "201 characters"),
    ("regions", {"code": "R2", "parent_code": "R9"}, "parent_code", "'R9' is neither in regions.csv"),
    ("regions", {"code": "R2", "parent_code": "R2"}, "parent_code", "a cycle: R2 -> R2"),
    ("agencies", {"code": "A2", "valid_to": "2018-02-30"}, "valid_to", "there is no such day"),
    ("agencies", {"code": "A2", "valid_to": "2018-2-3"}, "valid_to", "YYYY-MM-DD"),
    ("agencies", {"code": "A2", "valid_to": "20180203"}, "valid_to", "YYYY-MM-DD"),
    ("agencies", {"code": "A2", "region_code": "R9"}, "region_code", "'R9' is neither in regions.csv"),
    ("agencies", {"code": "A2", "successor_code": "A2"}, "successor_code", "a cycle: A2 -> A2"),
    ("divisions", {"code": "D2", "agency_code": "A9"}, "agency_code", "'A9' is neither in agencies.csv"),
    ("memoranda", {"code": "M2", "signatories": ""}, "signatories", "the cell is empty"),
    ("memoranda", {"code": "M2", "signatories": "A1;A9"}, "signatories", "'A9' is neither"),
    ("memoranda", {"code": "M2", "signatories": "A1;A1"}, "signatories", "named twice in the list: 'A1'"),
    ("memoranda", {"code": "M2", "signatories": "A1;"}, "signatories", "an item of the list is empty"),
    ("memoranda", {"code": "M2", "effective_to": "2009-12-31"}, "effective_to", "before effective_from (2010"),
    ("credit_lists", {"code": "L2", "color": "GREY", "memoranda": "M1"}, "color", "one of RED, BLACK is expected"),
    ("credit_lists", RED | {"is_public": "TRUE"}, "is_public", "true or"),
    ("credit_lists", RED | {"validity_months": 0}, "validity_months", "1 to"),
    ("measures", MEASURE | {"number": "1.5"}, "number", "a whole number from 1"),
    ("measures", MEASURE | {"number": 2**31}, "number", "a whole number from 1"),
    ("measures", MEASURE | {"targets": ""}, "targets", "the cell is empty"),
    ("measures", MEASURE | {"targets": "LEGAL_PERSON;BOSS"}, "targets", "'BOSS': one of LEGAL_PERSON"),
    ("measures", MEASURE | {"agencies": ""}, "agencies", "the cell is empty"),
    ("measures", MEASURE | {"divisions": "D9"}, "divisions", "'D9' is neither"),
    ("measures", MEASURE | {"legal_bases": "甲;甲"}, "legal_bases", "named twice"),
    ("embeddings", EMBEDDING | {"step": "受理"}, "power_item_code", "line 2 has the same"),
    ("embeddings", EMBEDDING | {"measure_code": "X9"}, "measure_code", "'X9' is neither"),
    ("entities", ENTITY | {"identifier": OTHER[:-1]}, "identifier", "has 17 characters"),
    ("entities", ENTITY | {"identifier": ORGANISATION}, "identifier", "line 2 has the same identifier"),
    ("entities", ENTITY | {"scheme": "ORG_CODE"}, "scheme", "one of USCC, RESIDENT_ID is expected"),
    ("entities", ENTITY | {"kind": "NATURAL_PERSON"}, "scheme", "a NATURAL_PERSON is known by RESIDENT_ID"),
    ("entities", NATURAL | {"kind": "LEGAL_PERSON"}, "scheme", "a LEGAL_PERSON is known by USCC"),
    ("entities", NATURAL | {"org_code": org_code(5)}, "org_code", "a natural person has none"),
    ("entities", NATURAL | {"registration_no": "123"}, "registration_no", "a natural person has none"),
    ("entities", ENTITY | {"org_code": "123456789"}, "org_code", "the check character is 9"),
    ("entities", ENTITY | {"org_code": org_code(1)}, "org_code", "is held by the entity of line 2"),
    ("affiliations", HELD | {"until": "2010-12-31"}, "until", "before since (2011-01-01)"),
    ("affiliations", HELD | {"since": "2010-01-01"}, "person", "same person, organization, role and since"),
    ("affiliations", HELD | {"person": ORGANISATION}, "organization", "no role at itself"),
    ("affiliations", BACKWARDS, "organization", "it is a natural person"),
    ("affiliations", HELD | {"organization": ABSENT}, "organization", "neither in entities.csv nor in the graph"),
    ("affiliations", HELD | {"person": PERSON[:-1] + "?"}, "person", "only 0-9 and A-Z"),
    ("listings", LISTING | {"expires_on": "2009-12-31"}, "expires_on", "before listed_on"),
    ("listings", LISTING | {"removed_on": "2009-12-31"}, "removed_on", "before listed_on"),
    ("listings", LISTING | {"listing_no": "S1"}, "listing_no", "line 2 has the same listing_no"),
    ("listings", LISTING | {"list_code": "L9"}, "list_code", "'L9' is neither"),
]  # fmt: skip
"""Table, cells, the reported column and a part of the reason; all in one dataset, in this order."""


def test_each_bad_row_is_refused_with_its_place_and_reason_and_the_good_ones_load(
    tmp_path: Path, empty_graph: neo4j.Driver, database: str, identity_key: IdentityKey
) -> None:
    rows = small()
    line = dict.fromkeys((table for table, *_ in CASES), 2) | {"entities": 3}
    expected = []
    for table, cells, column, reason in CASES:
        rows.add(table, **cells)
        line[table] += 1
        expected.append((f"{table}.csv", line[table], column, reason))
    summary = load(rows.write(tmp_path), empty_graph, database, identity_key, report=tmp_path / "report.json")
    refusals = json.loads((tmp_path / "report.json").read_text("utf-8"))["refusals"]
    order = {table.file: place for place, table in enumerate(TABLES)}
    expected.sort(key=lambda case: order[case[0]])
    assert [(r["file"], r["line"], r["column"]) for r in refusals] == [case[:3] for case in expected]
    assert [r for r, case in zip(refusals, expected, strict=True) if case[3] not in r["reason"]] == []
    assert (summary.totals.created, summary.totals.refused) == (12, len(CASES))
    assert summary.exit_status == 1


def lines(summary: Summary) -> list[tuple[str, int, str]]:
    return [(r.file, r.line, r.column) for r in summary.first_refusals]


def test_every_reason_for_refusing_a_row_is_given_and_the_row_counts_once(
    tmp_path: Path, empty_graph: neo4j.Driver, database: str, identity_key: IdentityKey
) -> None:
    rows = small()
    rows.add("memoranda", code="M2", kind="X", issued_on="?", signatories=["A8", "A9"], supersedes="M9")
    summary = load(rows.write(tmp_path), empty_graph, database, identity_key)
    columns = [r.column for r in summary.first_refusals]
    assert sorted(columns) == ["issued_on", "kind", "signatories", "signatories", "supersedes"]
    assert [r.value for r in summary.first_refusals if r.column == "signatories"] == ["A8", "A9"]
    assert summary.files["memoranda.csv"].refused == 1


def test_what_names_something_refused_is_refused_too_and_says_so(
    tmp_path: Path, empty_graph: neo4j.Driver, database: str, identity_key: IdentityKey
) -> None:
    rows = small()
    rows.add("agencies", code="A2", level="TOWN")
    rows.add("agencies", code="A3", parent_code="A2")
    rows.add("memoranda", code="M2", signatories="A1;A3")
    rows.add("measures", **MEASURE | {"memorandum_code": "M2"})
    rows.add("entities", **NATURAL | {"region_code": "R9"})
    rows.listed(str(NATURAL["identifier"]), "S2", "L1")
    summary = load(rows.write(tmp_path), empty_graph, database, identity_key)
    assert lines(summary) == [
        ("agencies.csv", 3, "level"),
        ("agencies.csv", 4, "parent_code"),
        ("memoranda.csv", 3, "signatories"),
        ("measures.csv", 3, "memorandum_code"),
        ("entities.csv", 4, "region_code"),
        ("listings.csv", 3, "entity"),
    ]
    reasons = [r.reason for r in summary.first_refusals]
    assert reasons[1] == "it names 'A2' of agencies.csv line 3, which was refused"
    assert reasons[2] == "it names 'A3' of agencies.csv line 4, which was refused"
    assert reasons[5] == "it names what entities.csv line 4 gave, which was refused"


def test_a_malformed_identifier_is_tied_to_the_refused_row_that_gave_it(
    tmp_path: Path, empty_graph: neo4j.Driver, database: str, identity_key: IdentityKey
) -> None:
    rows = small()
    rows.add("entities", **ENTITY | {"identifier": OTHER[:-1]})
    rows.listed(OTHER[:-1], "S2", "L1")
    summary = load(rows.write(tmp_path), empty_graph, database, identity_key)
    assert [r.reason for r in summary.first_refusals][-1] == "it names what entities.csv line 4 gave, which was refused"


def test_a_bad_row_does_not_make_a_later_good_one_a_repetition(
    tmp_path: Path, empty_graph: neo4j.Driver, database: str, identity_key: IdentityKey
) -> None:
    rows = small()
    rows.add("agencies", code="A2", parent_code="A9")
    rows.add("agencies", code="A2", parent_code="A1")
    rows.add("agencies", code="A2", parent_code="A1")
    rows.add("divisions", code="D2", agency_code="A2")
    rows.add("entities", **ENTITY | {"region_code": "R9"})
    rows.add("entities", **ENTITY)
    rows.listed(OTHER, "S2", "L1")
    summary = load(rows.write(tmp_path), empty_graph, database, identity_key, batch=1)
    assert lines(summary) == [
        ("agencies.csv", 3, "parent_code"),
        ("agencies.csv", 5, "code"),
        ("entities.csv", 4, "region_code"),
    ]
    assert summary.first_refusals[1].reason == "line 4 has the same code"


@pytest.mark.parametrize("table", ["regions", "power_items", "memoranda"])
def test_a_cycle_is_spelled_out_and_what_hangs_on_it_goes_too(
    table: str, tmp_path: Path, empty_graph: neo4j.Driver, database: str, identity_key: IdentityKey
) -> None:
    column = {"regions": "parent_code", "power_items": "devolved_from", "memoranda": "supersedes"}[table]
    rows = small()
    for code, named in (("Z1", "Z2"), ("Z2", "Z3"), ("Z3", "Z1"), ("Z4", "Z1"), ("Z5", "Z6"), ("Z6", "")):
        rows.add(table, **{"code": code, column: named})
    summary = load(rows.write(tmp_path), empty_graph, database, identity_key)
    assert [r.reason for r in summary.first_refusals] == [
        "a cycle: Z1 -> Z2 -> Z3 -> Z1",
        "a cycle: Z2 -> Z3 -> Z1 -> Z2",
        "a cycle: Z3 -> Z1 -> Z2 -> Z3",
        f"it names 'Z1' of {table}.csv line 3, which was refused",
    ]


def test_a_cycle_that_the_graph_closes_is_refused(
    tmp_path: Path, empty_graph: neo4j.Driver, database: str, identity_key: IdentityKey
) -> None:
    rows = small()
    rows.add("agencies", code="A2", parent_code="A1")
    load(rows.write(tmp_path / "a"), empty_graph, database, identity_key)
    (tmp_path / "b").mkdir()
    text = f"code,name,level,region_code,parent_code\nA1,某局,PROVINCE,{REGION},A2\n"
    (tmp_path / "b" / "agencies.csv").write_text(text, "utf-8")
    summary = load(tmp_path / "b", empty_graph, database, identity_key)
    assert summary.first_refusals == [
        Refusal("agencies.csv", 2, "parent_code", Masked("A2"), Masked("a cycle: A1 -> A2 -> A1"))
    ]
    assert summary.exit_status == 2


def test_nothing_personal_is_reported(
    tmp_path: Path, empty_graph: neo4j.Driver, database: str, identity_key: IdentityKey
) -> None:
    number = str(NATURAL["identifier"])
    rows = small()
    for cells in (
        NATURAL | {"identifier": number[:-2] + "00", "name": "欧阳小明" * 300},
        NATURAL | {"kind": "企业", "region_code": "R9"},
        NATURAL | {"scheme": "身份证"},
        NATURAL | {"identifier": f"{number[:6]} {number[6:14]} {number[14:]} 1"},
        NATURAL | {"registration_no": number},
        {"identifier": "李小明", "scheme": "RESIDENT_ID", "kind": number, "name": number},
    ):
        rows.add("entities", **cells)
    rows.add("affiliations", person=number, organization=number)
    rows.add("listings", listing_no=number, entity=number, list_code=number)
    summary = load(rows.write(tmp_path), empty_graph, database, identity_key, report=tmp_path / "report.json")
    output = (tmp_path / "report.json").read_text("utf-8") + str(summary)
    assert summary.totals.refused == 8
    assert not [secret for secret in (number, number[6:14], number[8:16], "李小明", "小明") if secret in output]
