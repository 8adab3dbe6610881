"""The reading of the rules, held against cases worked by hand; and the generator, against what it promises."""

import filecmp
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from tests.generator import AS_OF, USCC, make_dataset, org_code, registration_no, resident_id, uscc
from tests.reading import ApplicableAgency, Ground, Reading, UnknownCode

D = date.fromisoformat
DAY = D("2018-10-01")
BEFORE, AFTER = D("2018-09-30"), D("2018-10-02")

HEADERS = {
    "agencies": "code",
    "memoranda": "code,effective_from,effective_to,supersedes",
    "credit_lists": "code,color,memoranda",
    "measures": "code,memorandum_code,nature,targets,agencies,power_items",
    "power_items": "code,scene,agency_code,division_code,devolved_from",
    "embeddings": "power_item_code,measure_code,step,mode,status,since",
    "entities": "identifier,kind",
    "affiliations": "person,organization,role,since,until",
    "listings": "listing_no,entity,list_code,listed_on,expires_on,removed_on",
}

# Two companies and a person; a black and a red list under one memorandum; items P1 > P2 > P3, and P9 apart.
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
    """The grounds of the one measure that applies."""
    (only,) = reading.applicable(e, d)
    return only.grounds


# Rule 1


@pytest.mark.parametrize(
    ("listed", "expires", "removed", "active"),
    [
        ("2018-09-30", "", "", True),
        ("2018-10-01", "", "", True),
        ("2018-10-02", "", "", False),
        ("2018-01-01", "2018-09-30", "", False),
        ("2018-01-01", "2018-10-01", "", False),
        ("2018-01-01", "2018-10-02", "", True),
        ("2018-01-01", "", "2018-09-30", False),
        ("2018-01-01", "", "2018-10-01", False),
        ("2018-01-01", "", "2018-10-02", True),
        ("2018-01-01", "2018-10-01", "2018-10-02", False),
        ("2018-01-01", "2018-10-02", "2018-10-01", False),
        ("2018-10-01", "", "2018-10-01", False),
        ("2018-10-01", "2018-10-01", "", False),
    ],
)
def test_a_listing_is_active_from_its_first_day_up_to_its_last(
    tmp_path: Path, listed: str, expires: str, removed: str, active: bool
) -> None:
    reading = read(tmp_path, listings=[f"B1,C1,LB,{listed},{expires},{removed}"])
    assert reading.active_listings("C1", DAY) == (["B1"] if active else [])


def test_active_listings_are_the_subjects_own_by_number_as_text(tmp_path: Path) -> None:
    rows = [f"{number},C1,LB,2018-01-01,," for number in ("B2", "B10", "𠮷1", "Ｓ1", "a1")]
    reading = read(tmp_path, listings=[*rows, RED, "B3,C2,LB,2018-01-01,,"])
    assert reading.active_listings("C1", DAY) == ["B10", "B2", "R1", "a1", "Ｓ1", "𠮷1"]
    assert reading.active_listings("C1", DAY, "RED") == ["R1"]
    assert reading.active_listings("C2", DAY, color="RED") == []


# Rule 2


@pytest.mark.parametrize(
    ("start", "end", "holds"),
    [
        ("2018-09-30", "", True),
        ("2018-10-01", "", True),
        ("2018-10-02", "", False),
        ("2018-01-01", "2018-09-30", False),
        ("2018-01-01", "2018-10-01", False),
        ("2018-01-01", "2018-10-02", True),
        ("2018-10-01", "2018-10-01", False),
    ],
)
def test_a_memorandum_is_in_force_in_its_period(tmp_path: Path, start: str, end: str, holds: bool) -> None:
    rows = [f"M1,{start},{end},"]
    measure = ["X1,M1,PROHIBITION,LEGAL_PERSON,A1,"]
    reading = read(tmp_path, memoranda=rows, measures=measure, listings=[BLACK])
    assert reading.in_force("M1", DAY) is holds
    assert measures(reading, "C1") == (["X1"] if holds else [])


@pytest.mark.parametrize(
    ("superseder", "holds"),
    [
        ("M2,2018-09-30,,M1", False),
        ("M2,2018-10-01,,M1", False),
        ("M2,2018-10-02,,M1", True),
        ("M2,2018-02-01,2018-03-01,M1", False),  # has ended, yet has begun: what it replaced does not come back
    ],
)
def test_a_memorandum_ends_when_one_that_supersedes_it_begins(tmp_path: Path, superseder: str, holds: bool) -> None:
    assert read(tmp_path, memoranda=["M1,2018-01-01,,", superseder]).in_force("M1", DAY) is holds


def test_of_a_chain_only_the_last_that_has_begun_is_in_force(tmp_path: Path) -> None:
    reading = read(tmp_path, memoranda=["M1,2018-01-01,,", "M2,2018-06-01,,M1", "M3,2018-10-01,,M2"])
    assert [m for m in ("M1", "M2", "M3") if reading.in_force(m, BEFORE)] == ["M2"]
    assert [m for m in ("M1", "M2", "M3") if reading.in_force(m, DAY)] == ["M3"]


def test_one_of_two_superseders_is_enough(tmp_path: Path) -> None:
    assert not read(tmp_path, memoranda=["M1,2018-01-01,,", "M2,2019-01-01,,M1", "M3,2018-02-01,,M1"]).in_force(
        "M1", DAY
    )


# Rule 3

NATURES = ("REWARD", "ASSISTANCE", "PUBLICITY", "SUPERVISION", "REFERENCE", "RESTRICTION", "PROHIBITION")


def test_red_brings_rewards_only_and_black_all_others(tmp_path: Path) -> None:
    rows = [f"{nature},M1,{nature},LEGAL_PERSON,A1," for nature in NATURES]
    listings = ["R1,C1,LR,2018-01-01,,", "B1,C2,LB,2018-01-01,,"]
    reading = read(tmp_path, measures=rows, listings=listings)
    assert measures(reading, "C1") == ["REWARD"]
    assert measures(reading, "C2") == sorted(set(NATURES) - {"REWARD"})


def test_a_direct_ground_needs_the_kind_among_the_targets(tmp_path: Path) -> None:
    rows = [
        "X1,M1,PROHIBITION,INDIVIDUAL_BUSINESS;LEGAL_PERSON,A1,",
        "X2,M1,PROHIBITION,NATURAL_PERSON;LEGAL_REPRESENTATIVE,A1,",
    ]
    reading = read(tmp_path, measures=rows, listings=[BLACK, "B2,N1,LB,2018-01-01,,"])
    assert measures(reading, "C1") == ["X1"]
    assert measures(reading, "N1") == ["X2"]


def test_a_list_brings_the_measures_of_every_memorandum_that_governs_it_and_is_in_force(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        memoranda=["M1,2018-01-01,,", "M2,2018-01-01,,", "M3,2019-01-01,,", "M4,2018-01-01,,"],
        credit_lists=["LB,BLACK,M1;M2;M3", "LN,BLACK,"],
        measures=[f"X{n},M{n},PROHIBITION,LEGAL_PERSON,A1," for n in (1, 2, 3, 4)],
        listings=[BLACK, "B2,C2,LN,2018-01-01,,"],
    )
    assert measures(reading, "C1") == ["X1", "X2"]
    assert reading.standing("C2", DAY) == "BLACK"
    assert measures(reading, "C2") == []


# Rule 4

TO_REPRESENTATIVE = ["X1,M1,PROHIBITION,LEGAL_REPRESENTATIVE,A1,"]


@pytest.mark.parametrize(
    ("since", "until", "reached"),
    [
        ("2018-09-30", "", True),
        ("2018-10-01", "", True),
        ("2018-10-02", "", False),
        ("2018-01-01", "2018-09-30", False),
        ("2018-01-01", "2018-10-01", False),
        ("2018-01-01", "2018-10-02", True),
        ("2018-10-01", "2018-10-01", False),
    ],
)
def test_a_role_reaches_while_it_is_held(tmp_path: Path, since: str, until: str, reached: bool) -> None:
    held = [f"N1,C1,LEGAL_REPRESENTATIVE,{since},{until}"]
    reading = read(tmp_path, measures=TO_REPRESENTATIVE, affiliations=held, listings=[BLACK])
    assert measures(reading, "N1") == (["X1"] if reached else [])
    assert [a.organization for a in reading.affiliations("N1", DAY)] == (["C1"] if reached else [])
    assert measures(reading, "C1") == []


def test_an_affiliated_ground_names_the_role_the_organisation_and_since_when(tmp_path: Path) -> None:
    reading = read(tmp_path, measures=TO_REPRESENTATIVE, affiliations=[REPRESENTS], listings=[BLACK])
    through = Ground("AFFILIATED", "B1", "LB", "M1", "LEGAL_REPRESENTATIVE", "C1", D("2018-01-01"))
    assert grounds(reading, "N1") == [through]


def test_another_role_or_the_persons_kind_does_not_do_for_an_affiliated_ground(tmp_path: Path) -> None:
    rows = ["X1,M1,PROHIBITION,EXECUTIVE,A1,", "X2,M1,PROHIBITION,NATURAL_PERSON;LEGAL_PERSON,A1,"]
    assert measures(read(tmp_path, measures=rows, affiliations=[REPRESENTS], listings=[BLACK]), "N1") == []


def test_an_affiliated_ground_needs_an_active_listing_a_memorandum_in_force_and_the_colour(tmp_path: Path) -> None:
    ended = read(
        tmp_path / "a",
        measures=TO_REPRESENTATIVE,
        affiliations=[REPRESENTS],
        listings=["B1,C1,LB,2018-01-01,,2018-10-01"],
    )
    assert (measures(ended, "N1", BEFORE), measures(ended, "N1", DAY)) == (["X1"], [])
    late = read(
        tmp_path / "b",
        memoranda=["M1,2018-10-01,,"],
        measures=TO_REPRESENTATIVE,
        affiliations=[REPRESENTS],
        listings=[BLACK],
    )
    assert (measures(late, "N1", BEFORE), measures(late, "N1", DAY)) == ([], ["X1"])
    red = read(tmp_path / "c", measures=TO_REPRESENTATIVE, affiliations=[REPRESENTS], listings=[RED])
    assert measures(red, "N1") == []


def test_liability_spreads_one_hop_only_and_not_to_the_organisation(tmp_path: Path) -> None:
    held = ["N1,C1,ACTUAL_CONTROLLER,2018-01-01,", "C1,C2,ACTUAL_CONTROLLER,2018-01-01,"]
    rows = ["X1,M1,PROHIBITION,ACTUAL_CONTROLLER,A1,"]
    far = read(tmp_path / "a", measures=rows, affiliations=held, listings=["B1,C2,LB,2018-01-01,,"])
    assert measures(far, "C1") == ["X1"]
    assert measures(far, "N1") == []
    person = read(tmp_path / "b", measures=rows, affiliations=held, listings=["B1,N1,LB,2018-01-01,,"])
    assert measures(person, "C1") == []


# Rule 5


def test_a_measure_is_answered_once_with_all_its_grounds_in_order(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        memoranda=["M1,2018-01-01,,"],
        credit_lists=["LB,BLACK,M1", "LC,BLACK,M1"],
        measures=["X1,M1,PROHIBITION,NATURAL_PERSON;LEGAL_REPRESENTATIVE;ACTUAL_CONTROLLER,A1,"],
        affiliations=[
            "N1,C1,LEGAL_REPRESENTATIVE,2018-06-01,",
            "N1,C1,LEGAL_REPRESENTATIVE,2018-01-01,",
            "N1,C1,LEGAL_REPRESENTATIVE,2017-01-01,2017-06-01",
            "N1,C1,ACTUAL_CONTROLLER,2018-01-01,",
            "N1,C2,ACTUAL_CONTROLLER,2018-01-01,",
        ],
        listings=[
            "S3,N1,LC,2018-01-01,,",
            "S20,N1,LB,2018-01-01,,",
            "S1,C2,LB,2018-01-01,,",
            "S0,C1,LC,2018-01-01,,",
        ],
    )
    jan, june = D("2018-01-01"), D("2018-06-01")
    assert grounds(reading, "N1") == [
        Ground("DIRECT", "S20", "LB", "M1"),
        Ground("DIRECT", "S3", "LC", "M1"),
        Ground("AFFILIATED", "S0", "LC", "M1", "ACTUAL_CONTROLLER", "C1", jan),
        Ground("AFFILIATED", "S0", "LC", "M1", "LEGAL_REPRESENTATIVE", "C1", jan),
        Ground("AFFILIATED", "S0", "LC", "M1", "LEGAL_REPRESENTATIVE", "C1", june),
        Ground("AFFILIATED", "S1", "LB", "M1", "ACTUAL_CONTROLLER", "C2", jan),
    ]


def test_measures_come_by_code_as_text(tmp_path: Path) -> None:
    rows = [f"{code},M1,PROHIBITION,LEGAL_PERSON,A1," for code in ("x1", "X2", "X10", "X1-2")]
    assert measures(read(tmp_path, measures=rows, listings=[BLACK]), "C1") == ["X1-2", "X10", "X2", "x1"]


REWARD = "X1,M1,REWARD,LEGAL_PERSON;NATURAL_PERSON;LEGAL_REPRESENTATIVE,A1,"


def test_black_beats_red_while_it_is_active(tmp_path: Path) -> None:
    reading = read(tmp_path, measures=[REWARD], listings=[RED, "B1,C1,LB,2018-10-01,2018-10-02,"])
    assert [measures(reading, "C1", d) for d in (BEFORE, DAY, AFTER)] == [["X1"], [], ["X1"]]


def test_black_beats_red_though_no_memorandum_governs_the_black_list(tmp_path: Path) -> None:
    lists = ["LB,BLACK,", "LR,RED,M1"]
    reading = read(tmp_path, credit_lists=lists, measures=[REWARD], listings=[RED, BLACK])
    assert measures(reading, "C1") == []


def test_black_beats_a_reward_that_comes_through_an_organisation(tmp_path: Path) -> None:
    listings = [RED, "B1,N1,LB,2018-10-01,,"]
    reading = read(tmp_path, measures=[REWARD], affiliations=[REPRESENTS], listings=listings)
    assert [measures(reading, "N1", d) for d in (BEFORE, DAY)] == [["X1"], []]


def test_black_through_an_organisation_beats_nothing(tmp_path: Path) -> None:
    rows = [REWARD, "X2,M1,PROHIBITION,LEGAL_REPRESENTATIVE,A1,"]
    listings = [BLACK, "R1,N1,LR,2018-01-01,,"]
    reading = read(tmp_path, measures=rows, affiliations=[REPRESENTS], listings=listings)
    assert measures(reading, "N1") == ["X1", "X2"]
    assert reading.standing("N1", DAY) == "RED"


def test_black_beats_red_under_a_colour_filter_too(tmp_path: Path) -> None:
    assert read(tmp_path, measures=[REWARD], listings=[RED, BLACK]).applicable("C1", DAY, color="RED") == []


# Rule 6


def test_a_measure_gates_what_it_names_and_what_is_devolved_from_it(tmp_path: Path) -> None:
    rows = [
        "X1,M1,PROHIBITION,LEGAL_PERSON,A1,P1",
        "X2,M1,PROHIBITION,LEGAL_PERSON,A1,P2",
        "X3,M1,PROHIBITION,LEGAL_PERSON,A1,P9;P3;P2",
        "X4,M1,PROHIBITION,LEGAL_PERSON,A1,",
    ]
    reading = read(tmp_path, measures=rows, listings=[BLACK])
    assert [reading.gated(x) for x in ("X1", "X2", "X3", "X4")] == [
        ["P1", "P2", "P3"],
        ["P2", "P3"],
        ["P2", "P3", "P9"],
        [],
    ]
    assert [reading.gating(i) for i in ("P1", "P2", "P3", "P9")] == [
        ["X1"],
        ["X1", "X2", "X3"],
        ["X1", "X2", "X3"],
        ["X3"],
    ]
    assert [x.power_items for x in reading.applicable("C1", DAY)] == [reading.gated(f"X{n}") for n in (1, 2, 3, 4)]


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
    """A3 owns P9 and implements X1, which does not gate P9; X2, which does, is not A3's to implement."""
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
        *[("S1", "X2", "P3", "A2", *held) for held in (("E", "03"), ("L", "01"), ("L", "02"))],
        *[("S1", "X2", "P9", "A3", *held) for held in (("E", "03"), ("L", "01"), ("L", "02"))],
        *[("S1", "X1", "", "A1", *held) for held in (("L", "01"), ("L", "02"))],
        *[("S1", "X1", "", "A2", *held) for held in (("L", "01"), ("L", "02"))],
        ("S2", "X2", "P3", "A2", "", ""),
        ("S2", "X2", "P9", "A3", "", ""),
        ("S2", "X1", "", "A1", "", ""),
        ("S2", "X1", "", "A2", "", ""),
    ]


# Filters


def filtered(tmp_path: Path) -> Reading:
    """N1 is red itself, and black through C1: X1 comes both ways, X2 through C1, X3 from the red list."""
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


# The generator


def test_identifiers_carry_the_check_characters_of_published_examples() -> None:
    assert uscc("91", "350100", "M000100Y4") == "91350100M000100Y43"
    assert registration_no("110108", 1) == "110108000000016"
    number = 0
    for c in "D2143569":
        number = number * 31 + USCC.index(c)
    assert org_code(number) == "D2143569X"


@pytest.mark.parametrize("n", [0, 1, 998, 999, 12_345_678, 6 * 19_000 * 999 - 1])
def test_resident_ids_have_a_date_of_birth_and_a_sum_of_one(n: int) -> None:
    number = resident_id(n)
    assert 1950 <= date.fromisoformat(number[6:14]).year <= 2002
    assert sum((10 if c == "X" else int(c)) * 2 ** (17 - i) for i, c in enumerate(number)) % 11 == 1


def test_the_same_arguments_give_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        make_dataset(tmp_path / name, entities=40, seed=seed)
    names = sorted(file.name for file in (tmp_path / "a").iterdir())
    assert len(names) == 11
    assert filecmp.cmpfiles(tmp_path / "a", tmp_path / "b", names, shallow=False)[0] == names
    assert "listings.csv" in filecmp.cmpfiles(tmp_path / "a", tmp_path / "c", names, shallow=False)[1]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_generated_dataset_shows_what_the_rules_distinguish(tmp_path: Path, seed: int) -> None:
    make_dataset(tmp_path, seed=seed)
    reading = Reading.load(tmp_path)
    tables = reading.tables
    days = [(e, d) for e in tables.entities for d in AS_OF]
    assert {reading.standing(e, d) for e, d in days} == {"CLEAR", "RED", "BLACK", "MIXED"}
    applicable = [x for e, d in days for x in reading.applicable(e, d)]
    found = {(tables.measures[x.measure].nature, g.via) for x in applicable for g in x.grounds}
    assert found == {(nature, via) for nature in NATURES for via in ("DIRECT", "AFFILIATED")}
    assert any({g.via for g in x.grounds} == {"DIRECT", "AFFILIATED"} for x in applicable)
    paths = [p for e, d in days for p in reading.paths(e, d)]
    shapes = {(p.ground.via, p.power_item is None, p.division is None) for p in paths}
    assert len(shapes) == 6
    ends = {(x.listed_on - d).days for x in tables.listings.values() for d in AS_OF}
    ends &= {(x.removed_on - d).days for x in tables.listings.values() if x.removed_on for d in AS_OF}
    assert {-1, 0, 1} <= ends
    assert {len(x.memoranda) for x in tables.lists.values()} >= {0, 1, 2}
    assert not any(a.person == a.organization for a in tables.affiliations.values())


def test_an_empty_dataset_can_be_made(tmp_path: Path) -> None:
    make_dataset(tmp_path, entities=0, memoranda=0, power_items=0)
    assert not Reading.load(tmp_path).tables.entities
