"""Rule 10: the paths from a subject to the offices that act, step by step, with filters and in pages."""

from typing import Any

import pytest

from tests.conftest import Graph
from tests.graph.test_rules_filters import walk
from tests.graph.test_rules_listings import DAY
from tests.support.client import Client
from tests.support.rows import Rows

ROWS = Rows()
add, organization, person, listed = ROWS.add, ROWS.organization, ROWS.person, ROWS.listed

# Items: city > county > town, and city > other county; the measure "to items" names two of them.
for n in range(2, 7):
    add("agencies", code=f"A{n}")
for code, agency in (("county desk", "A4"), ("city desk", "A3")):
    add("divisions", code=code, agency_code=agency)
for code, origin, agency, division in (
    ("town", "county", "A5", ""), ("county", "city", "A4", "county desk"), ("other county", "city", "A4", ""),
    ("city", "", "A3", "city desk"), ("apart", "", "A2", ""),
):  # fmt: skip
    add("power_items", code=code, devolved_from=origin, agency_code=agency, division_code=division)
add("memoranda", code="paths")
add("credit_lists", code="paths", color="BLACK", memoranda="paths")
add("credit_lists", code="also paths", color="BLACK", memoranda="paths")
add("measures", code="to items", memorandum_code="paths", nature="PROHIBITION", power_items=["city", "county"],
    targets=["LEGAL_PERSON", "ACTUAL_CONTROLLER", "EXECUTIVE"], legal_bases=["乙法", "甲法"])  # fmt: skip
add("measures", code="to agencies", memorandum_code="paths", nature="ASSISTANCE", agencies=["A5", "A2"])
listed(organization("walked"), "2 walked", "paths")
listed(organization("walked"), "1 walked", "also paths")
listed(organization("clear"), "ended", "paths", removed_on=DAY)
for role in ("EXECUTIVE", "ACTUAL_CONTROLLER"):
    add("affiliations", person=person("walks"), organization=organization("walked"), role=role)


@pytest.fixture(scope="module", autouse=True)
def dataset(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> None:
    graph.hold(ROWS.write(tmp_path_factory.mktemp("paths")))


PATHS = """
query ($subject: String!, $day: Date, $item: String, $agency: String, $first: Int, $after: String) {
  measurePaths(subject: $subject, asOf: $day, powerItem: $item, agency: $agency, first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor node { ...path } }
    nodes { ...path }
  }
}
fragment path on MeasurePath {
  ground { via listing { listingNo } list { code } memorandum { code } affiliation { role organization { name } } }
  measure { code } powerItem { code } division { code } agency { code } legalBases
  steps {
    relationship
    node {
      __typename id
      ... on Entity { name } ... on Listing { listingNo } ... on CreditList { code } ... on Memorandum { code }
      ... on Measure { code } ... on PowerItem { code } ... on Division { code } ... on Agency { code }
    }
  }
}
"""


def ends(client: Client, subject: str, **arguments: Any) -> list[tuple[Any, ...]]:
    """Listing, measure, item, division and agency of every path."""
    found = client.ask(PATHS, subject=subject, day=DAY, first=1000, **arguments)["measurePaths"]
    assert found["totalCount"] == len(found["nodes"])
    return [
        (
            path["ground"]["listing"]["listingNo"],
            path["measure"]["code"],
            *(path[end] and path[end]["code"] for end in ("powerItem", "division", "agency")),
        )
        for path in found["nodes"]
    ]


TO_AGENCIES = [("to agencies", None, None, "A2"), ("to agencies", None, None, "A5")]
TO_ITEMS = [
    ("to items", "city", "city desk", "A3"), ("to items", "county", "county desk", "A4"),
    ("to items", "other county", None, "A4"), ("to items", "town", None, "A5"),
]  # fmt: skip


def test_rule_10_paths(client: Client) -> None:
    one = [*TO_AGENCIES, *TO_ITEMS]
    assert ends(client, organization("walked")) == [
        (number, *end) for number in ("1 walked", "2 walked") for end in one
    ]


@pytest.mark.parametrize(
    ("arguments", "kept"),
    [
        ({"item": "town"}, [TO_ITEMS[3]]),
        ({"item": "apart"}, []),
        ({"agency": "A5"}, [TO_AGENCIES[1], TO_ITEMS[3]]),
        ({"agency": "A4"}, TO_ITEMS[1:3]),
        ({"agency": "A4", "item": "county"}, [TO_ITEMS[1]]),
        ({"agency": "A4", "item": "city"}, []),
        ({"agency": "A6"}, []),
    ],
)
def test_rule_10_filters(client: Client, arguments: dict[str, str], kept: list[tuple[Any, ...]]) -> None:
    expected = [(number, *end) for number in ("1 walked", "2 walked") for end in kept]
    assert ends(client, organization("walked"), **arguments) == expected


@pytest.mark.parametrize(
    "arguments", [{"item": "no such"}, {"agency": "no such"}, {"item": "city", "agency": "no such"}]
)
def test_rule_10_an_unknown_code_is_an_error(client: Client, arguments: dict[str, str]) -> None:
    body = client.answer(PATHS, subject=organization("walked"), **arguments)
    (error,) = body["errors"]
    assert (error["path"], error["extensions"]["code"]) == (["measurePaths"], "NOT_FOUND")
    assert "no such" in error["message"]


def test_rule_10_unknown_and_clear_subjects(client: Client) -> None:
    assert ends(client, organization("clear")) == []
    (error,) = client.answer(PATHS, subject="91350100M000100Y43")["errors"]
    assert (error["path"], error["extensions"]["code"]) == (["measurePaths"], "NOT_FOUND")
    assert "91350100M000100Y43" in error["message"]


def steps(path: dict[str, Any]) -> list[tuple[str | None, str, str]]:
    """Relationship, type, and name, number or code of every step."""
    return [
        (
            step["relationship"],
            step["node"]["__typename"],
            next(step["node"][key] for key in ("name", "listingNo", "code") if key in step["node"]),
        )
        for step in path["steps"]
    ]


def test_rule_10_steps(client: Client) -> None:
    paths = client.ask(PATHS, subject=organization("walked"), day=DAY)["measurePaths"]["nodes"]
    start = [
        (None, "Entity", "walked"), ("HAS_LISTING", "Listing", "1 walked"), ("ON_LIST", "CreditList", "also paths"),
        ("GOVERNS", "Memorandum", "paths"),
    ]  # fmt: skip
    found = {(path["measure"]["code"], path["powerItem"] and path["powerItem"]["code"]): path for path in paths[:6]}
    items = [*start, ("PRESCRIBES", "Measure", "to items")]
    assert steps(found["to items", "county"]) == [
        *items, ("GATES", "PowerItem", "county"), ("HANDLED_BY", "Division", "county desk"),
        ("DIVISION_OF", "Agency", "A4"),
    ]  # fmt: skip
    assert steps(found["to items", "other county"]) == [
        *items, ("GATES", "PowerItem", "other county"), ("EXERCISED_BY", "Agency", "A4"),
    ]  # fmt: skip
    assert steps(paths[0]) == [
        *start, ("PRESCRIBES", "Measure", "to agencies"), ("IMPLEMENTED_BY", "Agency", "A2"),
    ]  # fmt: skip
    assert found["to items", "county"]["legalBases"] == ["乙法", "甲法"]
    assert paths[0]["legalBases"] == []
    assert paths[0]["ground"] == {
        "via": "DIRECT", "listing": {"listingNo": "1 walked"}, "list": {"code": "also paths"},
        "memorandum": {"code": "paths"}, "affiliation": None,
    }  # fmt: skip


def test_rule_10_through_an_organisation(client: Client) -> None:
    """One path per role, because the role is part of the ground; the measure for legal persons has no path."""
    paths = client.ask(PATHS, subject=person("walks"), day=DAY, agency="A5")["measurePaths"]["nodes"]
    assert [(path["ground"]["listing"]["listingNo"], path["ground"]["affiliation"]["role"]) for path in paths] == [
        (number, role) for number in ("1 walked", "2 walked") for role in ("ACTUAL_CONTROLLER", "EXECUTIVE")
    ]
    assert {path["ground"]["affiliation"]["organization"]["name"] for path in paths} == {"walked"}
    assert steps(paths[3]) == [
        (None, "Entity", "walks"), ("AFFILIATED_WITH", "Entity", "walked"), ("HAS_LISTING", "Listing", "2 walked"),
        ("ON_LIST", "CreditList", "paths"), ("GOVERNS", "Memorandum", "paths"), ("PRESCRIBES", "Measure", "to items"),
        ("GATES", "PowerItem", "town"), ("EXERCISED_BY", "Agency", "A5"),
    ]  # fmt: skip


@pytest.mark.parametrize("first", [1, 2, 3, 5, 1000])
@pytest.mark.parametrize("filters", [{}, {"agency": "A4"}])
@pytest.mark.parametrize("subject", [organization("walked"), person("walks")], ids=["listed", "affiliated"])
def test_pages_of_paths(client: Client, subject: str, filters: dict[str, str], first: int) -> None:
    """Paths that differ only in the role have different cursors."""
    whole = client.ask(PATHS, subject=subject, day=DAY, **filters)["measurePaths"]
    assert whole["totalCount"] == len(whole["nodes"]) > 3
    variables = {"subject": subject, "day": DAY, "first": first} | filters
    assert walk(lambda after: client.ask(PATHS, **variables, after=after)["measurePaths"], first) == whole["edges"]
