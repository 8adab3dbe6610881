"""The filters of applicable measures, alone and combined, the order of measures, and their pages."""

from collections.abc import Callable
from itertools import combinations, product
from typing import Any

import pytest

from tests.conftest import Graph
from tests.graph.test_rules_listings import DAY
from tests.support.client import Client, pages
from tests.support.rows import Rows

ROWS = Rows()
add, organization, person, listed = ROWS.add, ROWS.organization, ROWS.person, ROWS.listed

# A person on a red list, with a role at a firm that is on the same red list and on a black one.
add("agencies", code="A2")
add("agencies", code="A3")
for code, origin, scene in (
    ("above", "", "APPROVAL"), ("below", "above", "FISCAL_FUNDS"), ("trade", "", "PUBLIC_RESOURCE_TRADING"),
    ("gated by none", "", "PUBLIC_SERVICE"),
):  # fmt: skip
    add("power_items", code=code, devolved_from=origin, scene=scene)
GATED: dict[str, set[str]] = {
    "": set(), "above": {"above", "below"}, "below": {"below"}, "trade": {"trade"},
    "above;trade": {"above", "below", "trade"},
}  # fmt: skip
SCENES = {"above": "APPROVAL", "below": "FISCAL_FUNDS", "trade": "PUBLIC_RESOURCE_TRADING"}
BOTH, MINE, FIRMS = ["DIRECT", "AFFILIATED"], ["DIRECT"], ["AFFILIATED"]
TARGETS = {"DIRECT": "NATURAL_PERSON", "AFFILIATED": "EXECUTIVE"}
# By code: nature, agencies, named items, and the ways in which it reaches the person.
MEASURES: dict[str, tuple[str, str, str, list[str]]] = {
    "b1": ("RESTRICTION", "A1", "above", FIRMS),
    "b2": ("RESTRICTION", "A2;A3", "below", FIRMS),
    "b3": ("PROHIBITION", "A2", "above;trade", FIRMS),
    "b4": ("SUPERVISION", "A3", "", FIRMS),
    "b5": ("PROHIBITION", "A1;A2;A3", "trade", FIRMS),
    "r1": ("REWARD", "A1;A2", "above", BOTH),
    "r2": ("REWARD", "A2", "trade", MINE),
    "r3": ("REWARD", "A3", "below", FIRMS),
    "r4": ("REWARD", "A1", "", BOTH),
}
for code, color in (("black", "BLACK"), ("red", "RED")):
    add("memoranda", code=code)
    add("credit_lists", code=code, color=color, memoranda=code)
for code, (nature, agencies, items, via) in MEASURES.items():
    memorandum = "red" if nature == "REWARD" else "black"
    add("measures", code=code, memorandum_code=memorandum, nature=nature, agencies=agencies, power_items=items,
        targets=[TARGETS[way] for way in via])  # fmt: skip
listed(person("filtered"), "own red", "red")
listed(organization("firm"), "firm red", "red")
listed(organization("firm"), "firm black", "black")
add("affiliations", person=person("filtered"), organization=organization("firm"))
# By UTF-16 unit U+20BB7 would come before U+FA0E, by any collation "a" before "B", and as a number 9 before 10.
BY_CODE_POINT = ["10", "9", "B", "a", "a1", "\ufa0e", "\U00020bb7", "\U00020bb71"]
add("memoranda", code="order")
add("credit_lists", code="order", color="BLACK", memoranda="order")
for code in reversed(BY_CODE_POINT):
    add("agencies", code=code)
    add("power_items", code=code)
for code in BY_CODE_POINT:
    add("measures", code=code, memorandum_code="order", nature="RESTRICTION", agencies=BY_CODE_POINT[::-1],
        power_items=BY_CODE_POINT[::-1])  # fmt: skip
listed(organization("ordered"), "ordered", "order")
add("memoranda", code="many")
add("credit_lists", code="many", color="BLACK", memoranda="many")
for n in range(21):
    add("measures", code=f"many {n}", memorandum_code="many", nature="PUBLICITY")
listed(organization("many"), "many", "many")


@pytest.fixture(scope="module", autouse=True)
def dataset(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> None:
    graph.hold(ROWS.write(tmp_path_factory.mktemp("filters")))


ASKED = """
query (
  $subject: String!, $day: Date, $color: ListColor, $natures: [MeasureNature!], $agency: String, $powerItem: String,
  $scene: Scene, $via: Via, $first: Int, $after: String, $count: Boolean = true
) {
  subject(identifier: $subject) {
    applicableMeasures(
      asOf: $day, color: $color, natures: $natures, agency: $agency, powerItem: $powerItem, scene: $scene, via: $via,
      first: $first, after: $after
    ) {
      totalCount @include(if: $count)
      %s
    }
  }
}
"""
WHAT = ASKED % "nodes { measure { code } powerItems { code } grounds { via } }"
PAGE = ASKED % (
    "pageInfo { hasNextPage hasPreviousPage startCursor endCursor } "
    "edges { cursor node { measure { code } } } nodes { measure { code } }"
)


def ask(client: Client, document: str, subject: str, **arguments: Any) -> Any:
    variables = {"subject": subject, "day": DAY} | arguments
    return client.ask(document, **variables)["subject"]["applicableMeasures"]


def expected(filters: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """Measures and the ways of their remaining grounds, taken from the table above."""
    left = []
    for code, (nature, agencies, items, ways) in MEASURES.items():
        kept = [way for way in ways if filters["via"] in (None, way)]
        tests = (
            filters["color"] in (None, "RED" if nature == "REWARD" else "BLACK"),
            filters["natures"] is None or nature in filters["natures"],
            filters["agency"] is None or filters["agency"] in agencies,
            filters["powerItem"] is None or filters["powerItem"] in GATED[items],
            filters["scene"] is None or filters["scene"] in {SCENES[item] for item in GATED[items]},
        )
        if kept and all(tests):
            left.append((code, kept))
    return left


VALUES: dict[str, tuple[Any, ...]] = {
    "color": ("RED", "BLACK"),
    "via": ("DIRECT", "AFFILIATED"),
    "natures": ([], ["REWARD"], ["PROHIBITION", "REWARD", "RESTRICTION"]),
    "agency": ("A1", "A2"),
    "powerItem": ("above", "below", "gated by none"),
    "scene": ("APPROVAL", "FISCAL_FUNDS", "PUBLIC_RESOURCE_TRADING", "PUBLIC_SERVICE"),
}
COMBINATIONS = [
    pytest.param(names, id=", ".join(names) or "none", marks=pytest.mark.slow if count == 2 else ())
    for count in (0, 1, 2, 6)
    for names in combinations(VALUES, count)
]
"""Each is a statement of its own, which the database must plan."""


@pytest.mark.parametrize("names", COMBINATIONS)
def test_filters_and_their_combinations(client: Client, names: tuple[str, ...]) -> None:
    for values in product(*(VALUES[name] for name in names)):
        filters = dict.fromkeys(VALUES) | dict(zip(names, values, strict=True))
        page = ask(client, WHAT, person("filtered"), **filters)
        found = [(node["measure"]["code"], [ground["via"] for ground in node["grounds"]]) for node in page["nodes"]]
        assert found == expected(filters), filters
        assert page["totalCount"] == len(found), filters


def test_a_filter_leaves_the_items_of_a_measure_alone(client: Client) -> None:
    (node,) = ask(client, WHAT, person("filtered"), powerItem="trade", scene="FISCAL_FUNDS")["nodes"]
    assert node["measure"]["code"] == "b3"
    assert [item["code"] for item in node["powerItems"]] == ["above", "below", "trade"]


@pytest.mark.parametrize(
    "filters", [{"agency": "no such"}, {"powerItem": "no such"}, {"agency": "A1", "powerItem": "no such"}]
)
def test_an_unknown_code_in_a_filter_is_an_error(client: Client, filters: dict[str, str]) -> None:
    """Even if nothing applies that could be filtered."""
    for subject, day in ((person("filtered"), DAY), (person("filtered"), "2009-12-31"), (organization("firm"), DAY)):
        (error,) = client.answer(WHAT, subject=subject, day=day, **filters)["errors"]
        assert error["path"] == ["subject", "applicableMeasures"]
        assert error["extensions"]["code"] == "NOT_FOUND"
        assert "no such" in error["message"]


def test_an_unknown_subject_is_null_whatever_the_filter(client: Client) -> None:
    assert client.ask(WHAT, subject="91350100M000100Y43")["subject"] is None


def test_order_is_by_code_point(client: Client) -> None:
    selection = """
      applicableMeasures { nodes { measure { code agencies { code } } powerItems { code } } }
      applicableAgencies { agency { code } measures { code } }
    """
    query = f"query ($s: String!) {{ subject(identifier: $s) {{ {selection} }} }}"
    answer = client.ask(query, s=organization("ordered"))["subject"]
    measures, departments = answer["applicableMeasures"]["nodes"], answer["applicableAgencies"]
    lists = [[node["measure"] for node in measures], [row["agency"] for row in departments]]
    lists += [node["powerItems"] for node in measures] + [node["measure"]["agencies"] for node in measures]
    lists += [row["measures"] for row in departments]
    assert len(lists) == 2 + 3 * len(BY_CODE_POINT)
    for found in lists:
        assert [node["code"] for node in found] == BY_CODE_POINT


def walk(page_after: Callable[[str | None], dict[str, Any]], first: int) -> list[dict[str, Any]]:
    """The edges of all pages by endCursor, with the page info of each page checked."""
    walked: list[dict[str, Any]] = []
    for page in pages(page_after):
        edges, info = page["edges"], page["pageInfo"]
        assert len(edges) <= first
        assert [edge["node"] for edge in edges] == page["nodes"]
        assert info["hasPreviousPage"] is bool(walked)
        assert (info["startCursor"], info["endCursor"]) == (
            (edges[0]["cursor"], edges[-1]["cursor"]) if edges else (None, None)
        )
        walked += edges
        assert len(edges) == first or not info["hasNextPage"]
    return walked


@pytest.mark.parametrize("first", [1, 2, 3, 8, 9, 1000])
@pytest.mark.parametrize("count", [True, False])
@pytest.mark.parametrize(
    "filters", [{}, {"color": "BLACK"}, {"via": "DIRECT"}, {"agency": "A2", "scene": "FISCAL_FUNDS"}]
)
@pytest.mark.parametrize("subject", [person("filtered"), organization("ordered")], ids=["filtered", "ordered"])
def test_pages(client: Client, subject: str, filters: dict[str, str], count: bool, first: int) -> None:
    """Pages of any size add up to the whole, with and without a count."""
    whole = ask(client, PAGE, subject, first=1000, **filters)
    assert whole["totalCount"] == len(whole["edges"])
    assert len({edge["cursor"] for edge in whole["edges"]}) == len(whole["edges"])

    def page_after(after: str | None) -> Any:
        page = ask(client, PAGE, subject, first=first, after=after, count=count, **filters)
        assert page.get("totalCount") == (whole["totalCount"] if count else None)
        return page

    assert walk(page_after, first) == whole["edges"]


def test_any_edge_can_be_gone_on_from(client: Client) -> None:
    edges = ask(client, PAGE, person("filtered"))["edges"]
    for n, edge in enumerate(edges):
        assert ask(client, PAGE, person("filtered"), after=edge["cursor"])["edges"] == edges[n + 1 :]
    # A cursor is a position: it is valid under another filter, even if its own measure is filtered out.
    assert ask(client, PAGE, person("filtered"), after=edges[0]["cursor"], color="RED")["edges"] == edges[5:]


def test_empty_pages(client: Client) -> None:
    none = ask(client, PAGE, person("filtered"), first=0)
    assert (none["totalCount"], none["edges"], none["nodes"]) == (9, [], [])
    assert none["pageInfo"] == {"hasNextPage": True, "hasPreviousPage": False, "startCursor": None, "endCursor": None}
    last = ask(client, PAGE, person("filtered"))["pageInfo"]["endCursor"]
    beyond = ask(client, PAGE, person("filtered"), after=last)
    assert (beyond["totalCount"], beyond["edges"]) == (9, [])
    assert beyond["pageInfo"] == {"hasNextPage": False, "hasPreviousPage": True, "startCursor": None, "endCursor": None}


def test_twenty_by_default(client: Client) -> None:
    query = "query ($s: String!) { subject(identifier: $s) { applicableMeasures { nodes { measure { code } } } } }"
    assert len(client.ask(query, s=organization("many"))["subject"]["applicableMeasures"]["nodes"]) == 20
