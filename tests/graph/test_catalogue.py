"""Every field of every type, for every node of the seeds, compared with the cells of the rows that made it."""

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from graph.ids import global_id
from graph.model import Label
from tests.conftest import SEEDS
from tests.support.client import Client

Row = dict[str, str]
Expected = Callable[[Row], Any]
"""Returns the expected answer of a field for a row."""


class Dataset:
    """The cells of the seeds: the last row of each code."""

    def __init__(self, *folders: Path) -> None:
        self.tables: dict[str, dict[str, Row]] = {}
        for path in sorted(path for folder in folders for path in folder.glob("*.csv")):
            with path.open(encoding="utf-8-sig", newline="") as file:
                for n, row in enumerate(csv.DictReader(file)):
                    keyed = row.get("code") or row.get("listing_no") or row.get("identifier") or f"{path}:{n}"
                    self.tables.setdefault(path.stem, {})[keyed] = row

    def rows(self, table: str) -> Iterable[Row]:
        return self.tables[table].values()


SEEDED = Dataset(SEEDS / "catalogue", SEEDS / "demo")


def text(column: str) -> Expected:
    return lambda row: row[column] or None


def number(column: str) -> Expected:
    return lambda row: int(row[column]) if row[column] else None


def flag(column: str) -> Expected:
    return lambda row: {"true": True, "false": False}[row[column]]


def items(cell: str) -> list[str]:
    return [item.strip() for item in cell.split(";") if item.strip()]


def listed(column: str) -> Expected:
    """A list in the order of the cell."""
    return lambda row: items(row[column])


def one(column: str) -> Expected:
    """The node that a cell names."""
    return lambda row: {"code": row[column]} if row[column] else None


def many(column: str) -> Expected:
    """The nodes that a cell names, by code."""
    return lambda row: [{"code": code} for code in sorted(items(row[column]))]


def back(table: str, column: str, key: str = "code", where: Callable[[Row], bool] = lambda _: True) -> Expected:
    """The nodes whose cell names this one, by code: the opposite direction of the relationship."""
    return lambda row: [
        {"code": code}
        for code in sorted(
            other["code"] for other in SEEDED.rows(table) if row[key] in items(other[column]) and where(other)
        )
    ]


def first_back(table: str, column: str) -> Expected:
    return lambda row: next(iter(back(table, column)(row)), None)


def gated(row: Row) -> list[dict[str, str]]:
    """Rule 6."""
    reached, grown = set(items(row["power_items"])), True
    while grown:
        below = {item["code"] for item in SEEDED.rows("power_items") if item["devolved_from"] in reached}
        grown = not below <= reached
        reached |= below
    return [{"code": code} for code in sorted(reached)]


def gating(row: Row) -> list[dict[str, str]]:
    """Rule 6 in reverse."""
    return [
        {"code": x["code"]} for x in sorted(SEEDED.rows("measures"), key=by_code) if {"code": row["code"]} in gated(x)
    ]


def by_code(row: Row) -> str:
    return row["code"]


def embeddings(near: str, far: str) -> Expected:
    def pairs(row: Row) -> list[dict[str, Any]]:
        rows = [other for other in SEEDED.rows("embeddings") if other[near] == row["code"]]
        return [
            {
                "measure": {"code": other["measure_code"]},
                "powerItem": {"code": other["power_item_code"]},
                **{name: other[name] for name in ("step", "mode", "status", "since", "source", "confidence")},
            }
            for other in sorted(rows, key=lambda other: (other[far], other["step"]))
        ]

    return pairs


@dataclass(frozen=True)
class Type:
    """A node type, its table, and the expected answer of each field, with arguments and selection."""

    name: str
    table: str
    fields: dict[str, Expected]
    key: str = "code"
    root: str | None = None

    def document(self) -> str:
        fields = " ".join(f"f{n}: {field}" for n, field in enumerate(self.expected))
        return f"query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ __typename id ... on {self.name} {{ {fields} }} }} }}"

    @property
    def expected(self) -> dict[str, Expected]:
        return self.fields | {"source": text("source"), "confidence": text("confidence")}


CODE = "{ code }"
EMBEDDING = "{ measure { code } powerItem { code } step mode status since source confidence }"
TYPES = [
    Type("Region", "regions", {
        "code": text("code"), "name": text("name"), "level": text("level"), f"parent {CODE}": one("parent_code"),
        f"children {CODE}": back("regions", "parent_code"),
    }),
    Type("Agency", "agencies", {
        "code": text("code"), "name": text("name"), "shortName": text("short_name"), "level": text("level"),
        f"region {CODE}": one("region_code"), f"parent {CODE}": one("parent_code"), "validTo": text("valid_to"),
        f"successor {CODE}": one("successor_code"), f"predecessors {CODE}": back("agencies", "successor_code"),
        f"children {CODE}": back("agencies", "parent_code"), f"divisions {CODE}": back("divisions", "agency_code"),
        f"memoranda {CODE}": back("memoranda", "signatories"),
        f"creditLists {CODE}": back("credit_lists", "recognizing_agency"),
        f"measures {CODE}": back("measures", "agencies"),
        f"measures(nature: REWARD) {CODE}": back("measures", "agencies", where=lambda x: x["nature"] == "REWARD"),
        f"powerItems {CODE}": back("power_items", "agency_code"),
        f"powerItems(scene: APPROVAL) {CODE}":
            back("power_items", "agency_code", where=lambda x: x["scene"] == "APPROVAL"),
    }, root="agency"),
    Type("Division", "divisions", {
        "code": text("code"), "name": text("name"), f"agency {CODE}": one("agency_code"),
        f"measures {CODE}": back("measures", "divisions"), f"powerItems {CODE}": back("power_items", "division_code"),
    }),
    Type("Memorandum", "memoranda", {
        "code": text("code"), "title": text("title"), "docNumber": text("doc_number"), "kind": text("kind"),
        "field": text("field"), "issuedOn": text("issued_on"), "effectiveFrom": text("effective_from"),
        "effectiveTo": text("effective_to"), f"supersedes {CODE}": one("supersedes"),
        f"supersededBy {CODE}": first_back("memoranda", "supersedes"), f"signatories {CODE}": many("signatories"),
        f"lists {CODE}": back("credit_lists", "memoranda"), f"measures {CODE}": back("measures", "memorandum_code"),
        f"measures(nature: RESTRICTION) {CODE}":
            back("measures", "memorandum_code", where=lambda x: x["nature"] == "RESTRICTION"),
    }, root="memorandum"),
    Type("CreditList", "credit_lists", {
        "code": text("code"), "name": text("name"), "color": text("color"),
        f"recognizingAgency {CODE}": one("recognizing_agency"), f"memoranda {CODE}": many("memoranda"),
        "isPublic": flag("is_public"), "validityMonths": number("validity_months"),
    }, root="creditList"),
    Type("Measure", "measures", {
        "code": text("code"), "number": number("number"), "category": text("category"), "nature": text("nature"),
        "content": text("content"), "targets": listed("targets"), f"memorandum {CODE}": one("memorandum_code"),
        f"agencies {CODE}": many("agencies"), f"divisions {CODE}": many("divisions"), f"powerItems {CODE}": gated,
        f"powerItems(includeDevolved: false) {CODE}": many("power_items"), "legalBases": listed("legal_bases"),
        f"embeddings {EMBEDDING}": embeddings("measure_code", "power_item_code"),
    }, root="measure"),
    Type("PowerItem", "power_items", {
        "code": text("code"), "name": text("name"), "type": text("type"), "scene": text("scene"),
        f"agency {CODE}": one("agency_code"), f"division {CODE}": one("division_code"),
        f"region {CODE}": one("region_code"),
        f"devolvedFrom {CODE}": one("devolved_from"), f"devolvedTo {CODE}": back("power_items", "devolved_from"),
        "isKeyItem": flag("is_key_item"), f"measures {CODE}": gating,
        f"embeddings {EMBEDDING}": embeddings("power_item_code", "measure_code"),
    }, root="powerItem"),
    Type("Listing", "listings", {
        "listingNo": text("listing_no"), f"list {CODE}": one("list_code"),
        "entity { name }": lambda row: {"name": SEEDED.tables["entities"][row["entity"]]["name"]},
        "reason": text("reason"), "documentNo": text("document_no"), "listedOn": text("listed_on"),
        "expiresOn": text("expires_on"), "removedOn": text("removed_on"), "removalReason": text("removal_reason"),
    }, key="listing_no"),
]  # fmt: skip
BY_NAME = {kind.name: kind for kind in TYPES}


@pytest.fixture(autouse=True)
def _seeds(seeds: None) -> None:
    """The graph holds the seeds."""


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.name)
def test_every_node(client: Client, kind: Type) -> None:
    """Every node of the type, by its id, in the order of the ids."""
    rows = sorted(SEEDED.rows(kind.table), key=lambda row: row[kind.key], reverse=True)
    ids = [global_id(Label(kind.name), row[kind.key]) for row in rows]
    nodes = client.ask(kind.document(), ids=ids)["nodes"]
    assert len(nodes) == len(rows)
    for node, row, id_ in zip(nodes, rows, ids, strict=True):
        assert (node["__typename"], node["id"]) == (kind.name, id_)
        for n, (field, expected) in enumerate(kind.expected.items()):
            assert node[f"f{n}"] == expected(row), (row[kind.key], field)


@pytest.mark.parametrize("kind", [kind for kind in TYPES if kind.root], ids=lambda kind: kind.name)
def test_by_code(client: Client, kind: Type) -> None:
    query = f"query ($code: String!) {{ {kind.root}(code: $code) {{ id code }} }}"
    for row in SEEDED.rows(kind.table):
        answer = client.ask(query, code=row["code"])[str(kind.root)]
        assert answer == {"id": global_id(Label(kind.name), row["code"]), "code": row["code"]}
    assert client.ask(query, code="no such code") == {kind.root: None}
    some = next(iter(SEEDED.rows(kind.table)))["code"]
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in some)
    assert client.ask(query, code=f" {wide} ")[str(kind.root)]["code"] == some


def test_the_whole_is_there() -> None:
    """The tests above compare all of the seeds and all fields."""
    assert {kind.table for kind in TYPES} | {"entities", "affiliations", "embeddings"} == set(SEEDED.tables)
    assert len(SEEDED.tables["measures"]) == 299
    assert len(SEEDED.tables["agencies"]) == 104
