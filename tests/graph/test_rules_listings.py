"""Rules 1, 2, 3 and 8: the measures that a subject's own listings bring, and on which days.

Each case of one small dataset stands beside its test; most dates are DAY, and the tests query the days around it.
"""

from typing import Any

import pytest

from graph.calendar import today
from tests.conftest import Graph
from tests.support.client import Client
from tests.support.rows import Rows

BEFORE, DAY, AFTER, LATER = "2018-09-30", "2018-10-01", "2018-10-02", "2019-10-01"
KINDS = ("LEGAL_PERSON", "INDIVIDUAL_BUSINESS", "UNINCORPORATED_ORGANIZATION", "NATURAL_PERSON")
ROLES = ("LEGAL_REPRESENTATIVE", "ACTUAL_CONTROLLER", "EXECUTIVE", "DIRECTLY_RESPONSIBLE")
NATURES = ("REWARD", "ASSISTANCE", "PUBLICITY", "SUPERVISION", "REFERENCE", "RESTRICTION", "PROHIBITION")

ROWS = Rows()
add, organization, person, listed = ROWS.add, ROWS.organization, ROWS.person, ROWS.listed

# The memorandum "targets" has one measure for every kind of subject and for every role, and governs a black list of the
# same code. "natures" has one measure of every nature, and governs "red" and "black".
for target in (*KINDS, *ROLES):
    add("measures", code=target, memorandum_code="targets", nature="PROHIBITION", targets=[target])
for nature in NATURES:
    add("measures", code=nature, memorandum_code="natures", nature=nature)
for code in ("targets", "natures"):
    add("memoranda", code=code)
for code, color, governing in (
    ("targets", "BLACK", "targets"), ("red", "RED", "natures"), ("black", "BLACK", "natures"),
    ("ungoverned", "BLACK", ""), ("both", "BLACK", ["natures", "targets", "ends"]),
):  # fmt: skip
    add("credit_lists", code=code, color=color, memoranda=governing)


@pytest.fixture(scope="module", autouse=True)
def dataset(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> None:
    graph.hold(ROWS.write(tmp_path_factory.mktemp("grounds")))


ASKED = """
query ($subject: String!, $day: Date, $color: ListColor, $via: Via, $natures: [MeasureNature!]) {
  subject(identifier: $subject) {
    standing(asOf: $day)
    listings(asOf: $day) { listingNo }
    affiliations(asOf: $day) { role organization { name } since until }
    applicableMeasures(asOf: $day, color: $color, via: $via, natures: $natures, first: 100) {
      nodes {
        measure { code }
        grounds {
          via listing { listingNo } list { code } memorandum { code }
          affiliation { role organization { name } since until }
        }
      }
    }
  }
}
"""


def ask(client: Client, subject: str, day: str | None, **filters: Any) -> Any:
    return client.ask(ASKED, subject=subject, day=day, **filters)["subject"]


def measures(client: Client, subject: str, day: str | None = DAY, **filters: Any) -> list[str]:
    answer = ask(client, subject, day, **filters)
    return [applicable["measure"]["code"] for applicable in answer["applicableMeasures"]["nodes"]]


def grounds(
    client: Client, subject: str, measure: str, day: str | None = DAY, **filters: Any
) -> list[tuple[str | None, ...]]:
    """Via, listing, list, memorandum, and the role, organisation name and first day of the affiliation."""
    nodes = ask(client, subject, day, **filters)["applicableMeasures"]["nodes"]
    (applicable,) = (node for node in nodes if node["measure"]["code"] == measure)
    flat = []
    for ground in applicable["grounds"]:
        affiliation = ground["affiliation"]
        role = (affiliation["role"], affiliation["organization"]["name"], affiliation["since"]) if affiliation else ()
        why = (ground["via"], ground["listing"]["listingNo"], ground["list"]["code"], ground["memorandum"]["code"])
        flat.append((*why, *role))
    return flat


# Rule 1: a listing is active from listed_on up to, not including, expires_on and removed_on.

LISTINGS: dict[str, tuple[dict[str, str], dict[str, bool]]] = {
    "open": ({}, {"2009-12-31": False, "2010-01-01": True, "9999-12-31": True}),
    "begins": ({"listed_on": DAY}, {BEFORE: False, DAY: True, AFTER: True}),
    "expires": ({"expires_on": DAY}, {BEFORE: True, DAY: False, AFTER: False}),
    "removed": ({"removed_on": DAY}, {BEFORE: True, DAY: False, AFTER: False}),
    "expires first": ({"expires_on": DAY, "removed_on": LATER}, {BEFORE: True, DAY: False, LATER: False}),
    "removed first": ({"expires_on": LATER, "removed_on": DAY}, {BEFORE: True, DAY: False, LATER: False}),
    "one day": ({"listed_on": DAY, "expires_on": AFTER}, {BEFORE: False, DAY: True, AFTER: False}),
    "no day": ({"listed_on": DAY, "removed_on": DAY}, {BEFORE: False, DAY: False, AFTER: False}),
}
for name, (dates, _) in LISTINGS.items():
    listed(organization(name), name, "targets", **dates)


@pytest.mark.parametrize(("name", "day"), [(name, day) for name, (_, days) in LISTINGS.items() for day in days])
def test_rule_1_active_listing(client: Client, name: str, day: str) -> None:
    active = LISTINGS[name][1][day]
    answer = ask(client, organization(name), day)
    assert answer["listings"] == ([{"listingNo": name}] if active else [])
    assert answer["standing"] == ("BLACK" if active else "CLEAR")
    assert bool(answer["applicableMeasures"]["nodes"]) is active


now = today()
listed(organization("today"), "until today", "targets", expires_on=now)
listed(organization("today"), "from today", "targets", listed_on=now)


def test_as_of_is_today_by_default(client: Client) -> None:
    subject = organization("today")
    if today() == now:
        assert ask(client, subject, None)["listings"] == [{"listingNo": "from today"}]
        assert grounds(client, subject, "LEGAL_PERSON", None) == [("DIRECT", "from today", "targets", "targets")]
    assert ask(client, subject, None) == ask(client, subject, today().isoformat())
    query = '{ first: memorandum(code: "begins") { inForce } last: memorandum(code: "ends") { inForce } }'
    assert client.ask(query) == {"first": {"inForce": True}, "last": {"inForce": False}}


for number, code, dates in (
    ("c", "red", {"listed_on": DAY}), ("a", "black", {"removed_on": DAY}), ("b", "black", {}), ("d", "red", {}),
):  # fmt: skip
    listed(organization("all sorts"), number, code, **dates)


@pytest.mark.parametrize(
    ("day", "arguments", "numbers"),
    [
        (BEFORE, "", "abd"),
        (DAY, "", "bcd"),
        (DAY, "color: BLACK", "b"),
        (DAY, "color: RED", "cd"),
        (BEFORE, "color: RED", "d"),
        (DAY, "includeInactive: true", "abcd"),
        (BEFORE, "includeInactive: true, color: BLACK", "ab"),
        (BEFORE, "includeInactive: true, color: RED", "cd"),
        (DAY, "includeInactive: false, color: null", "bcd"),
    ],
)
def test_listings_and_their_arguments(client: Client, day: str, arguments: str, numbers: str) -> None:
    field = f"subject(identifier: $s) {{ listings(asOf: $d, {arguments}) {{ listingNo }} }}"
    answer = client.ask(f"query ($s: String!, $d: Date) {{ {field} }}", s=organization("all sorts"), d=day)
    assert [listing["listingNo"] for listing in answer["subject"]["listings"]] == list(numbers)


# Rule 2: a memorandum is in force from effective_from up to, not including, effective_to, and never once a memorandum
# that supersedes it has taken effect, whatever happens to that one later.

MEMORANDA: dict[str, tuple[dict[str, str], dict[str, bool]]] = {
    "open": ({}, {"2009-12-31": False, "2010-01-01": True, "9999-12-31": True}),
    "begins": ({"effective_from": DAY}, {BEFORE: False, DAY: True, AFTER: True}),
    "ends": ({"effective_to": DAY}, {BEFORE: True, DAY: False, AFTER: False}),
    "one day": ({"effective_from": DAY, "effective_to": AFTER}, {BEFORE: False, DAY: True, AFTER: False}),
    "no day": ({"effective_from": DAY, "effective_to": DAY}, {BEFORE: False, DAY: False, AFTER: False}),
    "old": ({}, {BEFORE: True, DAY: False, AFTER: False, LATER: False}),
    "new": ({"effective_from": DAY, "effective_to": LATER, "supersedes": "old"}, {DAY: True, LATER: False}),
    "first": ({}, {"2011-12-31": True, "2012-01-01": False, DAY: False}),
    "second": ({"effective_from": "2012-01-01", "supersedes": "first"}, {"2012-01-01": True, BEFORE: True, DAY: False}),
    "third": ({"effective_from": DAY, "supersedes": "second"}, {BEFORE: False, DAY: True}),
    "twice": ({}, {BEFORE: True, DAY: False, LATER: False}),
    "later one": ({"effective_from": LATER, "supersedes": "twice"}, {DAY: False, LATER: True}),
    "earlier one": ({"effective_from": DAY, "effective_to": AFTER, "supersedes": "twice"}, {DAY: True, AFTER: False}),
    "never": ({"effective_from": DAY}, {BEFORE: False, DAY: False, AFTER: False}),
    "before it": ({"effective_from": "2009-01-01", "supersedes": "never"}, {"2009-01-01": True, DAY: True}),
}  # fmt: skip
add("power_items", code="item")
for code, (dates, _) in MEMORANDA.items():
    add("memoranda", code=code, **dates)
    add("credit_lists", code=code, color="BLACK", memoranda=code)
    add("measures", code=code, memorandum_code=code, nature="RESTRICTION", power_items="item")
    listed(organization(f"under {code}"), f"under {code}", code, listed_on="2000-01-01")

RULE_2 = """
query ($code: String!, $day: Date!, $subject: String!) {
  memorandum(code: $code) { inForce(on: $day) }
  powerItem(code: "item") { measures(inForceOn: $day) { code } }
  subject(identifier: $subject) { standing(asOf: $day) advice(powerItem: "item", asOf: $day) }
}
"""


@pytest.mark.parametrize(("code", "day"), [(code, day) for code, (_, days) in MEMORANDA.items() for day in days])
def test_rule_2_memorandum_in_force(client: Client, code: str, day: str) -> None:
    subject, in_force = organization(f"under {code}"), MEMORANDA[code][1][day]
    answer = client.ask(RULE_2, code=code, day=day, subject=subject)
    assert answer["memorandum"]["inForce"] is in_force
    assert ({"code": code} in answer["powerItem"]["measures"]) is in_force
    assert answer["subject"] == {"standing": "BLACK", "advice": "RESTRICT" if in_force else "CLEAR"}
    assert measures(client, subject, day) == ([code] if in_force else [])


def test_superseding(client: Client) -> None:
    query = "query ($c: String!) { memorandum(code: $c) { supersedes { code } supersededBy { code } } }"
    for code, expected in {
        "first": (None, "second"), "second": ("first", "third"), "third": ("second", None),
        "twice": (None, "earlier one"),
    }.items():  # fmt: skip
        answer = client.ask(query, c=code)["memorandum"]
        assert tuple(end and end["code"] for end in (answer["supersedes"], answer["supersededBy"])) == expected


# Rule 3: a direct ground needs a kind that the measure targets, and a nature that fits the colour of the list.

for kind in KINDS:
    subject = person(kind) if kind == "NATURAL_PERSON" else organization(kind, kind=kind)
    listed(subject, kind, "targets")


@pytest.mark.parametrize("kind", KINDS)
def test_rule_3_kind(client: Client, kind: str) -> None:
    subject = person(kind) if kind == "NATURAL_PERSON" else organization(kind)
    assert measures(client, subject) == [kind]
    assert grounds(client, subject, kind) == [("DIRECT", kind, "targets", "targets")]


for name in ("red", "black", "ungoverned"):
    listed(organization(name), name, name)


def test_rule_3_colour_fits_nature(client: Client) -> None:
    assert measures(client, organization("red")) == ["REWARD"]
    assert measures(client, organization("black")) == sorted(set(NATURES) - {"REWARD"})
    assert measures(client, organization("ungoverned")) == []
    assert [ask(client, organization(name), DAY)["standing"] for name in ("red", "black", "ungoverned")] == [
        "RED", "BLACK", "BLACK",
    ]  # fmt: skip


listed(organization("both"), "on both", "both")


def test_rule_3_every_memorandum_that_governs_the_list(client: Client) -> None:
    black = {nature for nature in NATURES if nature != "REWARD"} | {"LEGAL_PERSON"}
    assert measures(client, organization("both"), BEFORE) == sorted({*black, "ends"})
    assert measures(client, organization("both"), DAY) == sorted(black)
    assert grounds(client, organization("both"), "LEGAL_PERSON") == [("DIRECT", "on both", "both", "targets")]


# Rule 8: only from direct active listings.

listed(organization("changes"), "red of changes", "red", listed_on=BEFORE, expires_on=LATER)
listed(organization("changes"), "black of changes", "ungoverned", listed_on=DAY)
add("affiliations", person=organization("changes"), organization=organization("black"), until=BEFORE)
add("affiliations", person=organization("works"), organization=organization("black"))
add("affiliations", person=organization("works"), organization=organization("red"))


@pytest.mark.parametrize(
    ("name", "day", "standing"),
    [
        ("changes", "2018-09-29", "CLEAR"), ("changes", BEFORE, "RED"), ("changes", DAY, "MIXED"),
        ("changes", LATER, "BLACK"), ("works", DAY, "CLEAR"), ("ungoverned", DAY, "BLACK"), ("all sorts", DAY, "MIXED"),
    ],
)  # fmt: skip
def test_rule_8_standing(client: Client, name: str, day: str, standing: str) -> None:
    assert ask(client, organization(name), day)["standing"] == standing
