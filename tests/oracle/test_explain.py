"""The reading of explanations, compared with cases worked out by hand."""

from pathlib import Path

import pytest

from tests.oracle.cases import AFTER, BEFORE, BLACK, DAY, RED, REPRESENTS, D, read
from tests.oracle.explain import Attempt, Check, Explanation, explain
from tests.oracle.rules import Reading, UnknownCode
from tests.support.chance import AS_OF
from tests.support.generator import make_dataset

GENERAL = (
    Check(2, True, "IN_FORCE"),
    Check(3, True, "GOVERNS_A_LIST"),
    Check(3, True, "LISTED"),
    Check(5, True, "NOT_A_REWARD"),
)
ACTIVE, HELD = Check(1, True, "ACTIVE"), Check(4, True, "ROLE_HELD")
TARGETED, FITS = Check(3, True, "TARGETED"), Check(3, True, "COLOR_FITS")
X1 = ["X1,M1,PROHIBITION,LEGAL_PERSON;LEGAL_REPRESENTATIVE,A1,"]

# Explanations: the checks that do not depend on a listing


def test_a_measure_that_applies_holds_throughout(tmp_path: Path) -> None:
    direct = Attempt("DIRECT", "B1", "LB", None, None, None, True, (ACTIVE, TARGETED, FITS))
    reading = read(tmp_path, measures=X1, listings=[BLACK])
    assert explain(reading, "C1", "X1", DAY) == Explanation(True, GENERAL, [direct])


@pytest.mark.parametrize(
    ("memoranda", "fact"),
    [
        (["M1,2018-10-01,,"], Check(2, True, "IN_FORCE")),
        (["M1,2018-10-02,,"], Check(2, False, "NOT_YET_IN_FORCE", AFTER)),
        (["M1,2018-10-02,2018-10-02,"], Check(2, False, "NOT_YET_IN_FORCE", AFTER)),
        (["M1,2018-01-01,2018-10-02,"], Check(2, True, "IN_FORCE")),
        (["M1,2018-01-01,2018-10-01,"], Check(2, False, "NO_LONGER_IN_FORCE", DAY)),
        (["M1,2018-10-01,2018-10-01,"], Check(2, False, "NO_LONGER_IN_FORCE", DAY)),
        (["M1,2018-01-01,,", "M2,2018-10-02,,M1"], Check(2, True, "IN_FORCE")),
        (["M1,2018-01-01,,", "M2,2018-10-01,,M1"], Check(2, False, "SUPERSEDED", DAY, "M2")),
        (["M1,2018-10-02,,", "M2,2018-10-01,,M1"], Check(2, False, "NOT_YET_IN_FORCE", AFTER)),
        (["M1,2018-01-01,2018-09-30,", "M2,2018-03-01,,M1"], Check(2, False, "NO_LONGER_IN_FORCE", BEFORE)),
        # of several, the first by code, however late it began; one that has not begun does not count, one that has
        # ended does
        (
            ["M1,2018-01-01,,", "M3,2018-02-01,,M1", "M20,2018-10-01,,M1", "M10,2018-10-02,,M1"],
            Check(2, False, "SUPERSEDED", DAY, "M20"),
        ),
        (["M1,2018-01-01,,", "M2,2018-02-01,2018-03-01,M1"], Check(2, False, "SUPERSEDED", D("2018-02-01"), "M2")),
    ],
)
def test_whether_the_memorandum_is_in_force_and_the_first_fact_that_says_no(
    tmp_path: Path, memoranda: list[str], fact: Check
) -> None:
    found = explain(read(tmp_path, memoranda=memoranda, measures=X1, listings=[BLACK]), "C1", "X1", DAY)
    assert found.general == (fact, *GENERAL[1:])
    assert found.applies is fact.holds
    assert [a.holds for a in found.attempts] == [True]


def test_a_memorandum_that_governs_no_list_leaves_nothing_to_try(tmp_path: Path) -> None:
    reading = read(tmp_path, credit_lists=["LB,BLACK,"], measures=X1, listings=[BLACK])
    unlisted = (GENERAL[0], Check(3, False, "GOVERNS_NO_LIST"), Check(3, False, "NOT_LISTED"), GENERAL[3])
    assert explain(reading, "C1", "X1", DAY) == Explanation(False, unlisted, [])


def test_listed_is_whoever_ever_was_itself_or_where_it_ever_held_a_role(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        credit_lists=["LB,BLACK,M1", "LC,BLACK,"],
        measures=X1,
        entities=[*(f"C{n},LEGAL_PERSON" for n in (1, 2, 3)), *(f"N{n},NATURAL_PERSON" for n in (1, 2))],
        affiliations=[
            "N1,C1,EXECUTIVE,2010-01-01,2011-01-01",
            "N2,C2,EXECUTIVE,2018-01-01,",
            "C2,C1,EXECUTIVE,2018-01-01,",
        ],
        listings=["B1,C1,LB,2020-01-01,,", "B3,C3,LC,2018-01-01,,"],
    )
    listed = [explain(reading, e, "X1", DAY).general[2].fact for e in ("C1", "N1", "C2", "N2", "C3")]
    assert listed == ["LISTED", "LISTED", "LISTED", "NOT_LISTED", "NOT_LISTED"]  # one hop; on such a list


REWARD = ["X1,M1,REWARD,LEGAL_PERSON;NATURAL_PERSON;LEGAL_REPRESENTATIVE,A1,"]


@pytest.mark.parametrize(
    ("black", "fact"),
    [
        ([], Check(5, True, "NOT_BLACK")),
        (["B1,N1,LC,2018-10-02,,"], Check(5, True, "NOT_BLACK")),
        (["B1,N1,LC,2018-01-01,2018-10-01,"], Check(5, True, "NOT_BLACK")),
        (["B1,C1,LC,2018-01-01,,"], Check(5, True, "NOT_BLACK")),  # black through an organisation beats nothing
        (["B2,N1,LC,2018-10-01,,"], Check(5, False, "BLACK_BEATS_RED", None, "B2")),
        (
            ["B3,N1,LC,2018-01-01,,", "B20,N1,LC,2018-10-01,,", "B1,N1,LC,2018-10-02,,"],
            Check(5, False, "BLACK_BEATS_RED", None, "B20"),
        ),
    ],
)
def test_black_beats_a_reward_by_the_first_active_direct_listing(tmp_path: Path, black: list[str], fact: Check) -> None:
    lists = ["LR,RED,M1", "LC,BLACK,"]
    rows = [RED, *black]
    reading = read(tmp_path, credit_lists=lists, measures=REWARD, affiliations=[REPRESENTS], listings=rows)
    found = explain(reading, "N1", "X1", DAY)
    assert found.general[3] == fact
    assert (found.applies, [a.holds for a in found.attempts]) == (fact.holds, [True])


# Explanations: attempts


@pytest.mark.parametrize(
    ("dates", "fact"),
    [
        ("2018-10-01,,", ACTIVE),
        ("2018-10-02,,", Check(1, False, "NOT_YET_LISTED", AFTER)),
        ("2018-10-02,2018-10-02,2018-10-02", Check(1, False, "NOT_YET_LISTED", AFTER)),
        ("2018-01-01,2018-10-02,2018-10-02", ACTIVE),
        ("2018-01-01,2018-10-01,", Check(1, False, "EXPIRED", DAY)),
        ("2018-01-01,,2018-10-01", Check(1, False, "REMOVED", DAY)),
        ("2018-01-01,2018-10-02,2018-09-30", Check(1, False, "REMOVED", BEFORE)),
        ("2018-01-01,2018-10-01,2018-09-30", Check(1, False, "EXPIRED", DAY)),  # told before the removal
    ],
)
def test_whether_the_listing_is_active(tmp_path: Path, dates: str, fact: Check) -> None:
    found = explain(read(tmp_path, measures=X1, listings=[f"B1,C1,LB,{dates}"]), "C1", "X1", DAY)
    assert found.attempts == [
        Attempt("DIRECT", "B1", "LB", None, None, None, fact.holds, (fact, TARGETED, FITS)),
    ]
    assert found.applies is fact.holds


@pytest.mark.parametrize(
    ("since", "until", "fact"),
    [
        ("2018-10-01", "", HELD),
        ("2018-10-02", "", Check(4, False, "ROLE_NOT_YET_HELD", AFTER)),
        ("2018-01-01", "2018-10-02", HELD),
        ("2018-01-01", "2018-10-01", Check(4, False, "ROLE_ENDED", DAY)),
        ("2018-10-01", "2018-10-01", Check(4, False, "ROLE_ENDED", DAY)),
    ],
)
def test_whether_the_role_is_held(tmp_path: Path, since: str, until: str, fact: Check) -> None:
    affiliations = [f"N1,C1,LEGAL_REPRESENTATIVE,{since},{until}"]
    found = explain(read(tmp_path, measures=X1, affiliations=affiliations, listings=[BLACK]), "N1", "X1", DAY)
    through = ("LEGAL_REPRESENTATIVE", "C1", D(since))
    checks = (ACTIVE, fact, TARGETED, FITS)
    assert found == Explanation(fact.holds, GENERAL, [Attempt("AFFILIATED", "B1", "LB", *through, fact.holds, checks)])


def test_all_checks_are_listed_though_the_first_fails(tmp_path: Path) -> None:
    """A reward for executives, tried through a black listing that has ended and a role that has not begun."""
    reading = read(
        tmp_path,
        measures=["X1,M1,REWARD,EXECUTIVE;NATURAL_PERSON,A1,"],
        affiliations=["N1,C1,LEGAL_REPRESENTATIVE,2019-01-01,"],
        listings=["B1,C1,LB,2018-01-01,,2018-02-01"],
    )
    (attempt,) = explain(reading, "N1", "X1", DAY).attempts
    assert attempt.checks == (
        Check(1, False, "REMOVED", D("2018-02-01")),
        Check(4, False, "ROLE_NOT_YET_HELD", D("2019-01-01")),
        Check(3, False, "NOT_TARGETED"),
        Check(3, False, "COLOR_DOES_NOT_FIT"),
    )


def test_a_direct_attempt_asks_for_the_kind_and_an_affiliated_one_for_the_role(tmp_path: Path) -> None:
    listings = [BLACK, "B2,N1,LB,2018-01-01,,"]
    reading = read(tmp_path, measures=X1, affiliations=[REPRESENTS], listings=listings)
    assert [(a.via, a.checks[-2].fact) for a in explain(reading, "N1", "X1", DAY).attempts] == [
        ("DIRECT", "NOT_TARGETED"),
        ("AFFILIATED", "TARGETED"),
    ]


def test_attempts_come_by_via_listing_role_organisation_and_since(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        credit_lists=["LB,BLACK,M1", "LR,RED,M1", "LC,BLACK,"],
        measures=X1,
        affiliations=[
            "N1,C1,LEGAL_REPRESENTATIVE,2018-02-01,",
            REPRESENTS,
            "N1,C1,EXECUTIVE,2018-03-01,",
            "N1,C2,EXECUTIVE,2018-01-01,",
        ],
        listings=[
            "S3,N1,LB,2018-01-01,,",
            "S20,N1,LR,2018-01-01,,",
            "S1,C1,LB,2018-01-01,,",
            "S0,C2,LB,2018-01-01,,",
            "S9,N1,LC,2018-01-01,,",  # no list of the memorandum
        ],
    )
    found = [
        (a.via[0], a.listing, a.list, (a.role or "")[:1], a.organization, a.since and a.since.month)
        for a in explain(reading, "N1", "X1", DAY).attempts
    ]
    assert found == [
        ("D", "S20", "LR", "", None, None),
        ("D", "S3", "LB", "", None, None),
        ("A", "S0", "LB", "E", "C2", 1),
        ("A", "S1", "LB", "E", "C1", 3),
        ("A", "S1", "LB", "L", "C1", 1),
        ("A", "S1", "LB", "L", "C1", 2),
    ]


def test_an_unknown_subject_or_measure_is_an_error_that_names_it(tmp_path: Path) -> None:
    reading = read(tmp_path, measures=X1)
    with pytest.raises(UnknownCode, match="C99"):
        explain(reading, "C99", "X1", DAY)
    with pytest.raises(UnknownCode, match="X99"):
        explain(reading, "C1", "X99", DAY)


def test_the_explanation_agrees_with_what_applies(tmp_path: Path) -> None:
    """Rules 3 to 5 and the explanation are implemented separately: they agree for every subject and measure."""
    make_dataset(tmp_path, entities=80)
    reading, applied = Reading.load(tmp_path), 0
    for turn, e in enumerate(reading.tables.entities):
        day = AS_OF[turn % len(AS_OF)]
        applicable = {x.measure: x.grounds for x in reading.applicable(e, day)}
        for measure in reading.tables.measures:
            found = explain(reading, e, measure, day)
            assert found.applies is (measure in applicable)
            if found.applies:
                kept = [a.listing for a in found.attempts if a.holds]
                assert kept == [g.listing for g in applicable[measure]]
                applied += 1
    assert applied > 100
