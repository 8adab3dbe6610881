"""The reading of rules 7 to 10, of filters and of folders, compared with cases worked out by hand."""

from datetime import date
from pathlib import Path

import pytest

from tests.oracle.answers import ApplicableAgency
from tests.oracle.cases import BEFORE, BLACK, DAY, DIRECT, RED, REPRESENTS, D, read
from tests.oracle.rules import Reading, UnknownCode

# Rule 7


def test_departments_implement_an_applicable_measure_each_with_its_own_gated_items(tmp_path: Path) -> None:
    rows = [
        "X1,M1,PROHIBITION,LEGAL_PERSON,A2;A1,P2",
        "X2,M1,PUBLICITY,LEGAL_PERSON,A2,P9",
        "X3,M1,PROHIBITION,NATURAL_PERSON,A3,P9",
    ]
    reading = read(tmp_path, measures=rows, listings=[BLACK])
    first, second = ApplicableAgency("A1", ["X1"], []), ApplicableAgency("A2", ["X1", "X2"], ["P2", "P3"])
    assert reading.agencies("C1", DAY) == [first, second]
    assert reading.agencies("C1", DAY, natures=["PUBLICITY"]) == [ApplicableAgency("A2", ["X2"], [])]
    assert reading.agencies("C1", DAY, color="RED") == []


def test_an_items_agency_that_does_not_implement_the_measure_is_no_department_of_it(tmp_path: Path) -> None:
    """A3 owns P9 and implements X1, which does not gate P9; A3 does not implement X2, which does."""
    rows = ["X1,M1,PROHIBITION,LEGAL_PERSON,A3,P1", "X2,M1,PROHIBITION,LEGAL_PERSON,A1,P9"]
    reading = read(tmp_path, measures=rows, listings=[BLACK])
    assert reading.agencies("C1", DAY) == [ApplicableAgency("A1", ["X2"], []), ApplicableAgency("A3", ["X1"], [])]


# Rule 8


@pytest.mark.parametrize(
    ("listings", "standing"),
    [
        ([], "CLEAR"),
        ([RED], "RED"),
        ([BLACK], "BLACK"),
        ([RED, BLACK], "MIXED"),
        ([RED, "B1,C1,LB,2018-10-02,,"], "RED"),
        (["R1,C1,LR,2018-01-01,,2018-10-01", BLACK], "BLACK"),
    ],
)
def test_standing_is_the_colours_of_the_direct_active_listings(
    tmp_path: Path, listings: list[str], standing: str
) -> None:
    reading = read(tmp_path, affiliations=[REPRESENTS], listings=listings)
    assert reading.standing("C1", DAY) == standing
    assert reading.standing("N1", DAY) == "CLEAR"


# Rule 9


@pytest.mark.parametrize(
    ("natures", "advice"),
    [
        (["PROHIBITION", "RESTRICTION", "REFERENCE", "SUPERVISION", "PUBLICITY", "ASSISTANCE"], "REFUSE"),
        (["RESTRICTION", "REFERENCE", "SUPERVISION", "PUBLICITY", "ASSISTANCE"], "RESTRICT"),
        (["REFERENCE", "SUPERVISION", "PUBLICITY", "ASSISTANCE"], "CAUTION"),
        (["SUPERVISION", "PUBLICITY", "ASSISTANCE"], "WATCH"),
        (["PUBLICITY", "ASSISTANCE"], "CLEAR"),
        (["ASSISTANCE"], "CLEAR"),
        ([], "CLEAR"),
    ],
)
def test_the_most_severe_nature_that_gates_the_item_decides(tmp_path: Path, natures: list[str], advice: str) -> None:
    rows = [f"X{n},M1,{nature},LEGAL_PERSON,A1,P1" for n, nature in enumerate(natures)]
    reading = read(tmp_path, measures=rows, listings=[BLACK])
    assert [reading.advice("C1", item, DAY) for item in ("P1", "P3", "P9")] == [advice, advice, "CLEAR"]
    assert reading.advice("C2", "P1", DAY) == "CLEAR"


def test_a_reward_facilitates_unless_something_less_mild_gates_the_item(tmp_path: Path) -> None:
    rows = [
        "X1,M1,REWARD,NATURAL_PERSON,A1,P1;P9",
        "X2,M1,SUPERVISION,LEGAL_REPRESENTATIVE,A1,P2",
        "X3,M1,ASSISTANCE,LEGAL_REPRESENTATIVE,A1,P9",
    ]
    listings = [BLACK, "R1,N1,LR,2018-01-01,,"]
    reading = read(tmp_path, measures=rows, affiliations=[REPRESENTS], listings=listings)
    assert [reading.advice("N1", item, DAY) for item in ("P1", "P2", "P9")] == ["FACILITATE", "WATCH", "CLEAR"]


# Rule 10


def test_a_path_leads_to_each_gated_item_its_division_and_its_agency(tmp_path: Path) -> None:
    rows = ["X1,M1,PROHIBITION,LEGAL_PERSON,A3,P1"]
    paths = read(tmp_path, measures=rows, listings=[BLACK]).paths("C1", DAY)
    start = [("Entity", "C1"), ("Listing", "B1"), ("CreditList", "LB"), ("Memorandum", "M1"), ("Measure", "X1")]
    assert [p.steps for p in paths] == [
        [*start, ("PowerItem", "P1"), ("Division", "A1-D1"), ("Agency", "A1")],
        [*start, ("PowerItem", "P2"), ("Agency", "A2")],
        [*start, ("PowerItem", "P3"), ("Division", "A2-D1"), ("Agency", "A2")],
    ]
    assert [(p.power_item, p.division, p.agency) for p in paths] == [
        ("P1", "A1-D1", "A1"),
        ("P2", None, "A2"),
        ("P3", "A2-D1", "A2"),
    ]
    assert all((p.ground, p.measure) == (DIRECT, "X1") for p in paths)


def test_where_a_measure_gates_nothing_a_path_leads_to_each_implementing_agency(tmp_path: Path) -> None:
    rows = ["X1,M1,PROHIBITION,LEGAL_REPRESENTATIVE,A3;A2,"]
    reading = read(tmp_path, measures=rows, affiliations=[REPRESENTS], listings=[BLACK])
    start = [("Entity", "N1"), ("Entity", "C1"), ("Listing", "B1"), ("CreditList", "LB")]
    start += [("Memorandum", "M1"), ("Measure", "X1")]
    paths = reading.paths("N1", DAY)
    assert [p.steps for p in paths] == [[*start, ("Agency", "A2")], [*start, ("Agency", "A3")]]
    assert [(p.power_item, p.division) for p in paths] == [(None, None), (None, None)]


def test_paths_keep_the_ones_to_an_item_and_the_ones_that_end_at_an_agency(tmp_path: Path) -> None:
    rows = ["X1,M1,PROHIBITION,LEGAL_PERSON,A3,P1", "X2,M1,PUBLICITY,LEGAL_PERSON,A2;A3,"]
    reading = read(tmp_path, measures=rows, listings=[BLACK])
    assert [(p.measure, p.power_item) for p in reading.paths("C1", DAY, power_item="P2")] == [("X1", "P2")]
    to_a2 = [("X1", "P2"), ("X1", "P3"), ("X2", None)]
    assert [(p.measure, p.power_item) for p in reading.paths("C1", DAY, agency="A2")] == to_a2
    assert [(p.measure, p.power_item) for p in reading.paths("C1", DAY, agency="A3")] == [("X2", None)]
    assert reading.paths("C1", DAY, power_item="P1", agency="A2") == []


def test_paths_come_by_listing_memorandum_measure_item_and_agency(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        memoranda=["M1,2018-01-01,,", "M2,2018-01-01,,"],
        credit_lists=["LB,BLACK,M2;M1"],
        measures=[
            "X1,M2,PUBLICITY,NATURAL_PERSON;LEGAL_REPRESENTATIVE,A2;A1,",
            "X2,M1,PROHIBITION,NATURAL_PERSON;EXECUTIVE;LEGAL_REPRESENTATIVE,A1,P9;P3",
        ],
        affiliations=["N1,C1,LEGAL_REPRESENTATIVE,2018-02-01,", REPRESENTS, "N1,C1,EXECUTIVE,2018-03-01,"],
        listings=["S2,N1,LB,2018-01-01,,", "S1,C1,LB,2018-01-01,,"],
    )
    found = [
        (p.ground.listing, p.measure, p.power_item or "", p.agency, (p.ground.role or "")[:1], str(p.ground.since)[5:7])
        for p in reading.paths("N1", DAY)
    ]
    assert found == [
        *[("S1", "X2", "P3", "A2", *affiliation) for affiliation in (("E", "03"), ("L", "01"), ("L", "02"))],
        *[("S1", "X2", "P9", "A3", *affiliation) for affiliation in (("E", "03"), ("L", "01"), ("L", "02"))],
        *[("S1", "X1", "", "A1", *affiliation) for affiliation in (("L", "01"), ("L", "02"))],
        *[("S1", "X1", "", "A2", *affiliation) for affiliation in (("L", "01"), ("L", "02"))],
        ("S2", "X2", "P3", "A2", "", ""),
        ("S2", "X2", "P9", "A3", "", ""),
        ("S2", "X1", "", "A1", "", ""),
        ("S2", "X1", "", "A2", "", ""),
    ]


# Filters


def filtered(tmp_path: Path) -> Reading:
    """N1 is red itself, and black through C1: X1 applies both ways, X2 through C1, X3 through the red list."""
    return read(
        tmp_path,
        credit_lists=["LB,BLACK,M1", "LC,BLACK,M1", "LR,RED,M1"],
        measures=[
            "X1,M1,PROHIBITION,NATURAL_PERSON;LEGAL_REPRESENTATIVE,A1,P1",
            "X2,M1,PUBLICITY,LEGAL_REPRESENTATIVE,A2;A1,",
            "X3,M1,REWARD,NATURAL_PERSON;LEGAL_REPRESENTATIVE,A2,P9",
        ],
        affiliations=[REPRESENTS],
        listings=[BLACK, RED, "R2,N1,LR,2018-01-01,,", "B9,N1,LC,2017-01-01,2018-10-01,"],
    )


def test_via_and_color_keep_grounds_and_the_measures_that_have_one_left(tmp_path: Path) -> None:
    reading = filtered(tmp_path)

    def kept(d: date, color: str | None = None, via: str | None = None) -> list[tuple[str, list[str]]]:
        return [(x.measure, [g.listing for g in x.grounds]) for x in reading.applicable("N1", d, color=color, via=via)]

    assert kept(BEFORE) == [("X1", ["B9", "B1"]), ("X2", ["B1"])]
    assert kept(BEFORE, via="DIRECT") == [("X1", ["B9"])]
    assert kept(BEFORE, via="AFFILIATED", color="BLACK") == [("X1", ["B1"]), ("X2", ["B1"])]
    assert kept(DAY) == [("X1", ["B1"]), ("X2", ["B1"]), ("X3", ["R2", "R1"])]
    assert kept(DAY, color="RED", via="AFFILIATED") == [("X3", ["R1"])]
    assert kept(DAY, color="BLACK", via="DIRECT") == []


def test_the_other_filters_keep_measures_whole_and_combine_with_and(tmp_path: Path) -> None:
    reading = filtered(tmp_path)
    (only,) = reading.applicable("N1", DAY, power_item="P3")
    assert (only.measure, only.power_items) == ("X1", ["P1", "P2", "P3"])
    assert [x.measure for x in reading.applicable("N1", DAY, scene="FISCAL_FUNDS")] == ["X1"]
    assert [x.measure for x in reading.applicable("N1", DAY, agency="A2")] == ["X2", "X3"]
    assert [x.measure for x in reading.applicable("N1", DAY, natures=["REWARD", "PUBLICITY"])] == ["X2", "X3"]
    assert reading.applicable("N1", DAY, natures=[]) == []
    assert [x.measure for x in reading.applicable("N1", DAY, agency="A2", via="DIRECT")] == ["X3"]
    assert reading.applicable("N1", DAY, agency="A2", power_item="P1") == []


def test_an_unknown_code_is_an_error_that_names_it(tmp_path: Path) -> None:
    reading = read(tmp_path)
    with pytest.raises(UnknownCode, match="A99"):
        reading.applicable("C1", DAY, agency="A99")
    with pytest.raises(UnknownCode, match="P99"):
        reading.paths("C1", DAY, power_item="P99")
    with pytest.raises(UnknownCode, match="P99"):
        reading.advice("C1", "P99", DAY)
    with pytest.raises(UnknownCode, match="C99"):
        reading.standing("C99", DAY)


# Folders


def test_a_later_folder_replaces_rows_with_the_same_key_whole(tmp_path: Path) -> None:
    read(tmp_path / "a", affiliations=[REPRESENTS], listings=[BLACK, "B2,C2,LB,2018-01-01,2018-02-01,"])
    later = tmp_path / "b"
    later.mkdir()
    rows = ["listing_no,entity,list_code,listed_on,expires_on", "B2,C2,LB,2018-01-01,", ""]
    (later / "listings.csv").write_text("\n".join(rows), encoding="utf-8-sig")
    rows = ["person,organization,role,since,until"]
    rows += ["N1,C1,LEGAL_REPRESENTATIVE,2018-01-01,2018-10-01", "N1,C1,LEGAL_REPRESENTATIVE,2018-05-01,", ""]
    (later / "affiliations.csv").write_text("\r\n".join(rows), encoding="utf-8", newline="")
    reading = Reading.load(tmp_path / "a", later)
    assert reading.active_listings("C1", DAY) == ["B1"]
    assert reading.active_listings("C2", DAY) == ["B2"]
    assert [a.since for a in reading.affiliations("N1", BEFORE)] == [D("2018-01-01"), D("2018-05-01")]
    assert [a.since for a in reading.affiliations("N1", DAY)] == [D("2018-05-01")]


def test_an_absent_file_is_an_empty_table(tmp_path: Path) -> None:
    tables = Reading.load(tmp_path).tables
    assert [tables.agencies, tables.entities, tables.listings, tables.embeddings] == [{}, {}, {}, {}]
