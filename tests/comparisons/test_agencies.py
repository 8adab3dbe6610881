"""Links and coverage of departments, compared with the oracle over generated datasets.

Each test prints how much it compared (`pytest -rP`), and fails if that was too little.
"""

from functools import partial
from itertools import islice, product
from typing import Any

import pytest

from tests.comparisons.comparing import SEEDS, ask_page, codes, generated
from tests.conftest import Graph
from tests.oracle.coverage import Coverage, coverage
from tests.oracle.links import AgencyLink, agency_links, agency_network
from tests.oracle.overview import overview
from tests.oracle.rules import Reading
from tests.support.chance import AS_OF
from tests.support.client import Client, pages

LEVELS = ("NATIONAL", "PROVINCE", "CITY", "COUNTY")


@pytest.fixture(scope="module", params=SEEDS)
def reading(request: pytest.FixtureRequest, graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    return generated(request.param, graph, tmp_path_factory)


LINKS = """
query ($agency: String!, $day: Date!, $first: Int, $after: String) {
  agencyLinks(agency: $agency, asOf: $day, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { agency { code } sharedMemoranda sharedMeasures memoranda { code } }
  }
}
"""


def link_of(node: dict[str, Any]) -> AgencyLink:
    link = AgencyLink(node["agency"]["code"], codes(node["memoranda"]), node["sharedMeasures"])
    assert node["sharedMemoranda"] == len(link.memoranda)
    return link


@pytest.mark.slow
def test_agency_links(client: Client, reading: Reading) -> None:
    compared = 0
    for day, agency in product(AS_OF, sorted(reading.tables.agencies)):
        expected = agency_links(reading, agency, day)
        page = client.ask(LINKS, agency=agency, day=str(day), first=1000)["agencyLinks"]
        assert [link_of(node) for node in page["nodes"]] == expected, (agency, day)
        assert page["totalCount"] == len(expected)
        compared += len(expected)
        if day == AS_OF[2]:
            page_at = partial(ask_page, client, LINKS, "agencyLinks", {"agency": agency, "day": str(day), "first": 3})
            assert [link_of(node) for page in pages(page_at) for node in page["nodes"]] == expected
    print(f"{compared} links compared")
    assert compared > 300


NETWORK = """
query ($day: Date!, $least: Int, $level: AgencyLevel) {
  agencyNetwork(asOf: $day, minSharedMemoranda: $least, level: $level) {
    nodes { agency { code } degree strength }
    edges { source { code } target { code } sharedMemoranda sharedMeasures }
  }
}
"""


def test_agency_network(client: Client, reading: Reading) -> None:
    compared = 0
    for day, least, level in product(AS_OF, (0, 1, 2, 3), (None, *LEVELS)):
        expected = agency_network(reading, day, least, level)
        answer = client.ask(NETWORK, day=str(day), least=least, level=level)["agencyNetwork"]
        nodes = [(n["agency"]["code"], n["degree"], n["strength"]) for n in answer["nodes"]]
        assert nodes == [(n.agency, n.degree, n.strength) for n in expected.nodes], (day, least, level)
        edges = [
            (e["source"]["code"], e["target"]["code"], e["sharedMemoranda"], e["sharedMeasures"])
            for e in answer["edges"]
        ]
        assert edges == [(e.source, e.target, e.memoranda, e.measures) for e in expected.edges], (day, least, level)
        compared += len(nodes) + len(edges)
    print(f"{compared} nodes and edges compared")
    assert compared > 500


COVERAGE = """
fragment counts on Coverage {
  powerItemCount coveredCount embeddedCount keyItemCount coveredKeyItemCount
  uncoveredPowerItems(first: 1000) { totalCount nodes { code } }
  measuresWithoutPowerItems { code }
  listsWithoutMemoranda { code }
}
query ($agency: String, $region: String, $day: Date!) {
  coverage(agency: $agency, region: $region, asOf: $day) { ...counts }
}
"""


def same_coverage(answer: dict[str, Any], expected: Coverage) -> bool:
    counts = (
        len(expected.power_items),
        len(expected.covered),
        len(expected.embedded),
        len(expected.key_items),
        len(expected.covered_key_items),
    )
    names = ("powerItemCount", "coveredCount", "embeddedCount", "keyItemCount", "coveredKeyItemCount")
    uncovered = answer["uncoveredPowerItems"]
    return (
        tuple(answer[name] for name in names) == counts
        and uncovered["totalCount"] == len(expected.uncovered)
        and codes(uncovered["nodes"]) == expected.uncovered[:1000]
        and codes(answer["measuresWithoutPowerItems"]) == expected.measures_without_power_items
        and codes(answer["listsWithoutMemoranda"]) == expected.lists_without_memoranda
    )


def test_coverage(client: Client, reading: Reading) -> None:
    compared = 0
    agencies, regions = [None, *sorted(reading.tables.agencies)], [None, *sorted(reading.tables.regions)]
    for day, agency, region in islice(product(AS_OF, agencies, regions), 0, None, 2):
        expected = coverage(reading, day, agency=agency, region=region)
        answer = client.ask(COVERAGE, agency=agency, region=region, day=str(day))["coverage"]
        assert same_coverage(answer, expected), (day, agency, region)
        compared += 1
    print(f"{compared} coverages compared")
    assert compared > 200


OVERVIEW = """
query ($code: String!, $day: Date!) {
  agencyOverview(code: $code, asOf: $day) {
    memoranda { code }
    measuresByNature { nature count }
    measuresByCategory { category count }
    itemsByScene { scene count }
    coverage { ...counts }
    lists { code }
    links(first: 1000) { totalCount nodes { agency { code } sharedMemoranda sharedMeasures memoranda { code } } }
  }
}
""" + COVERAGE[: COVERAGE.index("query")]


@pytest.mark.slow
def test_agency_overview(client: Client, reading: Reading) -> None:
    compared = 0
    for day, agency in product(AS_OF[1:4], sorted(reading.tables.agencies)):
        expected = overview(reading, agency, day)
        answer = client.ask(OVERVIEW, code=agency, day=str(day))["agencyOverview"]
        assert codes(answer["memoranda"]) == expected.memoranda
        for name, word, counts in (
            ("measuresByNature", "nature", expected.measures_by_nature),
            ("measuresByCategory", "category", expected.measures_by_category),
            ("itemsByScene", "scene", expected.power_items_by_scene),
        ):
            rows = [(row[word], row["count"]) for row in answer[name]]
            assert rows == sorted(counts.items(), key=lambda row: (-row[1], row[0])), (agency, day, name)
        assert same_coverage(answer["coverage"], expected.coverage)
        assert codes(answer["lists"]) == expected.lists
        assert [link_of(node) for node in answer["links"]["nodes"]] == expected.links
        compared += 1
    print(f"{compared} overviews compared")
    assert compared > 30
    assert client.ask(OVERVIEW, code="nobody", day="2018-10-01")["agencyOverview"] is None
