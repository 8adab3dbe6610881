"""The reading of changes, conflicts and overviews, compared with cases worked out by hand."""

from datetime import date
from pathlib import Path

import pytest

from tests.oracle.cases import AFTER, BEFORE, BLACK, DAY, RED, REPRESENTS, D, read
from tests.oracle.changes import Change, Handover, changes
from tests.oracle.conflicts import Conflict, conflicts
from tests.oracle.coverage import coverage
from tests.oracle.links import AgencyLink
from tests.oracle.overview import overview
from tests.oracle.rules import Reading, UnknownCode

NOTHING = Change([], [])

# Changes


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (BEFORE, DAY, Change(["M2"], ["M1"])),
        (BEFORE, BEFORE, NOTHING),
        (DAY, AFTER, Change(["M3"], ["M2"])),  # M2 ends, and M3 supersedes nothing
        (BEFORE, AFTER, Change(["M3"], ["M1"])),  # M2 came and went between
    ],
)
def test_what_is_in_force_on_one_day_and_not_on_the_other(
    tmp_path: Path, start: date, end: date, expected: Change
) -> None:
    reading = read(
        tmp_path,
        memoranda=["M1,2018-01-01,2019-01-01,", "M2,2018-10-01,2018-10-02,M1", "M3,2018-10-02,,", "M4,2018-01-01,,"],
        measures=[f"X{n},M{n},PROHIBITION,LEGAL_PERSON,A1," for n in (1, 2, 3, 4)],
    )
    found = changes(reading, start, end)
    assert found.memoranda == expected
    assert found.measures == Change(*([m.replace("M", "X") for m in side] for side in (expected.came, expected.fell)))


def test_items_come_and_fall_away_with_their_coverage(tmp_path: Path) -> None:
    """P9 stays covered by another measure; P2 and P3 become covered; M3 governs no list, so P1 does not."""
    reading = read(
        tmp_path,
        memoranda=["M1,2018-01-01,2018-10-01,", "M2,2018-10-01,,", "M3,2018-10-01,,"],
        credit_lists=["LB,BLACK,M1;M2"],
        measures=[
            "X1,M1,PROHIBITION,LEGAL_PERSON,A1,P9",
            "X2,M2,PROHIBITION,LEGAL_PERSON,A1,P9;P2",
            "X3,M3,PROHIBITION,LEGAL_PERSON,A1,P1",
        ],
    )
    assert changes(reading, BEFORE, DAY).power_items == Change(["P2", "P3"], [])
    assert changes(reading, BEFORE, DAY, "A1").power_items == NOTHING
    assert changes(reading, BEFORE, DAY, "A2").power_items == Change(["P2", "P3"], [])
    assert changes(reading, BEFORE, DAY, "A2").measures == NOTHING
    gone = read(tmp_path, memoranda=["M1,2018-01-01,2018-10-01,"], measures=["X1,M1,PUBLICITY,LEGAL_PERSON,A1,P3"])
    assert changes(gone, BEFORE, DAY).power_items == Change([], ["P3"])


def test_with_an_agency_what_it_signed_and_what_it_implements(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        memoranda=["M1,2018-10-01,,,A1", "M2,2018-10-01,,,A2;A1"],
        measures=["X1,M1,PROHIBITION,LEGAL_PERSON,A2,", "X2,M2,PROHIBITION,LEGAL_PERSON,A3,"],
    )
    assert [changes(reading, BEFORE, DAY, a).memoranda.came for a in ("A1", "A2", "A3")] == [
        ["M1", "M2"],
        ["M2"],
        [],
    ]
    assert [changes(reading, BEFORE, DAY, a).measures.came for a in ("A1", "A2", "A3")] == [[], ["X1"], ["X2"]]


@pytest.mark.parametrize(
    ("start", "end", "handed"),
    [
        (BEFORE, DAY, True),  # not after the later day
        (DAY, AFTER, False),  # not after the earlier day
        (BEFORE, AFTER, True),
        (AFTER, AFTER, False),
        (D("2018-01-01"), BEFORE, False),
    ],
)
def test_duties_change_hands_after_the_first_day_and_up_to_the_last(
    tmp_path: Path, start: date, end: date, handed: bool
) -> None:
    reading = handing(tmp_path)
    expected = [Handover("A2", "A3", DAY, ["X2"], ["P2", "P3"])] if handed else []
    assert changes(reading, start, end).handovers == expected
    for agency, concerned in (("A1", False), ("A2", True), ("A3", True)):
        assert changes(reading, start, end, agency).handovers == (expected if concerned else [])


def handing(tmp_path: Path) -> Reading:
    """A2 ends on DAY and A3 follows; A1 ends without a successor. X1 falls away before DAY."""
    return read(
        tmp_path,
        agencies=["A1,,,2018-10-01,", "A2,,,2018-10-01,A3", "A3"],
        memoranda=["M1,2018-01-01,2018-10-01,", "M2,2018-01-01,,"],
        measures=[
            "X1,M1,PROHIBITION,LEGAL_PERSON,A2,",
            "X2,M2,PROHIBITION,LEGAL_PERSON,A2;A1,",
            "X3,M2,PROHIBITION,LEGAL_PERSON,A3,",
        ],
    )


def test_subjects_are_touched_by_what_came_to_apply_and_what_no_longer_does(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        memoranda=["M1,2018-01-01,2018-10-01,", "M2,2018-10-01,,", "M3,2018-01-01,,"],
        credit_lists=["L1,BLACK,M1", "L2,BLACK,M2", "L3,BLACK,M3", "L4,RED,M2"],
        measures=[
            "X1,M1,PROHIBITION,LEGAL_PERSON,A1,",
            "X2,M2,PROHIBITION,LEGAL_PERSON;EXECUTIVE,A2,",
            "X3,M3,PROHIBITION,LEGAL_PERSON,A1,",
            "X4,M2,REWARD,LEGAL_PERSON,A2,",
        ],
        entities=[*(f"C{n},LEGAL_PERSON" for n in range(1, 7)), "N1,NATURAL_PERSON"],
        affiliations=["N1,C2,EXECUTIVE,2018-01-01,"],
        listings=[
            "S1,C1,L1,2018-01-01,,2018-10-01",  # X1 applied on BEFORE; the listing's own end on DAY is no matter
            "S2,C2,L2,2018-01-01,,",  # and with it N1
            "S3,C3,L3,2018-10-01,,",  # X3 did not come, C3's listing did
            "S4,C4,L1,2018-10-01,,",  # listed too late for X1
            "S5,C5,L4,2018-01-01,,",  # X4 comes, and black beats red
            "S6,C5,L3,2018-01-01,,",
            "S7,C6,L2,2018-01-01,,2018-10-01",  # removed before X2 comes
        ],
    )
    assert changes(reading, BEFORE, DAY).subjects == 3
    assert changes(reading, BEFORE, DAY, "A1").subjects == 1
    assert changes(reading, BEFORE, DAY, "A2").subjects == 2
    assert changes(reading, DAY, AFTER).subjects == 0


def test_the_days_are_in_order_and_the_agency_is_known(tmp_path: Path) -> None:
    reading = read(tmp_path)
    with pytest.raises(ValueError, match="2018-10-02 is after 2018-10-01"):
        changes(reading, AFTER, DAY)
    for unknown in (
        lambda: changes(reading, DAY, AFTER, "A99"),
        lambda: conflicts(reading, DAY, "A99"),
        lambda: overview(reading, "A99", DAY),
    ):
        with pytest.raises(UnknownCode, match="A99"):
            unknown()


# Conflicts


def torn(tmp_path: Path, listings: list[str], gated: str = "P2") -> Reading:
    """N1 is red through R2, and black as the representative of C1: X1 gates P1 to P3, X2 the item in `gated`."""
    return read(
        tmp_path,
        measures=[
            "X1,M1,PROHIBITION,LEGAL_PERSON;LEGAL_REPRESENTATIVE,A1,P1",
            f"X2,M1,REWARD,NATURAL_PERSON;LEGAL_PERSON,A1,{gated}",
        ],
        affiliations=[REPRESENTS],
        listings=listings,
    )


def test_a_reward_and_a_black_measure_meet_at_the_items_that_one_of_each_gates(tmp_path: Path) -> None:
    listings = [BLACK, "R2,N1,LR,2018-10-01,2018-10-02,"]
    reading = torn(tmp_path, listings)
    expected = {"N1": Conflict(["X2"], ["X1"], ["P2", "P3"])}
    assert [conflicts(reading, d) for d in (BEFORE, DAY, AFTER)] == [{}, expected, {}]
    assert conflicts(reading, DAY, "A2") == expected
    assert conflicts(reading, DAY, "A1") == {}  # exercises P1, which X1 alone gates


def test_a_conflict_may_meet_at_no_item(tmp_path: Path) -> None:
    reading = torn(tmp_path, [BLACK, "R2,N1,LR,2018-01-01,,"], gated="P9")
    assert conflicts(reading, DAY) == {"N1": Conflict(["X2"], ["X1"], [])}
    assert [conflicts(reading, DAY, a) for a in ("A1", "A2", "A3")] == [{}, {}, {}]


def test_black_that_beats_red_leaves_no_conflict(tmp_path: Path) -> None:
    assert conflicts(torn(tmp_path, [BLACK, RED, "R2,N1,LR,2018-01-01,,", "B2,N1,LB,2018-10-01,,"]), DAY) == {}


def test_with_an_agency_the_items_are_its_own(tmp_path: Path) -> None:
    reading = torn(tmp_path, [BLACK, "R2,N1,LR,2018-01-01,,"], gated="P1")
    assert conflicts(reading, DAY)["N1"].power_items == ["P1", "P2", "P3"]
    assert conflicts(reading, DAY, "A1") == {"N1": Conflict(["X2"], ["X1"], ["P1"])}
    assert conflicts(reading, DAY, "A3") == {}


# Overview


def test_the_overview_of_an_agency(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        memoranda=["M1,2018-01-01,,,A1;A2", "M2,2018-10-01,2018-10-02,,A1", "M3,2018-01-01,,,A2"],
        credit_lists=["L1,BLACK,M1", "L2,RED,M1", "L3,RED,M2;M3", "L4,BLACK,M3", "L5,BLACK,M2"],
        measures=[
            "X1,M1,PROHIBITION,LEGAL_PERSON,A1,P1,融资",
            "X2,M1,PROHIBITION,LEGAL_PERSON,A1;A2,,任职",
            "X3,M2,REWARD,LEGAL_PERSON,A1,,融资",
            "X4,M3,PROHIBITION,LEGAL_PERSON,A2,,任职",
        ],
        power_items=["P1,APPROVAL,A1,,", "P2,APPROVAL,A1,,", "P3,FISCAL_FUNDS,A1,,", "P4,APPROVAL,A2,,"],
    )
    found = overview(reading, "A1", DAY)
    assert found.memoranda == ["M1", "M2"]
    assert found.measures_by_nature == {"PROHIBITION": 2, "REWARD": 1}
    assert found.measures_by_category == {"融资": 2, "任职": 1}
    assert found.power_items_by_scene == {"APPROVAL": 2, "FISCAL_FUNDS": 1}
    assert found.coverage == coverage(reading, DAY, agency="A1")
    assert found.lists == ["L1", "L3"]  # M1 has no reward for L2, M2 nothing but one for L5, A1 nothing of M3 for L4
    assert found.links == [AgencyLink("A2", ["M1"], 1)]
    after = overview(reading, "A1", AFTER)
    assert (after.memoranda, after.measures_by_nature, after.lists) == (["M1"], {"PROHIBITION": 2}, ["L1"])
