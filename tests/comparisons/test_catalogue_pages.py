"""The catalogue's connections, compared with the oracle over generated datasets; and stable cursors."""

from collections.abc import Iterator, Sequence
from itertools import product
from random import Random
from typing import Any

import pytest

from tests.comparisons.comparing import SEEDS, codes, generated, id_of
from tests.conftest import Graph
from tests.oracle import catalogue as catalogue
from tests.oracle.rules import Reading
from tests.support.chance import AS_OF, SCENES
from tests.support.client import Client, pages

LEVELS = ("NATIONAL", "PROVINCE", "CITY", "COUNTY")
COUNTED = "totalCount nodes { code } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"


@pytest.fixture(scope="module", params=SEEDS)
def reading(request: pytest.FixtureRequest, graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    return generated(request.param, graph, tmp_path_factory)


def codes_on_pages(client: Client, field: str, arguments: str, size: int, *, backward: bool = False) -> list[str]:
    """The codes on all pages of a connection, in the order of the whole."""

    def page_at(cursor: str | None) -> Any:
        window = f"{'last' if backward else 'first'}: {size}"
        if cursor:
            window += f', {"before" if backward else "after"}: "{cursor}"'
        field_arguments = ", ".join(part for part in (arguments, window) if part)
        return client.ask(f"{{ {field}({field_arguments}) {{ {COUNTED} }} }}")[field]

    found: list[str] = []
    totals = set()
    for page in pages(page_at, backward=backward):
        found = codes(page["nodes"]) + found if backward else found + codes(page["nodes"])
        totals.add(page["totalCount"])
    assert totals == {len(found)}
    return found


def catalogue_cases(reading: Reading, rng: Random) -> Iterator[tuple[str, str, list[str]]]:
    """Root field, arguments, and the codes that the reading expects."""
    t = reading.tables

    def some(values: Sequence[Any], count: int) -> list[Any]:
        return [None, *rng.sample(values, min(count, len(values)))]

    fields = sorted({m.field for m in t.memoranda.values() if m.field})
    for day, signer, field in product([None, *AS_OF], some(sorted(t.agencies), 4), some(fields, 2)):
        filters = {"inForceOn": day and str(day), "signedBy": signer, "field": field}
        yield (
            "memoranda",
            arguments_of(filters),
            catalogue.memoranda(reading, in_force_on=day, signed_by=signer, field=field),
        )
    for memorandum, agency, item, nature, day in product(
        some(sorted(t.memoranda), 1),
        some(sorted(t.agencies), 2),
        some(sorted(t.power_items), 2),
        (None, "PROHIBITION", "REWARD"),
        (None, AS_OF[1], AS_OF[3]),
    ):
        filters = {"memorandum": memorandum, "agency": agency, "powerItem": item, "inForceOn": day and str(day)}
        expected = catalogue.measures(
            reading, memorandum=memorandum, agency=agency, power_item=item, nature=nature, in_force_on=day
        )
        yield "measures", arguments_of(filters, nature=nature), expected
    for level, region in product((None, *LEVELS), some(sorted(t.regions), 3)):
        expected = catalogue.agencies(reading, level=level, region=region)
        yield "agencies", arguments_of({"region": region}, level=level), expected
    for agency, region, scene, key in product(
        some(sorted(t.agencies), 3), some(sorted(t.regions), 2), (None, *SCENES[:3]), (False, True)
    ):
        expected = catalogue.power_items(reading, agency=agency, region=region, scene=scene, key_items_only=key)
        filters = {"agency": agency, "region": region}
        yield "powerItems", arguments_of(filters, scene=scene, keyItemsOnly=str(key).lower()), expected
    for color in (None, "RED", "BLACK"):
        yield "creditLists", arguments_of({}, color=color), catalogue.credit_lists(reading, color=color)


def arguments_of(quoted: dict[str, str | None], **words: str | None) -> str:
    """Arguments in GraphQL syntax, without those that are None."""
    parts = [f'{name}: "{value}"' for name, value in quoted.items() if value is not None]
    return ", ".join(parts + [f"{name}: {value}" for name, value in words.items() if value is not None])


@pytest.mark.slow
def test_catalogue(client: Client, reading: Reading) -> None:
    compared = 0
    for field, arguments, expected in catalogue_cases(reading, Random(1)):
        assert codes_on_pages(client, field, arguments, 1000) == expected, (field, arguments)
        compared += 1
    assert compared > 250
    for field in ("memoranda", "measures", "agencies", "powerItems", "creditLists"):
        whole = codes_on_pages(client, field, "", 1000)
        assert len(whole) > 5
        for size in (1, 7, min(len(whole), 1000)):
            if size == 1000 or len(whole) < 100 * size:
                assert codes_on_pages(client, field, "", size) == whole
                assert codes_on_pages(client, field, "", size, backward=True) == whole
                compared += 2
    print(f"{compared} connections compared")


PAGE = """
query ($first: Int, $after: String, $last: Int, $before: String) {
  powerItems(first: $first, after: $after, last: $last, before: $before) {
    edges { cursor node { code } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}
"""


def test_a_cursor_stays_right_when_rows_are_added_and_removed_around_it(
    client: Client, graph: Graph, seeds: None
) -> None:
    whole = codes_on_pages(client, "powerItems", "", 1000)
    page = client.ask(PAGE, first=5)["powerItems"]
    cursor = page["pageInfo"]["endCursor"]
    removed, added = whole[4], whole[4] + "-added"  # the very row of the cursor, and one right after it
    database = graph.target.database
    try:
        graph.driver.execute_query("MATCH (n:PowerItem {code: $c}) DETACH DELETE n", c=removed, database_=database)
        graph.driver.execute_query(
            "CREATE (:PowerItem {code: $c, id: $i})", c=added, i=id_of(("PowerItem", added)), database_=database
        )
        following = client.ask(PAGE, first=3, after=cursor)["powerItems"]
        assert [edge["node"]["code"] for edge in following["edges"]] == [added, *whole[5:7]]
        preceding = client.ask(PAGE, last=3, before=cursor)["powerItems"]
        assert [edge["node"]["code"] for edge in preceding["edges"]] == whole[1:4]
        assert preceding["pageInfo"]["hasPreviousPage"]
    finally:
        graph.wipe()


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ("first: 2, last: 2", "exclude each other"),
        ("last: -1", "out of range"),
        ("last: 1001", "out of range"),
        ('first: 1, after: "x\'}) DETACH DELETE n //"', "is no cursor"),
        ('last: 1, before: "MDIwMA"', "is no cursor"),
        ('after: ""', "is no cursor"),
    ],
)
def test_a_page_that_cannot_be_had_says_why(client: Client, seeds: None, arguments: str, word: str) -> None:
    body = client.answer(f"{{ memoranda({arguments}) {{ nodes {{ code }} }} }}")
    assert body.get("data") is None
    assert word in body["errors"][0]["message"]
    assert body["errors"][0]["extensions"]["code"] == ("LIMIT_EXCEEDED" if "1001" in arguments else "BAD_USER_INPUT")


def test_a_cursor_of_another_connection_is_none_of_this_one(client: Client, seeds: None) -> None:
    cursor = client.ask(PAGE, first=1)["powerItems"]["pageInfo"]["endCursor"]
    body = client.answer("query ($c: String) { agencies(after: $c) { nodes { code } } }", c=cursor)
    assert "is no cursor of this connection" in body["errors"][0]["message"]


@pytest.mark.parametrize(
    ("field", "argument"),
    [
        ("memoranda", "signedBy"),
        ("measures", "memorandum"),
        ("measures", "agency"),
        ("measures", "powerItem"),
        ("agencies", "region"),
        ("powerItems", "agency"),
        ("powerItems", "region"),
    ],
)
def test_an_unknown_code_in_a_filter_is_named(client: Client, seeds: None, field: str, argument: str) -> None:
    body = client.answer(f'{{ {field}({argument}: "nobody") {{ nodes {{ code }} }} }}')
    (error,) = body["errors"]
    assert error["path"] == [field]
    assert error["extensions"]["code"] == "NOT_FOUND"
    assert argument in error["message"]
    assert "'nobody'" in error["message"]


def test_pages_backwards_of_what_a_subject_has(client: Client, seeds: None) -> None:
    query = """query ($first: Int, $last: Int, $before: String) { subject(identifier: "91440000XXXX00019F") {
      applicableMeasures(asOf: "2018-10-01", first: $first, last: $last, before: $before) {
        totalCount nodes { measure { code } } pageInfo { startCursor hasPreviousPage hasNextPage } } } }"""
    whole = client.ask(query, first=1000)["subject"]["applicableMeasures"]
    every = [node["measure"]["code"] for node in whole["nodes"]]
    assert len(every) > 5
    found: list[str] = []

    def page_before(cursor: str | None) -> Any:
        return client.ask(query, last=4, before=cursor)["subject"]["applicableMeasures"]

    for page in pages(page_before, backward=True):
        assert page["totalCount"] == len(every)
        assert page["pageInfo"]["hasNextPage"] == bool(found)
        found = [node["measure"]["code"] for node in page["nodes"]] + found
    assert found == every


def test_a_forged_place_is_no_cursor(client: Client, seeds: None) -> None:
    page = client.ask('{ agencyLinks(agency: "gd-cz", first: 1) { pageInfo { endCursor } } }')["agencyLinks"]
    parts = page["pageInfo"]["endCursor"].split(".")
    for forged in ([*parts[:1], "x' OR 1", parts[2]], ["zzz", *parts[1:]], ["", *parts[1:]]):
        query = f'{{ agencyLinks(agency: "gd-cz", after: "{".".join(forged)}") {{ totalCount }} }}'
        assert "is no cursor of this connection" in client.answer(query)["errors"][0]["message"]
