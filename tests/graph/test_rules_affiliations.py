"""Rules 4 and 5: measures that reach a subject through an organisation, all grounds of a measure, and black beats red.

Each case of one small dataset stands beside its test; most dates are DAY, and the tests query the days around it.
"""

from typing import Any

import pytest

from tests.conftest import Graph
from tests.graph.test_rules_listings import AFTER, BEFORE, DAY, LATER, LISTINGS, NATURES, ROLES, ask, grounds, measures
from tests.support.client import Client
from tests.support.rows import Rows

ROWS = Rows()
add, organization, person, listed = ROWS.add, ROWS.organization, ROWS.person, ROWS.listed

# The memorandum "roles" has a measure for every role, "kinds" one for legal and one for natural persons; each governs a
# black list of its code. "natures" has a measure of every nature, for legal persons and executives, and governs "red"
# and "black". Nothing governs "ungoverned".
for target in (*ROLES, "LEGAL_PERSON", "NATURAL_PERSON"):
    memorandum = "roles" if target in ROLES else "kinds"
    add("measures", code=target, memorandum_code=memorandum, nature="PROHIBITION", targets=[target])
for nature in NATURES:
    add("measures", code=nature, memorandum_code="natures", nature=nature, targets=["EXECUTIVE", "LEGAL_PERSON"])
for code in ("roles", "kinds", "natures"):
    add("memoranda", code=code)
for code, color, governing in (
    ("kinds", "BLACK", "kinds"), ("roles", "BLACK", "roles"), ("red", "RED", "natures"), ("black", "BLACK", "natures"),
    ("ungoverned", "BLACK", ""),
):  # fmt: skip
    add("credit_lists", code=code, color=color, memoranda=governing)
for name in ("red", "black"):
    listed(organization(name), name, name)


@pytest.fixture(scope="module", autouse=True)
def dataset(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> None:
    graph.hold(ROWS.write(tmp_path_factory.mktemp("affiliations")))


# Rule 4: the same through an organisation where the subject holds a role that the measure targets, one hop only.

organization("listed")
listed(organization("listed"), "of listed", "roles")
listed(organization("listed"), "kind of listed", "kinds")
for role in ROLES:
    add("affiliations", person=person(role), organization=organization("listed"), role=role)


@pytest.mark.parametrize("role", ROLES)
def test_rule_4_role(client: Client, role: str) -> None:
    answer = ask(client, person(role), DAY)
    assert measures(client, person(role)) == [role]
    assert grounds(client, person(role), role) == [
        ("AFFILIATED", "of listed", "roles", "roles", role, "listed", "2010-01-01")
    ]
    assert answer["standing"] == "CLEAR"
    assert answer["listings"] == []
    assert answer["affiliations"] == [
        {"role": role, "organization": {"name": "listed"}, "since": "2010-01-01", "until": None}
    ]


PERIODS: dict[str, tuple[dict[str, str], dict[str, bool]]] = {
    "from": ({"since": DAY}, {BEFORE: False, DAY: True, AFTER: True}),
    "up to": ({"until": DAY}, {BEFORE: True, DAY: False, AFTER: False}),
    "a day": ({"since": DAY, "until": AFTER}, {BEFORE: False, DAY: True, AFTER: False}),
    "never": ({"since": DAY, "until": DAY}, {BEFORE: False, DAY: False, AFTER: False}),
}
for name, (dates, _) in PERIODS.items():
    add("affiliations", person=person(f"held {name}"), organization=organization("listed"), **dates)


@pytest.mark.parametrize(("name", "day"), [(name, day) for name, (_, days) in PERIODS.items() for day in days])
def test_rule_4_period(client: Client, name: str, day: str) -> None:
    active = PERIODS[name][1][day]
    assert measures(client, person(f"held {name}"), day) == (["EXECUTIVE"] if active else [])
    assert bool(ask(client, person(f"held {name}"), day)["affiliations"]) is active


for name, (dates, _) in LISTINGS.items():
    listed(organization(f"employer, {name}"), f"employer, {name}", "roles", **dates)
    add("affiliations", person=person(f"employed, {name}"), organization=organization(f"employer, {name}"))


@pytest.mark.parametrize(("name", "day"), [(name, day) for name, (_, days) in LISTINGS.items() for day in days])
def test_rule_4_needs_an_active_listing(client: Client, name: str, day: str) -> None:
    active = LISTINGS[name][1][day] and day > "2010"
    assert measures(client, person(f"employed, {name}"), day) == (["EXECUTIVE"] if active else [])


for since, until in (("2012-01-01", DAY), (DAY, ""), ("2013-01-01", "2014-01-01"), ("2013-06-01", "2015-01-01")):
    add("affiliations", person=person("again"), organization=organization("listed"), since=since, until=until)


@pytest.mark.parametrize(
    ("day", "since"),
    [
        ("2011-12-31", []), ("2013-12-31", ["2012-01-01", "2013-01-01", "2013-06-01"]), (BEFORE, ["2012-01-01"]),
        (DAY, [DAY]),
    ],
)  # fmt: skip
def test_rule_4_one_role_in_several_periods(client: Client, day: str, since: list[str]) -> None:
    """Each active affiliation is a ground; adjacent periods never count twice."""
    assert measures(client, person("again"), day) == (["EXECUTIVE"] if since else [])
    if since:
        assert [ground[-1] for ground in grounds(client, person("again"), "EXECUTIVE", day)] == since
    assert [affiliation["since"] for affiliation in ask(client, person("again"), day)["affiliations"]] == since


add("affiliations", person=person("two hops"), organization=organization("between"), role="LEGAL_REPRESENTATIVE")
add("affiliations", person=organization("between"), organization=organization("listed"), role="ACTUAL_CONTROLLER")
listed(person("bad man"), "of bad man", "roles")
listed(person("bad man"), "kind of bad man", "kinds")
add("affiliations", person=person("bad man"), organization=organization("his company"), role="LEGAL_REPRESENTATIVE")
add("affiliations", person=organization("his company"), organization=organization("below"), role="ACTUAL_CONTROLLER")


def test_rule_4_one_hop_only(client: Client) -> None:
    assert measures(client, organization("between")) == ["ACTUAL_CONTROLLER"]
    assert measures(client, person("two hops")) == []
    assert ask(client, person("two hops"), DAY)["standing"] == "CLEAR"


def test_rule_4_does_not_run_from_the_holder_to_the_organisation(client: Client) -> None:
    assert measures(client, person("bad man")) == ["NATURAL_PERSON"]
    assert measures(client, organization("his company")) == []
    assert measures(client, organization("below")) == []


# Rule 5: once for each measure, with all its grounds; and black beats red.

add("credit_lists", code="all", color="BLACK", memoranda=["roles", "either", "kinds"])
add("credit_lists", code="either", color="BLACK", memoranda=["either"])
add("memoranda", code="either")
add("measures", code="either", memorandum_code="either", nature="SUPERVISION", targets=["EXECUTIVE", "NATURAL_PERSON"])
for number, code in (("z", "either"), ("y", "all")):
    listed(person("many"), f"many {number}", code)
    listed(organization("employs many"), f"employs {number}", code)
for role in ("EXECUTIVE", "DIRECTLY_RESPONSIBLE"):
    add("affiliations", person=person("many"), organization=organization("employs many"), role=role)


def test_rule_5_once_with_all_grounds(client: Client) -> None:
    assert measures(client, person("many")) == ["DIRECTLY_RESPONSIBLE", "EXECUTIVE", "NATURAL_PERSON", "either"]
    assert grounds(client, person("many"), "either") == [
        ("DIRECT", "many y", "all", "either"),
        ("DIRECT", "many z", "either", "either"),
        ("AFFILIATED", "employs y", "all", "either", "EXECUTIVE", "employs many", "2010-01-01"),
        ("AFFILIATED", "employs z", "either", "either", "EXECUTIVE", "employs many", "2010-01-01"),
    ]
    assert grounds(client, person("many"), "either", via="DIRECT") == [
        ("DIRECT", "many y", "all", "either"), ("DIRECT", "many z", "either", "either"),
    ]  # fmt: skip
    assert measures(client, person("many"), via="AFFILIATED") == ["DIRECTLY_RESPONSIBLE", "EXECUTIVE", "either"]


# A red list of its own, a black one from DAY that nothing governs, and a role at a red and a black organisation.
listed(organization("beaten"), "red of beaten", "red")
listed(organization("beaten"), "black of beaten", "ungoverned", listed_on=DAY, removed_on=LATER)
add("affiliations", person=organization("beaten"), organization=organization("red"))
add("affiliations", person=organization("unbeaten"), organization=organization("red"))
add("affiliations", person=organization("unbeaten"), organization=organization("black"))
listed(organization("unbeaten"), "red of unbeaten", "red")


def test_rule_5_black_beats_red(client: Client) -> None:
    subject = organization("beaten")
    for day, beaten in ((BEFORE, False), (DAY, True), (AFTER, True), (LATER, False)):
        assert measures(client, subject, day) == ([] if beaten else ["REWARD"])
    assert [ground[0] for ground in grounds(client, subject, "REWARD", BEFORE)] == ["DIRECT", "AFFILIATED"]


@pytest.mark.parametrize(
    "filters",
    [
        {"color": "RED"}, {"via": "AFFILIATED"}, {"via": "DIRECT"}, {"natures": ["REWARD"]},
        {"color": "RED", "via": "AFFILIATED"},
    ],
)  # fmt: skip
def test_rule_5_no_filter_lifts_it(client: Client, filters: dict[str, Any]) -> None:
    assert measures(client, organization("beaten"), BEFORE, **filters) == ["REWARD"]
    assert measures(client, organization("beaten"), DAY, **filters) == []


def test_rule_5_black_of_others_beats_nothing(client: Client) -> None:
    assert measures(client, organization("unbeaten")) == sorted(NATURES)
    assert measures(client, organization("unbeaten"), color="RED") == ["REWARD"]
    assert measures(client, organization("unbeaten"), color="BLACK") == sorted(set(NATURES) - {"REWARD"})


# Order: grounds by DIRECT before AFFILIATED, listing number, memorandum, role, organisation; text by code point.

# By UTF-16 unit U+20BB7 would come before U+FA0E, by any collation "a" before "B", and as a number 9 before 10.
BY_CODE_POINT = ["10", "9", "B", "a", "\ufa0e", "\U00020bb7"]
for number in reversed(BY_CODE_POINT):
    listed(organization("in order"), number, "all")
for name in ("second", "first"):
    organization(name)
for name, role in (("first", "LEGAL_REPRESENTATIVE"), ("first", "EXECUTIVE"), ("second", "LEGAL_REPRESENTATIVE")):
    add("affiliations", person=person("in order"), organization=organization(name), role=role)
add("memoranda", code="a memorandum")
add("measures", code="any role", memorandum_code="a memorandum", nature="REFERENCE", targets=[*ROLES, "NATURAL_PERSON"])
add("credit_lists", code="any role", color="BLACK", memoranda=["a memorandum"])
listed(organization("first"), "\ufa0e of first", "any role")
listed(organization("second"), "\U00020bb7 of second", "any role")
listed(person("in order"), "\U0001f600 own", "any role")


def test_order_of_listings(client: Client) -> None:
    answer = ask(client, organization("in order"), DAY)
    assert [listing["listingNo"] for listing in answer["listings"]] == BY_CODE_POINT
    assert [ground[1] for ground in grounds(client, organization("in order"), "LEGAL_PERSON")] == BY_CODE_POINT


def test_order_of_grounds(client: Client) -> None:
    """The organisation called second comes first in the dataset, so its code is the smaller one."""
    assert [(ground[0], *ground[4:6]) for ground in grounds(client, person("in order"), "any role")] == [
        ("DIRECT",),
        ("AFFILIATED", "EXECUTIVE", "first"),
        ("AFFILIATED", "LEGAL_REPRESENTATIVE", "first"),
        ("AFFILIATED", "LEGAL_REPRESENTATIVE", "second"),
    ]
    affiliations = ask(client, person("in order"), DAY)["affiliations"]
    assert [(affiliation["role"], affiliation["organization"]["name"]) for affiliation in affiliations] == [
        ("EXECUTIVE", "first"), ("LEGAL_REPRESENTATIVE", "second"), ("LEGAL_REPRESENTATIVE", "first"),
    ]  # fmt: skip
