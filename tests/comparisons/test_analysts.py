"""The other queries of analysts, compared with the oracle over generated datasets.

Each test prints how much it compared (`pytest -rP`), and fails if that was too little.
"""

from collections.abc import Callable
from functools import partial
from itertools import combinations, product
from random import Random

import pytest

from tests.comparisons.comparing import SEEDS, ask_page, codes, explanation_of, generated, id_of, ids_of, path_of
from tests.conftest import Graph
from tests.oracle.changes import changes
from tests.oracle.conflicts import Conflict, conflicts
from tests.oracle.explain import explain
from tests.oracle.rules import Reading
from tests.oracle.shortest_path import Neighbours, shortest_path
from tests.support.chance import AS_OF
from tests.support.client import Client, pages


@pytest.fixture(scope="module", params=SEEDS)
def reading(request: pytest.FixtureRequest, graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    return generated(request.param, graph, tmp_path_factory)


CHANGES = """
fragment set on ChangeSet { memoranda { code } measures { code } powerItems { code } }
query ($from: Date!, $to: Date!, $agency: String) {
  changes(from: $from, to: $to, agency: $agency) {
    from to subjectCount
    cameIntoForce { ...set }
    fellAway { ...set }
    changedHands { on agency { code } successor { code } measures { code } powerItems { code } }
  }
}
"""


def test_changes(client: Client, reading: Reading) -> None:
    compared = touched = handed = 0
    some = Random(3).sample(sorted(reading.tables.agencies), 4)
    for (start, end), agency in product([*combinations(AS_OF, 2), (AS_OF[0], AS_OF[0])], [None, *some]):
        expected = changes(reading, start, end, agency)
        answer = client.ask(CHANGES, **{"from": str(start), "to": str(end), "agency": agency})["changes"]
        assert (answer["from"], answer["to"]) == (str(start), str(end))
        came, fell = answer["cameIntoForce"], answer["fellAway"]
        for name, change in (
            ("memoranda", expected.memoranda),
            ("measures", expected.measures),
            ("powerItems", expected.power_items),
        ):
            assert codes(came[name]) == change.came, (start, end, agency, name)
            assert codes(fell[name]) == change.fell, (start, end, agency, name)
            compared += len(change.came) + len(change.fell)
        handovers = [
            (h["agency"]["code"], h["successor"]["code"], h["on"], codes(h["measures"]), codes(h["powerItems"]))
            for h in answer["changedHands"]
        ]
        assert handovers == [
            (h.agency, h.successor, str(h.day), h.measures, h.power_items) for h in expected.handovers
        ], (start, end, agency)
        assert answer["subjectCount"] == expected.subjects, (start, end, agency)
        touched += expected.subjects
        handed += len(handovers)
    print(f"{compared} changes, {handed} handovers, {touched} subjects compared")
    assert compared > 500
    assert touched > 100
    assert handed or not any(agency.successor for agency in reading.tables.agencies.values())


EXPLAIN = """
fragment check on RuleCheck { rule holds fact date memorandum { code } listing { listingNo } sentence }
query ($subject: String!, $measure: String!, $day: Date!) {
  explain(subject: $subject, measure: $measure, asOf: $day) {
    applies subject { identifier } measure { code }
    checks { ...check }
    attempts {
      via holds listing { listingNo } list { code } affiliation { role since organization { identifier } }
      checks { ...check }
    }
  }
}
"""


def test_explain(client: Client, reading: Reading) -> None:
    rng = Random(5)
    t = reading.tables
    facts: dict[str, int] = {}
    attempts = 0
    listed = sorted({x.entity for x in t.listings.values()} | {a.person for a in t.affiliations.values()})
    for _ in range(250):
        subject, day = rng.choice(listed), rng.choice(AS_OF)
        own = {x.list for x in t.listings.values() if x.entity == subject}
        near = sorted(x.code for x in t.measures.values() if own & governed_by(reading, x.memorandum))
        measure = rng.choice(near if near and rng.random() < 0.8 else sorted(t.measures))
        expected = explain(reading, subject, measure, day)
        answer = client.ask(EXPLAIN, subject=subject, measure=measure, day=str(day))["explain"]
        found = explanation_of(answer)
        assert found == expected, (subject, measure, day)
        applicable = {x.measure for x in reading.applicable(subject, day)}
        assert answer["applies"] == (measure in applicable)
        attempts += len(found.attempts)
        for check in [*found.general, *(check for attempt in found.attempts for check in attempt.checks)]:
            facts[check.fact] = facts.get(check.fact, 0) + 1
    print(f"{attempts} attempts compared; facts: {facts}")
    assert attempts > 150
    assert len(facts) >= 18


def governed_by(reading: Reading, memorandum: str) -> set[str]:
    return {code for code, row in reading.tables.lists.items() if memorandum in row.memoranda}


CONFLICTS = """
query ($day: Date!, $agency: String, $after: String) {
  conflicts(asOf: $day, agency: $agency, first: 100, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { subject { id identifier } rewards { code } others { code } powerItems { code } }
  }
}
"""


def test_conflicts(client: Client, reading: Reading) -> None:
    compared = 0
    key: Callable[[str], str] = ids_of(client, reading)
    for day, agency in product(AS_OF, [None, *sorted(reading.tables.agencies)[::3]]):
        expected = {key(subject): conflict for subject, conflict in conflicts(reading, day, agency).items()}
        found: dict[str, Conflict] = {}
        variables = {"day": str(day), "agency": agency}
        for page in pages(partial(ask_page, client, CONFLICTS, "conflicts", variables)):
            assert page["totalCount"] == len(expected)
            for node in page["nodes"]:
                found[node["subject"]["id"]] = Conflict(
                    codes(node["rewards"]), codes(node["others"]), codes(node["powerItems"])
                )
        assert found == expected, (day, agency)
        assert list(found) == sorted(found)
        compared += len(found)
    print(f"{compared} conflicts compared")
    assert compared > 10


@pytest.mark.slow
@pytest.mark.parametrize(("size", "bound"), [("first", "after"), ("last", "before")])
def test_conflicts_page_by_page(client: Client, reading: Reading, size: str, bound: str) -> None:
    key: Callable[[str], str] = ids_of(client, reading)
    query = f"""
query ($day: Date!, $after: String) {{
  conflicts(asOf: $day, {size}: 2, {bound}: $after) {{
    pageInfo {{ hasNextPage endCursor hasPreviousPage startCursor }}
    nodes {{ subject {{ id }} rewards {{ code }} others {{ code }} }}
  }}
}}"""
    compared = 0
    for day in AS_OF:
        expected = {key(subject): conflict for subject, conflict in conflicts(reading, day).items()}
        found: list[list[str]] = []
        page_at = partial(ask_page, client, query, "conflicts", {"day": str(day)})
        for page in pages(page_at, backward=size == "last"):
            for node in page["nodes"]:
                conflict = expected[node["subject"]["id"]]
                assert (codes(node["rewards"]), codes(node["others"])) == (conflict.rewards, conflict.others)
            found.append([node["subject"]["id"] for node in page["nodes"]])
        in_order = found if size == "first" else found[::-1]
        assert [subject for subjects in in_order for subject in subjects] == sorted(expected)
        compared += len(expected)
    assert compared > 4


PATH = """
query ($from: ID!, $to: ID!, $hops: Int) {
  shortestPath(from: $from, to: $to, maxHops: $hops) { length steps { relationship node { __typename id } } }
}
"""


@pytest.mark.slow
def test_shortest_path(client: Client, reading: Reading) -> None:
    rng = Random(7)
    neighbours = Neighbours(reading.tables)
    nodes = sorted(node for node in neighbours.nodes if node[0] != "Entity")
    lengths: dict[int | None, int] = {}
    for _ in range(250):
        start, end = rng.choice(nodes), rng.choice(nodes)
        hops = rng.choice((0, 1, 3, 6, 10))
        expected = shortest_path(neighbours, start, end, hops)
        answer = client.ask(PATH, **{"from": id_of(start), "to": id_of(end), "hops": hops})["shortestPath"]
        assert path_of(answer) == expected, (start, end, hops)
        length = answer and answer["length"]
        lengths[length] = lengths.get(length, 0) + 1
    print(f"paths by length: {lengths}")
    assert len(lengths) > 4


PATHS_FOR = """
query ($subjects: [String!]!, $day: Date!, $item: String, $agency: String) {
  measurePathsFor(subjects: $subjects, asOf: $day, powerItem: $item, agency: $agency, first: 1000) {
    totalCount
    nodes { ground { listing { listingNo } } measure { code } powerItem { code } agency { code } }
  }
}
"""


@pytest.mark.slow
def test_measure_paths_for(client: Client, reading: Reading) -> None:
    compared = 0
    subjects = sorted(reading.tables.entities)[:200]
    for day, agency in product(AS_OF[1:3], [None, sorted(reading.tables.agencies)[2]]):
        answers = client.ask(PATHS_FOR, subjects=subjects, day=str(day), agency=agency)
        for subject, page in zip(subjects, answers["measurePathsFor"], strict=True):
            expected = [
                (p.ground.listing, p.measure, p.power_item, p.agency)
                for p in reading.paths(subject, day, agency=agency)
            ]
            found = [
                (
                    n["ground"]["listing"]["listingNo"],
                    n["measure"]["code"],
                    n["powerItem"] and n["powerItem"]["code"],
                    n["agency"]["code"],
                )
                for n in page["nodes"]
            ]
            assert found == expected[:1000], (subject, day)
            assert page["totalCount"] == len(expected)
            compared += len(found)
    print(f"{compared} paths compared")
    assert compared > 1_000
