"""The reading of the catalogue's filters, of coverage and of links, compared with cases worked out by hand."""

from datetime import date
from pathlib import Path

import pytest

from tests.oracle import catalogue as catalogue
from tests.oracle.cases import AFTER, BEFORE, DAY, read
from tests.oracle.coverage import Coverage, coverage
from tests.oracle.links import AgencyLink, Edge, Node, agency_links, agency_network
from tests.oracle.rules import Reading, UnknownCode

REGIONS = ["R1,", "R2,R1"]

# The catalogue


def filed(tmp_path: Path) -> Reading:
    return read(
        tmp_path,
        regions=REGIONS,
        agencies=["A1,NATIONAL,R1", "A2,CITY,R2", "A10,CITY,R1"],
        memoranda=[
            "M1,2018-10-01,2018-10-02,,A1;A2,税务",
            "M2,2018-01-01,,,A2,税务",
            "M10,2018-10-01,,M2,A1,税 务",
        ],
        measures=[
            "X1,M1,REWARD,LEGAL_PERSON,A1,P1",
            "X2,M2,PROHIBITION,LEGAL_PERSON,A2;A1,P2",
            "X10,M10,PROHIBITION,LEGAL_PERSON,A2,",
        ],
        power_items=[
            "P1,APPROVAL,A1,,,R1,true",
            "P2,APPROVAL,A2,,P1,R1,false",
            "P10,SUPERVISION,A2,,,R2,true",
        ],
    )


def test_memoranda_by_day_signatory_and_field_as_it_is_spelled(tmp_path: Path) -> None:
    reading = filed(tmp_path)
    assert catalogue.memoranda(reading) == ["M1", "M10", "M2"]
    days = {d: catalogue.memoranda(reading, in_force_on=d) for d in (BEFORE, DAY, AFTER)}
    assert days == {BEFORE: ["M2"], DAY: ["M1", "M10"], AFTER: ["M10"]}
    assert catalogue.memoranda(reading, signed_by="A1") == ["M1", "M10"]
    assert catalogue.memoranda(reading, signed_by="A10") == []
    assert catalogue.memoranda(reading, field="税务") == ["M1", "M2"]
    assert catalogue.memoranda(reading, field="税务", signed_by="A2", in_force_on=BEFORE) == ["M2"]


def test_measures_by_memorandum_agency_gated_item_nature_and_day(tmp_path: Path) -> None:
    reading = filed(tmp_path)
    assert catalogue.measures(reading) == ["X1", "X10", "X2"]
    assert catalogue.measures(reading, memorandum="M2") == ["X2"]
    assert catalogue.measures(reading, agency="A1") == ["X1", "X2"]
    assert catalogue.measures(reading, power_item="P2") == ["X1", "X2"]  # X1 through P1
    assert catalogue.measures(reading, power_item="P1") == ["X1"]
    assert catalogue.measures(reading, nature="PROHIBITION") == ["X10", "X2"]
    days = [catalogue.measures(reading, in_force_on=d) for d in (BEFORE, DAY, AFTER)]
    assert days == [["X2"], ["X1", "X10"], ["X10"]]
    assert catalogue.measures(reading, agency="A2", nature="REWARD") == []


def test_agencies_items_and_lists(tmp_path: Path) -> None:
    reading = filed(tmp_path)
    assert catalogue.agencies(reading) == ["A1", "A10", "A2"]
    assert catalogue.agencies(reading, level="CITY") == ["A10", "A2"]
    assert catalogue.agencies(reading, region="R1") == ["A1", "A10"]  # not those of R2, which is part of R1
    assert catalogue.agencies(reading, level="CITY", region="R1") == ["A10"]
    assert catalogue.power_items(reading) == ["P1", "P10", "P2"]
    assert catalogue.power_items(reading, agency="A2") == ["P10", "P2"]
    assert catalogue.power_items(reading, region="R1") == ["P1", "P2"]  # P2 lies in R1, its agency in R2
    assert catalogue.power_items(reading, scene="APPROVAL", key_items_only=True) == ["P1"]
    assert catalogue.power_items(reading, key_items_only=True) == ["P1", "P10"]
    assert catalogue.credit_lists(reading) == ["LB", "LR"]
    assert catalogue.credit_lists(reading, color="RED") == ["LR"]


def test_an_unknown_code_is_an_error_that_names_it(tmp_path: Path) -> None:
    reading = filed(tmp_path)
    for unknown in (
        lambda: catalogue.memoranda(reading, signed_by="Z"),
        lambda: catalogue.measures(reading, memorandum="Z"),
        lambda: catalogue.measures(reading, agency="Z"),
        lambda: catalogue.measures(reading, power_item="Z"),
        lambda: catalogue.agencies(reading, region="Z"),
        lambda: catalogue.power_items(reading, agency="Z"),
        lambda: catalogue.power_items(reading, region="Z"),
        lambda: coverage(reading, DAY, agency="Z"),
        lambda: coverage(reading, DAY, region="Z"),
        lambda: agency_links(reading, "Z", DAY),
    ):
        with pytest.raises(UnknownCode, match="Z"):
            unknown()


# Rule 11


def covered(reading: Reading, day: date = DAY) -> tuple[list[str], list[str]]:
    found = coverage(reading, day)
    return found.covered, found.embedded


@pytest.mark.parametrize(
    ("memorandum", "days"),
    [
        ("M1,2018-10-01,,", [False, True, True]),
        ("M1,2018-01-01,2018-10-01,", [True, False, False]),
        ("M1,2018-10-01,2018-10-02,", [False, True, False]),
    ],
)
def test_an_item_is_covered_while_a_memorandum_is_in_force(tmp_path: Path, memorandum: str, days: list[bool]) -> None:
    reading = read(tmp_path, memoranda=[memorandum], measures=["X1,M1,PROHIBITION,LEGAL_PERSON,A1,P2"])
    assert [covered(reading, d)[0] for d in (BEFORE, DAY, AFTER)] == [["P2", "P3"] if yes else [] for yes in days]


def test_a_memorandum_that_governs_no_list_covers_nothing_yet_its_measures_count_as_measures(tmp_path: Path) -> None:
    measures = ["X1,M1,PROHIBITION,LEGAL_PERSON,A1,P1", "X2,M1,PUBLICITY,LEGAL_PERSON,A1,"]
    reading = read(tmp_path, credit_lists=["LB,BLACK,"], measures=measures)
    found = coverage(reading, DAY)
    assert (found.covered, found.uncovered) == ([], ["P1", "P2", "P3", "P9"])
    assert (found.measures_without_power_items, found.lists_without_memoranda) == (["X2"], ["LB"])


@pytest.mark.parametrize(
    ("embedding", "days"),
    [
        ("P2,X1,受理,API,LIVE,2018-10-01", [False, True, True]),
        ("P2,X1,受理,API,PLANNED,2018-01-01", [False, False, False]),
        ("P9,X1,受理,API,LIVE,2018-01-01", [False, False, False]),  # X1 does not gate P9, which X2 covers
        ("P2,X3,受理,API,LIVE,2018-01-01", [False, False, False]),  # X3 gates P2, of a memorandum not in force
    ],
)
def test_an_item_is_embedded_when_a_measure_that_covers_it_is_live_on_it(
    tmp_path: Path, embedding: str, days: list[bool]
) -> None:
    reading = read(
        tmp_path,
        memoranda=["M1,2018-01-01,,", "M2,2018-01-01,2018-02-01,"],
        credit_lists=["LB,BLACK,M1;M2"],
        measures=[
            "X1,M1,PROHIBITION,LEGAL_PERSON,A1,P1",  # P2 by devolution
            "X2,M1,PROHIBITION,LEGAL_PERSON,A1,P9",
            "X3,M2,PROHIBITION,LEGAL_PERSON,A1,P2",
        ],
        embeddings=[embedding],
    )
    assert [covered(reading, d)[1] for d in (BEFORE, DAY, AFTER)] == [["P2"] if yes else [] for yes in days]


def test_embedded_on_the_item_above_is_not_embedded_below(tmp_path: Path) -> None:
    embeddings = ["P1,X1,受理,API,LIVE,2018-01-01"]
    reading = read(tmp_path, measures=["X1,M1,PROHIBITION,LEGAL_PERSON,A1,P1"], embeddings=embeddings)
    assert covered(reading) == (["P1", "P2", "P3"], ["P1"])


def test_coverage_of_an_agency_a_region_and_both(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        regions=REGIONS,
        agencies=["A1,NATIONAL,R1", "A2,CITY,R2"],
        memoranda=["M1,2018-01-01,,", "M2,2018-10-02,,"],
        credit_lists=["L1,BLACK,M1,A1", "L2,BLACK,M2,A1", "L3,RED,,A2"],
        measures=[
            "X1,M1,PROHIBITION,LEGAL_PERSON,A1,P1",
            "X2,M1,PUBLICITY,LEGAL_PERSON,A1;A2,",
            "X3,M1,PUBLICITY,LEGAL_PERSON,A2,",
            "X4,M2,PUBLICITY,LEGAL_PERSON,A1,",
        ],
        power_items=[
            "P1,APPROVAL,A1,,,R1,true",
            "P2,APPROVAL,A1,,,R2,true",
            "P3,APPROVAL,A2,,P1,R2,",
            "P4,APPROVAL,A2,,,R1,",
        ],
    )
    assert coverage(reading, DAY) == Coverage(
        ["P1", "P2", "P3", "P4"], ["P1", "P3"], [], ["P1", "P2"], ["P1"], ["P2", "P4"], ["X2", "X3"], ["L2", "L3"]
    )
    assert coverage(reading, DAY, agency="A1") == Coverage(
        ["P1", "P2"], ["P1"], [], ["P1", "P2"], ["P1"], ["P2"], ["X2"], ["L2"]
    )
    assert coverage(reading, DAY, region="R2") == Coverage(
        ["P2", "P3"], ["P3"], [], ["P2"], [], ["P2"], ["X2", "X3"], ["L3"]
    )
    # X2 is implemented by A1, and by an agency of R2; no list of A1 is recognized by an agency of R2
    assert coverage(reading, DAY, agency="A1", region="R2") == Coverage(["P2"], [], [], ["P2"], [], ["P2"], ["X2"], [])
    assert coverage(reading, AFTER).measures_without_power_items == ["X2", "X3", "X4"]
    assert coverage(reading, AFTER).lists_without_memoranda == ["L3"]


# Rule 12


def linked(tmp_path: Path) -> Reading:
    """On DAY A1-A2 share M1 and M2, A1-A3 and A2-A3 share M1, A1-A4 only a measure; A5 shares what is no longer in
    force."""
    return read(
        tmp_path,
        agencies=["A1,CITY", "A2,CITY", "A3,COUNTY", "A4,CITY", "A5,CITY"],
        memoranda=[
            "M1,2018-01-01,,,A1;A2;A3",
            "M2,2018-10-01,,,A2;A1",
            "M3,2018-01-01,2018-10-01,,A1;A5",
            "M4,2018-10-02,,M1,A4;A5",
        ],
        measures=[
            "X1,M1,PROHIBITION,LEGAL_PERSON,A4;A1,",
            "X2,M2,PROHIBITION,LEGAL_PERSON,A3;A1,",
            "X3,M3,PROHIBITION,LEGAL_PERSON,A1;A5,",
            "X4,M2,PROHIBITION,LEGAL_PERSON,A4;A3,",
            "X5,M2,PROHIBITION,LEGAL_PERSON,A4;A3,",
        ],
    )


def test_links_are_by_memoranda_and_by_measures_strongest_first(tmp_path: Path) -> None:
    reading = linked(tmp_path)
    assert agency_links(reading, "A1", DAY) == [
        AgencyLink("A2", ["M1", "M2"], 0),
        AgencyLink("A3", ["M1"], 1),
        AgencyLink("A4", [], 1),
    ]
    assert agency_links(reading, "A3", DAY) == [
        AgencyLink("A1", ["M1"], 1),
        AgencyLink("A2", ["M1"], 0),
        AgencyLink("A4", [], 2),
    ]
    before = [AgencyLink("A5", ["M3"], 1), AgencyLink("A2", ["M1"], 0), AgencyLink("A3", ["M1"], 0)]
    assert agency_links(reading, "A1", BEFORE) == [*before, AgencyLink("A4", [], 1)]
    assert agency_links(reading, "A1", AFTER) == [AgencyLink("A2", ["M2"], 0), AgencyLink("A3", [], 1)]
    assert agency_links(reading, "A5", DAY) == []


def test_links_of_one_strength_come_by_code_as_text(tmp_path: Path) -> None:
    reading = read(tmp_path, agencies=["A1", "A2", "A10"], memoranda=["M1,2018-01-01,,,A2;A1;A10"])
    assert [link.agency for link in agency_links(reading, "A1", DAY)] == ["A10", "A2"]
    assert [(e.source, e.target) for e in agency_network(reading, DAY).edges] == [
        ("A1", "A10"),
        ("A1", "A2"),
        ("A10", "A2"),
    ]


def test_the_network_shows_edges_of_enough_memoranda_and_the_agencies_that_have_one(tmp_path: Path) -> None:
    reading = linked(tmp_path)
    one = agency_network(reading, DAY)
    assert one.edges == [Edge("A1", "A2", 2, 0), Edge("A1", "A3", 1, 1), Edge("A2", "A3", 1, 0)]
    assert one.nodes == [Node("A1", 2, 3), Node("A2", 2, 3), Node("A3", 2, 2)]
    two = agency_network(reading, DAY, 2)
    assert (two.edges, two.nodes) == ([Edge("A1", "A2", 2, 0)], [Node("A1", 1, 2), Node("A2", 1, 2)])
    assert agency_network(reading, DAY, 3).nodes == []


def test_with_none_demanded_agencies_that_share_measures_alone_are_linked_too(tmp_path: Path) -> None:
    network = agency_network(linked(tmp_path), DAY, 0)
    assert [e for e in network.edges if not e.memoranda] == [Edge("A1", "A4", 0, 1), Edge("A3", "A4", 0, 2)]
    assert network.nodes == [Node("A1", 3, 3), Node("A2", 2, 3), Node("A3", 3, 2), Node("A4", 2, 0)]


def test_with_a_level_both_ends_are_of_it(tmp_path: Path) -> None:
    network = agency_network(linked(tmp_path), DAY, 0, "CITY")
    assert network.edges == [Edge("A1", "A2", 2, 0), Edge("A1", "A4", 0, 1)]
    assert network.nodes == [Node("A1", 2, 2), Node("A2", 1, 2), Node("A4", 1, 0)]
    assert agency_network(linked(tmp_path), DAY, level="COUNTY").edges == []
