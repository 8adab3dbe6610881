"""The reading of shortest paths, compared with cases worked out by hand."""

from pathlib import Path

import pytest

from tests.oracle.cases import BLACK, REPRESENTS, read
from tests.oracle.rules import UnknownCode
from tests.oracle.shortest_path import GraphPath, Neighbours, shortest_path


def walked(tmp_path: Path) -> Neighbours:
    """M1 prescribes X1 and X2, X2 names P9; A1 and A2 are separate except for what the cases add."""
    return Neighbours(
        read(
            tmp_path,
            regions=["R1,"],
            agencies=["A1,,R1,,,", "A2,,R1,2018-01-01,A3,A3", "A3,,R1"],
            divisions=["A2-D1,A2"],
            memoranda=["M1,2018-01-01,,,A1", "M2,2018-01-01,,M1"],
            credit_lists=["LB,BLACK,M1", "LC,BLACK,M2;M1"],
            measures=["X1,M1,PROHIBITION,LEGAL_PERSON,A1,P1", "X2,M1,PROHIBITION,LEGAL_PERSON,A1,P9,,A2-D1"],
            power_items=["P1,APPROVAL,A1,,,R1", "P9,APPROVAL,A2,A2-D1,,R1"],
            embeddings=["P9,X2,受理,API,LIVE,2018-01-01", "P1,X2,受理,API,PLANNED,2018-01-01"],
            entities=["C1,LEGAL_PERSON,R1", "C2,LEGAL_PERSON,R1", "N1,NATURAL_PERSON,R1"],
            affiliations=[REPRESENTS],
            listings=[BLACK],
        ).tables
    )


def way(graph: Neighbours, start: str, end: str, max_hops: int = 6) -> str | None:
    """The path in one line; nodes are written Label:key."""
    one, _, two = start.partition(":")
    three, _, four = end.partition(":")
    path = shortest_path(graph, (one, two), (three, four), max_hops)
    if path is None:
        return None
    assert len(path.nodes) == len(path.relationships) + 1
    return " ".join(
        n for pair in zip(["", *path.relationships], path.nodes, strict=True) for n in (pair[0], pair[1][1]) if n
    )


def test_a_path_goes_along_relationships_either_way(tmp_path: Path) -> None:
    graph = walked(tmp_path)
    assert way(graph, "Listing:B1", "Measure:X1") == "B1 ON_LIST LB GOVERNS M1 PRESCRIBES X1"
    assert way(graph, "Measure:X1", "Listing:B1") == "X1 PRESCRIBES M1 GOVERNS LB ON_LIST B1"
    assert way(graph, "Entity:N1", "Entity:C1") == "N1 AFFILIATED_WITH C1"


def test_a_node_reaches_itself_in_no_step(tmp_path: Path) -> None:
    graph = walked(tmp_path)
    assert shortest_path(graph, ("Region", "R1"), ("Region", "R1"), 0) == GraphPath([("Region", "R1")], [])
    assert way(graph, "Region:R1", "Agency:A1", 0) is None


def test_between_lie_neither_regions_nor_divisions_subjects_or_listings(tmp_path: Path) -> None:
    graph = walked(tmp_path)
    assert way(graph, "Entity:C1", "Entity:C2") is None  # through R1 alone
    assert way(graph, "Entity:N1", "CreditList:LB") is None  # through C1 and B1
    assert way(graph, "Entity:C1", "CreditList:LB") is None  # through B1
    assert way(graph, "Entity:C1", "Listing:B1") == "C1 HAS_LISTING B1"
    assert way(graph, "Region:R1", "Measure:X1") == "R1 IN_REGION A1 IMPLEMENTED_BY X1"
    assert way(graph, "Measure:X2", "Agency:A2") == "X2 EMBEDDED_IN P9 EXERCISED_BY A2"  # not by A2-D1
    assert way(graph, "Measure:X2", "Division:A2-D1") == "X2 ASSIGNED_TO A2-D1"


def test_a_path_has_at_most_that_many_steps(tmp_path: Path) -> None:
    graph = walked(tmp_path)
    long = "B1 ON_LIST LB GOVERNS M1 PRESCRIBES X2 EMBEDDED_IN P9 EXERCISED_BY A2 SUBORDINATE_TO A3"
    assert [way(graph, "Listing:B1", "Agency:A3", hops) for hops in (5, 6, 10)] == [None, long, long]
    for hops in (-1, 11):
        with pytest.raises(ValueError, match=str(hops)):
            way(graph, "Agency:A1", "Agency:A2", hops)
    with pytest.raises(UnknownCode, match="Agency:A9"):
        way(graph, "Agency:A1", "Agency:A9")


def test_of_several_the_nodes_that_come_first_step_by_step(tmp_path: Path) -> None:
    graph = walked(tmp_path)
    # from M1 to P1 by X1 or X2, one of which embeds: the first by id, then the first type between the two
    assert way(graph, "Memorandum:M1", "PowerItem:P1") == "M1 SIGNED_BY A1 EXERCISED_BY P1"  # Agency before Measure
    assert way(graph, "CreditList:LB", "CreditList:LC") == "LB GOVERNS M1 GOVERNS LC"
    assert way(graph, "Memorandum:M1", "Memorandum:M2") == "M1 SUPERSEDES M2"
    assert way(graph, "Memorandum:M1", "PowerItem:P9") == "M1 PRESCRIBES X2 EMBEDDED_IN P9"  # before NAMES
    assert way(graph, "Agency:A2", "Agency:A3") == "A2 SUBORDINATE_TO A3"  # before SUCCEEDED_BY


def test_ids_compare_as_text(tmp_path: Path) -> None:
    codes = ["X2", "X10", "﨎", "𠮷"]  # the last two stand the other way round in UTF-16
    for left in (codes, codes[2:]):
        measures = [f"{code},M1,PROHIBITION,LEGAL_PERSON,A1;A2," for code in reversed(left)]
        graph = Neighbours(read(tmp_path, measures=measures).tables)
        assert way(graph, "Agency:A1", "Agency:A2") == f"A1 IMPLEMENTED_BY {min(left)} IMPLEMENTED_BY A2"
