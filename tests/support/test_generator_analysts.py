"""The generator again: every dataset has the situations that the queries of analysts distinguish."""

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from tests.oracle.changes import changes
from tests.oracle.conflicts import conflicts
from tests.oracle.coverage import coverage, covered_items
from tests.oracle.explain import explain
from tests.oracle.links import agency_network
from tests.oracle.rules import Reading
from tests.oracle.shortest_path import Neighbours, shortest_path
from tests.support.chance import AS_OF
from tests.support.generator import make_dataset
from tests.support.generator_catalogue import IDLE

FACTS = {
    "IN_FORCE", "NOT_YET_IN_FORCE", "NO_LONGER_IN_FORCE", "SUPERSEDED", "GOVERNS_A_LIST", "GOVERNS_NO_LIST",
    "LISTED", "NOT_LISTED", "NOT_A_REWARD", "NOT_BLACK", "BLACK_BEATS_RED", "ACTIVE", "NOT_YET_LISTED", "EXPIRED",
    "REMOVED", "ROLE_HELD", "ROLE_NOT_YET_HELD", "ROLE_ENDED", "TARGETED", "NOT_TARGETED", "COLOR_FITS",
    "COLOR_DOES_NOT_FIT",
}  # fmt: skip


@pytest.fixture(scope="module", params=[1, 2, 3], ids=lambda seed: f"seed{seed}")
def reading(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    folder: Path = tmp_path_factory.mktemp("generated")
    make_dataset(folder, seed=request.param)
    return Reading.load(folder)


def test_agencies_end_around_a_day_with_a_successor_and_without(reading: Reading) -> None:
    ended = [a for a in reading.tables.agencies.values() if a.valid_to]
    near = {(a.valid_to - AS_OF[2]).days for a in ended if a.valid_to and a.successor}
    assert {-1, 0, 1} <= near
    assert any(a.successor is None for a in ended)
    for start, end in pairwise(AS_OF):
        assert all(h.measures or h.power_items for h in changes(reading, start, end).handovers)
    on = {h.agency for h in changes(reading, AS_OF[2], AS_OF[3]).handovers}
    before = {h.agency for h in changes(reading, AS_OF[2] - timedelta(1), AS_OF[3]).handovers}
    assert {"A18"} <= on < before


def test_items_lie_elsewhere_than_their_agency(reading: Reading) -> None:
    t = reading.tables
    assert 5 < sum(i.region != t.agencies[i.agency].region for i in t.power_items.values()) < 60
    assert len({a.level for a in t.agencies.values()}) == 4


def test_coverage_has_something_of_everything(reading: Reading) -> None:
    t = reading.tables
    outside, by_another = set[str](), set[str]()
    for day in AS_OF:
        found = coverage(reading, day)
        assert len(found.power_items) > len(found.covered) > len(found.embedded) > 5
        assert found.covered_key_items
        assert found.uncovered
        assert found.measures_without_power_items
        assert len(found.lists_without_memoranda) > 2
        covered = covered_items(reading, day)
        live = {e.power_item for e in t.embeddings.values() if e.status == "LIVE" and e.since <= day}
        outside |= live - covered
        by_another |= live & covered - set(found.embedded)
    assert outside
    assert by_another
    inherited = [
        e
        for e in t.embeddings.values()
        if e.power_item in reading.gated(e.measure) and e.power_item not in t.measures[e.measure].power_items
    ]
    assert {e.status for e in inherited} == {"LIVE", "PLANNED"}
    assert {-1, 0, 1} <= {(e.since - day).days for e in inherited for day in AS_OF}
    assert any(m.memorandum == IDLE and m.power_items for m in t.measures.values())


def test_agencies_share_measures_alone_or_memoranda_alone(reading: Reading) -> None:
    strengths = set[int]()
    for day in AS_OF:
        edges = agency_network(reading, day, 0).edges
        assert {(e.memoranda > 0, e.measures > 0) for e in edges} == {(True, True), (True, False), (False, True)}
        strengths |= {e.memoranda for e in edges}
        levels = [len(agency_network(reading, day, 0, level).edges) for level in ("NATIONAL", "PROVINCE", "CITY")]
        assert all(levels)
    assert strengths >= {0, 1, 2, 3}


def test_rewards_and_black_measures_meet_at_items_and_apart(reading: Reading) -> None:
    found = [c for day in AS_OF for c in conflicts(reading, day).values()]
    assert len([c for c in found if c.power_items]) > 5
    assert len([c for c in found if not c.power_items]) > 5


def test_memoranda_and_items_come_and_fall_away_and_touch_subjects(reading: Reading) -> None:
    found = [changes(reading, start, end) for start in AS_OF for end in AS_OF if start < end]
    for change in ("memoranda", "measures", "power_items"):
        assert any(getattr(x, change).came for x in found)
        assert any(getattr(x, change).fell for x in found)
    assert max(x.subjects for x in found) > 50


def test_explanations_tell_every_fact(reading: Reading) -> None:
    facts, heads = set[str](), set[str]()
    for day in AS_OF:
        for e in list(reading.tables.entities)[::18]:
            for measure in reading.tables.measures:
                found = explain(reading, e, measure, day)
                facts |= {check.fact for check in found.general}
                facts |= {check.fact for attempt in found.attempts for check in attempt.checks}
                heads |= {str(check.code) for check in found.general if check.fact == "SUPERSEDED"}
    assert facts == FACTS
    assert {"M5", "M7", "M11"} <= heads  # M11 and M7 both supersede M3


def test_short_and_long_paths_have_a_choice(reading: Reading) -> None:
    graph = Neighbours(reading.tables)
    ends = [("Agency", code) for code in reading.tables.agencies]
    ends += [("PowerItem", code) for code in list(reading.tables.power_items)[::7]]
    found = [shortest_path(graph, one, other) for one in ends[::3] for other in ends[::2]]
    assert len({len(path.relationships) for path in found if path}) >= 4
    assert {len(types) for around in graph.types.values() for types in around.values()} >= {1, 2, 3}
