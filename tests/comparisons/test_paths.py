"""Measure paths, compared with the oracle over generated datasets, on every day of the generator.

Each test prints how much it compared (`pytest -rP`), and fails if that was too little.
"""

from functools import partial
from random import Random
from typing import Any

import pytest

from tests.comparisons.comparing import GROUND, SEEDS, ask_page, generated, ground_of
from tests.conftest import Graph
from tests.oracle.answers import MeasurePath
from tests.oracle.rules import Reading
from tests.support.chance import AS_OF
from tests.support.client import Client, pages


@pytest.fixture(scope="module", params=SEEDS)
def reading(request: pytest.FixtureRequest, graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """The graph holds a generated dataset; this is its reading."""
    return generated(request.param, graph, tmp_path_factory)


PATHS = (
    """
query ($s: String!, $day: Date!, $item: String, $agency: String, $after: String) {
  measurePaths(subject: $s, asOf: $day, powerItem: $item, agency: $agency, first: 1000, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      ground { ...ground }
      measure { code } powerItem { code } division { code } agency { code }
      steps {
        relationship
        node {
          __typename
          ... on Entity { identifier } ... on Listing { listingNo } ... on CreditList { code }
          ... on Memorandum { code } ... on Measure { code } ... on PowerItem { code }
          ... on Division { code } ... on Agency { code }
        }
      }
    }
  }
}
"""
    + GROUND
)


def path_of(answer: dict[str, Any], subject: str) -> MeasurePath:
    """A path in the reading's types. Its subject is the identifier of the request, because that of a person is
    masked."""
    steps = []
    for step in answer["steps"]:
        code = next(step["node"][key] for key in ("identifier", "listingNo", "code") if key in step["node"])
        steps.append((step["node"]["__typename"], subject if step["relationship"] is None else code))
    item, division = answer["powerItem"], answer["division"]
    return MeasurePath(
        ground_of(answer["ground"]),
        answer["measure"]["code"],
        item and item["code"],
        division and division["code"],
        answer["agency"]["code"],
        steps,
    )


def test_measure_paths(client: Client, reading: Reading) -> None:
    """For every fourth subject on a day: all paths, those to an item, those to an agency."""
    rng, compared, longest = Random(8), 0, 0
    for turn, day in enumerate(AS_OF):
        for e in list(reading.tables.entities)[turn % 4 :: 4]:
            everything = reading.paths(e, day)
            filter_sets: list[dict[str, str]] = [{}]
            if everything:
                some = rng.choice(everything)
                filter_sets.append({"agency": some.agency})
                if some.power_item:
                    filter_sets.append({"item": some.power_item})
            for filters in filter_sets:
                named = {"power_item": filters.get("item"), "agency": filters.get("agency")}
                expected = reading.paths(e, day, **named) if filters else everything
                found = []
                variables = {"s": e, "day": day.isoformat(), **filters}
                for page in pages(partial(ask_page, client, PATHS, "measurePaths", variables)):
                    assert page["totalCount"] == len(expected), (e, day, filters)
                    found += [path_of(path, e) for path in page["nodes"]]
                assert found == expected, (e, day, filters)
                compared += len(found)
            longest = max(longest, len(everything))
    print(f"{compared} paths, {longest} of one subject")
    assert compared > 2_000


PAGE = """
query ($s: String!, $day: Date!, $first: Int, $after: String) {
  measurePaths(subject: $s, asOf: $day, first: $first, after: $after) {
    pageInfo { hasNextPage endCursor }
    nodes {
      ground { listing { listingNo } memorandum { code } affiliation { role organization { identifier } since } }
      measure { code } powerItem { code } agency { code }
    }
  }
}
"""


def place_of(path: dict[str, Any]) -> tuple[Any, ...]:
    ground, item = path["ground"], path["powerItem"]
    affiliation = ground["affiliation"]
    return (
        ground["listing"]["listingNo"],
        ground["memorandum"]["code"],
        path["measure"]["code"],
        item and item["code"],
        path["agency"]["code"],
        *(
            (affiliation["role"], affiliation["organization"]["identifier"], affiliation["since"])
            if affiliation
            else ()
        ),
    )


@pytest.mark.slow
def test_pages_of_measure_paths(client: Client, reading: Reading) -> None:
    """The subjects with most paths on a day, in about five pages each, without gaps and repetitions."""
    compared, found = 0, list[tuple[Any, ...]]()
    for day in AS_OF:
        paths = {e: reading.paths(e, day) for e in reading.tables.entities}
        for e in sorted(paths, key=lambda e: len(paths[e]), reverse=True)[:10]:
            expected = [
                (p.ground.listing, p.ground.memorandum, p.measure, p.power_item, p.agency)
                + ((p.ground.role, p.ground.organization, str(p.ground.since)) if p.ground.role else ())
                for p in paths[e]
            ]
            found = []
            variables = {"s": e, "day": day.isoformat(), "first": len(expected) // 5 + 1}
            for page in pages(partial(ask_page, client, PAGE, "measurePaths", variables)):
                found += map(place_of, page["nodes"])
            assert found == expected, (e, day)
            compared += len(found)
    print(f"{compared} paths")
    assert compared > 1_000
