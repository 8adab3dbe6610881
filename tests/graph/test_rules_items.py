"""Rules 6, 7 and 9: the items that measures gate, the departments, and the advice at the counter.

Each case of one small dataset stands beside its test. Dates do not matter here: everything is active from 2010 on.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest

from tests.conftest import Graph
from tests.graph.test_rules_listings import DAY, NATURES
from tests.support.client import Client
from tests.support.rows import Rows

ROWS = Rows()
add, organization, person, listed = ROWS.add, ROWS.organization, ROWS.person, ROWS.listed


@pytest.fixture(scope="module", autouse=True)
def dataset(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> None:
    graph.hold(ROWS.write(tmp_path_factory.mktemp("items")))


def codes(nodes: Sequence[dict[str, Any]]) -> list[str]:
    return [node["code"] for node in nodes]


# Rule 6: a measure gates the items it names, and all that were devolved from them, over any number of hops.

# province > city > county > town, and city > other county; "apart" stands alone. A2 to A5 exercise them.
for n in range(2, 8):
    add("agencies", code=f"A{n}")
for code, agency in (("county desk", "A4"), ("city desk", "A3")):
    add("divisions", code=code, agency_code=agency)
for code, origin, agency, division, scene in (
    ("town", "county", "A5", "", "PUBLIC_SERVICE"), ("county", "city", "A4", "county desk", "APPROVAL"),
    ("other county", "city", "A4", "", "FISCAL_FUNDS"), ("city", "province", "A3", "city desk", "APPROVAL"),
    ("province", "", "A2", "", "SUPERVISION"), ("apart", "", "A2", "", "AWARD_EVALUATION"),
):  # fmt: skip
    add("power_items", code=code, devolved_from=origin, agency_code=agency, division_code=division, scene=scene)
add("memoranda", code="gates")
add("credit_lists", code="gates", color="BLACK", memoranda="gates")
GATES = {
    "g1": (["province"], ["city", "county", "other county", "province", "town"]),
    "g2": (["city"], ["city", "county", "other county", "town"]),
    "g3": (["county", "apart"], ["apart", "county", "town"]),
    "g4": (["town", "city", "province"], ["city", "county", "other county", "province", "town"]),
    "g5": (["other county"], ["other county"]),
    "g6": ([], []),
}
IMPLEMENTING = {"g1": "A2;A3", "g2": "A3", "g3": "A1;A2", "g4": "A6", "g5": "A4;A3", "g6": "A7;A2"}
for code, (named, _) in GATES.items():
    nature = {"g5": "REFERENCE", "g6": "PUBLICITY"}.get(code, "RESTRICTION")
    implementing = IMPLEMENTING[code]
    add("measures", code=code, memorandum_code="gates", nature=nature, power_items=named, agencies=implementing)
listed(organization("gated"), "gated", "gates")

GATED = """
query ($subject: String!, $item: String!, $measure: String!) {
  subject(identifier: $subject) { applicableMeasures { nodes { measure { code } powerItems { code } } } }
  powerItem(code: $item) { measures { code } }
  measure(code: $measure) {
    all: powerItems { code } devolved: powerItems(includeDevolved: true) { code }
    named: powerItems(includeDevolved: false) { code }
  }
}
"""


@pytest.mark.parametrize("measure", GATES)
def test_rule_6_items_of_a_measure(client: Client, measure: str) -> None:
    named, gated = GATES[measure]
    answer = client.ask(GATED, subject=organization("gated"), item="apart", measure=measure)
    applicable = {node["measure"]["code"]: node for node in answer["subject"]["applicableMeasures"]["nodes"]}
    assert list(applicable) == sorted(GATES)
    assert codes(applicable[measure]["powerItems"]) == gated
    assert codes(answer["measure"]["all"]) == codes(answer["measure"]["devolved"]) == gated
    assert codes(answer["measure"]["named"]) == sorted(named)


@pytest.mark.parametrize("item", ["province", "city", "county", "other county", "town", "apart"])
def test_rule_6_measures_of_an_item(client: Client, item: str) -> None:
    answer = client.ask(GATED, subject=organization("gated"), item=item, measure="g1")
    assert codes(answer["powerItem"]["measures"]) == [code for code, (_, gated) in GATES.items() if item in gated]


# Rule 7: the agencies that implement an applicable measure, each with its own items that those measures gate.

DEPARTMENTS = """
query ($subject: String!, $day: Date, $natures: [MeasureNature!], $color: ListColor) {
  subject(identifier: $subject) {
    applicableAgencies(asOf: $day, natures: $natures, color: $color) {
      agency { code } measureCount measures { code } powerItems { code }
    }
  }
}
"""
ALL = {
    "A1": (["g3"], []),
    "A2": (["g1", "g3", "g6"], ["apart", "province"]),
    "A3": (["g1", "g2", "g5"], ["city"]),
    "A4": (["g5"], ["other county"]),
    "A6": (["g4"], []),
    "A7": (["g6"], []),
}


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({}, ALL),
        ({"color": "BLACK"}, ALL),
        ({"color": "RED"}, {}),
        ({"natures": []}, {}),
        ({"day": "2009-12-31"}, {}),
        ({"natures": ["PUBLICITY"]}, {"A2": (["g6"], []), "A7": (["g6"], [])}),
        (
            {"natures": ["REFERENCE", "PUBLICITY"], "color": "BLACK"},
            {"A2": (["g6"], []), "A3": (["g5"], []), "A4": (["g5"], ["other county"]), "A7": (["g6"], [])},
        ),
    ],
)
def test_rule_7_departments(client: Client, arguments: dict[str, Any], expected: dict[str, Any]) -> None:
    answer = client.ask(DEPARTMENTS, subject=organization("gated"), **arguments)["subject"]["applicableAgencies"]
    found = {row["agency"]["code"]: (codes(row["measures"]), codes(row["powerItems"])) for row in answer}
    assert list(found.items()) == list(expected.items())
    assert all(row["measureCount"] == len(row["measures"]) for row in answer)


# Rule 9: the most severe nature of the applicable measures that gate the item decides.

ADVICE = dict(zip(NATURES, ("FACILITATE", "CLEAR", "CLEAR", "WATCH", "CAUTION", "RESTRICT", "REFUSE"), strict=True))
add("power_items", code="gated by none")
for n, nature in enumerate(NATURES):
    add("power_items", code=nature)
    add("power_items", code=f"below {nature}", devolved_from=nature)
    add("memoranda", code=nature)
    add("credit_lists", code=nature, color="RED" if nature == "REWARD" else "BLACK", memoranda=nature)
    # Each measure gates the item of its nature and those of all milder ones.
    add("measures", code=nature, memorandum_code=nature, nature=nature, power_items=NATURES[: n + 1],
        targets=["LEGAL_PERSON", "EXECUTIVE"])  # fmt: skip
    listed(organization(nature), nature, nature)
for milder, nature in pairwise(NATURES[1:]):
    listed(organization(f"up to {nature}"), f"1 up to {nature}", nature)
    listed(organization(f"up to {nature}"), f"2 up to {nature}", milder)
for name, natures in {"both": ("REWARD", "PROHIBITION"), "mild": ("REWARD", "PUBLICITY"), "good": ("REWARD",)}.items():
    for nature in natures:
        add("affiliations", person=person(name), organization=organization(nature))


def advice(client: Client, subject: str, item: str, day: str = DAY) -> Any:
    query = "query ($s: String!, $i: String!, $d: Date) { subject(identifier: $s) { advice(powerItem: $i, asOf: $d) } }"
    return client.ask(query, s=subject, i=item, d=day)["subject"]["advice"]


@pytest.mark.parametrize("nature", NATURES)
def test_rule_9_every_nature(client: Client, nature: str) -> None:
    subject = organization(nature)
    for item in NATURES:
        expected = ADVICE[nature] if NATURES.index(item) <= NATURES.index(nature) else "CLEAR"
        assert advice(client, subject, item) == advice(client, subject, f"below {item}") == expected
    assert advice(client, subject, "gated by none") == "CLEAR"
    assert advice(client, subject, nature, "2009-12-31") == "CLEAR"


@pytest.mark.parametrize("nature", NATURES[2:])
def test_rule_9_the_severer_decides(client: Client, nature: str) -> None:
    subject, milder = organization(f"up to {nature}"), NATURES[NATURES.index(nature) - 1]
    assert advice(client, subject, milder) == advice(client, subject, f"below {milder}") == ADVICE[nature]


def test_rule_9_through_an_organisation(client: Client) -> None:
    """A reward is the mildest nature: beside publicity, which gives no advice, it facilitates nothing."""
    assert advice(client, person("good"), "REWARD") == "FACILITATE"
    assert advice(client, person("both"), "REWARD") == "REFUSE"
    assert advice(client, person("mild"), "REWARD") == "CLEAR"


def test_rule_9_of_an_unknown_item(client: Client) -> None:
    fields = 'good: advice(powerItem: "REWARD") bad: advice(powerItem: "no item")'
    body = client.answer(f"query ($s: String!) {{ subject(identifier: $s) {{ {fields} }} }}", s=organization("REWARD"))
    (error,) = body["errors"]
    assert error["path"] == ["subject", "bad"]
    assert error["extensions"]["code"] == "NOT_FOUND"
    assert "no item" in error["message"]
