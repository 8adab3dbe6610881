"""The reading of rules 1 to 6, compared with cases worked out by hand."""

from pathlib import Path

import pytest

from tests.oracle.answers import Ground
from tests.oracle.cases import AFTER, BEFORE, BLACK, DAY, RED, REPRESENTS, D, grounds, measures, read

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
    rows = [f"{number},C1,LB,2018-01-01,," for number in ("B2", "B10", "𠮷1", "﨎1", "a1")]
    reading = read(tmp_path, listings=[*rows, RED, "B3,C2,LB,2018-01-01,,"])
    assert reading.active_listings("C1", DAY) == ["B10", "B2", "R1", "a1", "﨎1", "𠮷1"]
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
    roles = [f"N1,C1,LEGAL_REPRESENTATIVE,{since},{until}"]
    reading = read(tmp_path, measures=TO_REPRESENTATIVE, affiliations=roles, listings=[BLACK])
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
    roles = ["N1,C1,ACTUAL_CONTROLLER,2018-01-01,", "C1,C2,ACTUAL_CONTROLLER,2018-01-01,"]
    rows = ["X1,M1,PROHIBITION,ACTUAL_CONTROLLER,A1,"]
    far = read(tmp_path / "a", measures=rows, affiliations=roles, listings=["B1,C2,LB,2018-01-01,,"])
    assert measures(far, "C1") == ["X1"]
    assert measures(far, "N1") == []
    person = read(tmp_path / "b", measures=rows, affiliations=roles, listings=["B1,N1,LB,2018-01-01,,"])
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
