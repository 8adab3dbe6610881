"""The answers about subjects, compared with the oracle over generated datasets, on every day of the
generator.

Each test prints how much it compared (`pytest -rP`), and fails if that was too little.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random
from typing import Any

import pytest

from tests.comparisons.comparing import GROUND, SEEDS, codes, generated, measures_of
from tests.conftest import Graph
from tests.oracle.rules import Reading
from tests.support.chance import AS_OF, PUNISHING, SCENES
from tests.support.client import Client

NATURES = ("REWARD", *PUNISHING)


@pytest.fixture(scope="module", params=SEEDS)
def reading(request: pytest.FixtureRequest, graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """The graph holds a generated dataset; this is its reading."""
    return generated(request.param, graph, tmp_path_factory)


def chunks(values: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]


SUBJECTS = (
    """
query ($subjects: [String!]!, $day: Date!) {
  subjects(identifiers: $subjects) {
    kind identifier
    standing(asOf: $day)
    listings(asOf: $day) { listingNo }
    black: listings(asOf: $day, color: BLACK) { listingNo }
    affiliations(asOf: $day) { role organization { identifier } since until }
    applicableMeasures(asOf: $day, first: 1000) {
      totalCount
      nodes { measure { code } powerItems { code } grounds { ...ground } }
    }
    applicableAgencies(asOf: $day) { agency { code } measureCount measures { code } powerItems { code } }
  }
}
"""
    + GROUND
)


def test_subjects(client: Client, reading: Reading) -> None:
    """Standing, listings, affiliations, applicable measures and departments of every subject on every day."""
    compared = {"measures": 0, "grounds": 0, "departments": 0, "listings": 0, "affiliations": 0}
    standings = set()
    for day in AS_OF:
        for identifiers in chunks(list(reading.tables.entities), 100):
            answers = client.ask(SUBJECTS, subjects=identifiers, day=day.isoformat())["subjects"]
            for e, found in zip(identifiers, answers, strict=True):
                assert found["kind"] == reading.tables.entities[e].kind
                assert found["identifier"][-2:] == e[-2:]  # masked, for a natural person
                assert found["standing"] == reading.standing(e, day), (e, day)
                assert [x["listingNo"] for x in found["listings"]] == reading.active_listings(e, day), (e, day)
                assert [x["listingNo"] for x in found["black"]] == reading.active_listings(e, day, "BLACK"), (e, day)
                affiliations = [
                    (a.role, a.organization, a.since.isoformat(), a.until and a.until.isoformat())
                    for a in reading.affiliations(e, day)
                ]
                assert affiliations == [
                    (a["role"], a["organization"]["identifier"], a["since"], a["until"]) for a in found["affiliations"]
                ], (e, day)
                applicable = reading.applicable(e, day)
                nodes = found["applicableMeasures"]["nodes"]
                assert found["applicableMeasures"]["totalCount"] == len(applicable) <= 1000
                assert measures_of(nodes) == [(x.measure, x.grounds, x.power_items) for x in applicable], (e, day)
                departments = reading.agencies(e, day)
                assert [
                    (x["agency"]["code"], x["measureCount"], codes(x["measures"]), codes(x["powerItems"]))
                    for x in found["applicableAgencies"]
                ] == [(x.agency, len(x.measures), x.measures, x.power_items) for x in departments], (e, day)
                standings.add(found["standing"])
                compared["measures"] += len(nodes)
                compared["grounds"] += sum(len(x["grounds"]) for x in nodes)
                compared["departments"] += len(departments)
                compared["listings"] += len(found["listings"])
                compared["affiliations"] += len(affiliations)
    print(compared)
    assert standings == {"CLEAR", "RED", "BLACK", "MIXED"}
    assert compared["grounds"] > compared["measures"] > 1_500
    assert compared["departments"] > 3_000
    assert min(compared.values()) > 1_000


ADVISED = 12
ADVICE = (
    f"query ($subjects: [String!]!, $day: Date!, {', '.join(f'$i{n}: String!' for n in range(ADVISED))}) "
    "{ subjects(identifiers: $subjects) { "
    f"{' '.join(f'a{n}: advice(powerItem: $i{n}, asOf: $day)' for n in range(ADVISED))} }} }}"
)


@pytest.mark.slow
def test_advice(client: Client, reading: Reading) -> None:
    """Half of the items, the other half on the next day: every subject with such an item, and some others."""
    rng, items, entities = Random(7), list(reading.tables.power_items), list(reading.tables.entities)
    counts: dict[str, int] = {}
    for turn, day in enumerate(AS_OF):
        gated = {e: {item for x in reading.applicable(e, day) for item in x.power_items} for e in entities}
        for batch in chunks(items[turn % 2 :: 2], ADVISED):
            chosen = [e for e in entities if gated[e].intersection(batch)] + rng.sample(entities, 10)
            variables = {f"i{n}": item for n, item in enumerate(batch)}
            answers = client.ask(ADVICE, subjects=chosen, day=day.isoformat(), **variables)["subjects"]
            for e, answer in zip(chosen, answers, strict=True):
                for n, item in enumerate(batch):
                    assert answer[f"a{n}"] == reading.advice(e, item, day), (e, item, day)
                    counts[answer[f"a{n}"]] = counts.get(answer[f"a{n}"], 0) + 1
    print(counts)
    assert set(counts) == {"CLEAR", "FACILITATE", "WATCH", "CAUTION", "RESTRICT", "REFUSE"}
    assert sum(counts.values()) > 5_000
    assert min(counts.values()) > 20


FILTERED = (
    """
query (
  $subjects: [String!]!, $day: Date!, $color: ListColor, $natures: [MeasureNature!], $agency: String,
  $item: String, $scene: Scene, $via: Via
) {
  subjects(identifiers: $subjects) {
    applicableMeasures(
      asOf: $day, color: $color, natures: $natures, agency: $agency, powerItem: $item, scene: $scene, via: $via,
      first: 1000
    ) { totalCount nodes { measure { code } powerItems { code } grounds { ...ground } } }
  }
}
"""
    + GROUND
)
DEPARTMENTS = """
query ($subjects: [String!]!, $day: Date!, $color: ListColor, $natures: [MeasureNature!]) {
  subjects(identifiers: $subjects) {
    applicableAgencies(asOf: $day, color: $color, natures: $natures) {
      agency { code } measures { code } powerItems { code }
    }
  }
}
"""
# Each set of filters is a statement that the database plans anew, so not all sixty-four are tested.
TOGETHER = [
    *((name,) for name in ("color", "natures", "agency", "power_item", "scene", "via")),
    ("color", "natures"), ("color", "via"), ("agency", "power_item"), ("natures", "scene"), ("power_item", "scene"),
    ("agency", "natures", "via"), ("agency", "color", "scene"), ("natures", "power_item", "via"),
    ("color", "natures", "agency", "power_item", "scene", "via"),
]  # fmt: skip


def combination(rng: Random, reading: Reading, subjects: Sequence[str], day: date) -> dict[str, Any]:
    """Random filters; several together come from one measure that applies to one of the subjects."""
    natures: Sequence[str] = rng.sample(NATURES, rng.randint(0, 5))
    options: dict[str, Any] = {
        "color": rng.choice(("RED", "BLACK")),
        "natures": natures,
        "agency": rng.choice(list(reading.tables.agencies)),
        "power_item": rng.choice(list(reading.tables.power_items)),
        "scene": rng.choice(SCENES),
        "via": rng.choice(("DIRECT", "AFFILIATED")),
    }
    applicable = reading.applicable(rng.choice(subjects), day)
    if applicable and rng.random() < 0.7:
        chosen = rng.choice(applicable)
        measure = reading.tables.measures[chosen.measure]
        options |= {"agency": rng.choice(measure.agencies), "natures": [*natures, measure.nature]}
        options |= {"via": chosen.grounds[0].via, "color": reading.tables.lists[chosen.grounds[0].list].color}
        if chosen.power_items:
            options["power_item"] = rng.choice(chosen.power_items)
            options["scene"] = reading.tables.power_items[rng.choice(chosen.power_items)].scene
    return {name: options[name] for name in rng.choice(TOGETHER)}


@pytest.mark.slow
def test_filters(client: Client, reading: Reading) -> None:
    """Two hundred combinations, each over twenty subjects on a day; most of them have something to filter."""
    rng, entities, kept, dropped = Random(9), list(reading.tables.entities), 0, 0
    reached = {day: [e for e in entities if reading.applicable(e, day)] for day in AS_OF}
    for _ in range(200):
        day = rng.choice(AS_OF)
        subjects = rng.sample(reached[day], 15) + rng.sample(entities, 5)
        filters = combination(rng, reading, subjects[:15], day)
        variables = {"item" if name == "power_item" else name: value for name, value in filters.items()}
        variables |= {"subjects": subjects, "day": day.isoformat()}
        for e, found in zip(subjects, client.ask(FILTERED, **variables)["subjects"], strict=True):
            applicable = reading.applicable(e, day, **filters)
            page = found["applicableMeasures"]
            assert page["totalCount"] == len(applicable), (e, day, filters)
            assert measures_of(page["nodes"]) == [(x.measure, x.grounds, x.power_items) for x in applicable], (
                e, day, filters,
            )  # fmt: skip
            kept += len(applicable)
            dropped += len(reading.applicable(e, day)) - len(applicable)
        if set(filters) <= {"color", "natures"}:
            for e, found in zip(subjects, client.ask(DEPARTMENTS, **variables)["subjects"], strict=True):
                departments = reading.agencies(e, day, **filters)
                assert [
                    (x["agency"]["code"], codes(x["measures"]), codes(x["powerItems"]))
                    for x in found["applicableAgencies"]
                ] == [(x.agency, x.measures, x.power_items) for x in departments], (e, day, filters)
    print(f"{kept} kept, {dropped} dropped")
    assert kept > 1_000
    assert dropped > 3_000


def test_catalogue(client: Client, reading: Reading) -> None:
    """Rules 2 and 6 over the whole catalogue: memoranda in force, measures of items and items of measures."""
    days = [day.isoformat() for day in AS_OF]
    declared = ", ".join(f"$d{n}: Date!" for n in range(len(days)))
    variables: dict[str, Any] = {f"d{n}": day for n, day in enumerate(days)}
    compared = 0

    def on_each_day(field: str) -> str:
        return " ".join(f"d{n}: {field.replace('DAY', f'$d{n}')}" for n in range(len(days)))

    query = f"query ($c: String!, {declared}) {{ memorandum(code: $c) {{ {on_each_day('inForce(on: DAY)')} }} }}"
    in_force = {}
    for code in reading.tables.memoranda:
        answer = client.ask(query, c=code, **variables)["memorandum"]
        in_force[code] = [answer[f"d{n}"] for n in range(len(days))]
        assert in_force[code] == [reading.in_force(code, day) for day in AS_OF], code
        compared += len(days)
    query = (
        f"query ($c: String!, {declared}) {{ powerItem(code: $c) {{ measures {{ code }} "
        f"{on_each_day('measures(inForceOn: DAY) { code }')} }} }}"
    )
    for code in reading.tables.power_items:
        answer = client.ask(query, c=code, **variables)["powerItem"]
        gating = reading.gating(code)
        assert codes(answer["measures"]) == gating, code
        for n in range(len(days)):
            live = [x for x in gating if in_force[reading.tables.measures[x].memorandum][n]]
            assert codes(answer[f"d{n}"]) == live, (code, days[n])
            compared += len(gating)
    query = (
        "query ($c: String!) { measure(code: $c) { powerItems { code } all: powerItems(includeDevolved: true) { code } "
        "named: powerItems(includeDevolved: false) { code } } }"
    )
    for code, measure in reading.tables.measures.items():
        answer = client.ask(query, c=code)["measure"]
        assert codes(answer["powerItems"]) == codes(answer["all"]) == reading.gated(code), code
        assert codes(answer["named"]) == sorted(measure.power_items), code
        compared += len(answer["all"])
    assert compared > 2_000
