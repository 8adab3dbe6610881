"""Values for the arguments of generated operations: mostly ones that the graph knows, sometimes wrong ones.

A value is JSON. The meaning of an argument follows from its name and its field.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import neo4j
from graphql import (
    GraphQLEnumType,
    GraphQLInputType,
    GraphQLNamedInputType,
    get_named_type,
    get_nullable_type,
    is_list_type,
    is_non_null_type,
)

from graph.model import Label
from tests.conftest import SEEDS

ABSENT = object()
"""Stands for a variable that is not sent."""

CODES = {
    "memorandum": Label.MEMORANDUM,
    "measure": Label.MEASURE,
    "agency": Label.AGENCY,
    "agencyOverview": Label.AGENCY,
    "signedBy": Label.AGENCY,
    "powerItem": Label.POWER_ITEM,
    "creditList": Label.CREDIT_LIST,
    "region": Label.REGION,
}
DAYS = ("2016-06-01", "2018-09-01", "2018-12-31", "2019-01-10", "2019-08-01", "2026-01-01", "1999-01-01")
WRONG_DAYS = ("2018-02-30", "yesterday", "")
WORDS = ("食品", "失信", "税务", "示例", "国家", "sx-2016", "信用", "spsc", "91440000XXXX00019F", "没有", "a", "")
TYPES = ("Entity", "Memorandum", "Measure", "Agency", "PowerItem", "CreditList")
WRONG_IDENTIFIERS = ("91440000XXXX00019A", "x", "", "44000019000101001", "9144000099990001XX", "没有")
UNKNOWN_IDENTIFIERS = ("91110000100000000Y", "XXXX9999-9", "440000999999999", "440000190001010094")
CURSORS = """
query ($identifier: String!, $agency: String!) {
  memoranda { edges { cursor } } measures { edges { cursor } } agencies { edges { cursor } }
  powerItems { edges { cursor } } creditLists { edges { cursor } } conflicts { edges { cursor } }
  agencyLinks(agency: $agency) { edges { cursor } } search(text: "示例") { edges { cursor } }
  measurePaths(subject: $identifier, asOf: "2018-09-01") { edges { cursor } }
  coverage { uncoveredPowerItems { edges { cursor } } } agencyOverview(code: $agency) { links { edges { cursor } } }
  subject(identifier: $identifier) { applicableMeasures(asOf: "2018-09-01") { edges { cursor } } }
}
"""


def cursors_of(data: Any) -> dict[str, list[str]]:
    """The cursors in the answer to CURSORS, by the name of the connection field."""
    found: dict[str, list[str]] = {}
    for name, value in (data or {}).items():
        if isinstance(value, dict) and "edges" in value:
            found[name] = [edge["cursor"] for edge in value["edges"]]
        elif isinstance(value, dict):
            found |= cursors_of(value)
    return found


@dataclass(frozen=True)
class Argument:
    """An argument of a field of the schema."""

    field: str
    name: str
    type: GraphQLInputType

    @property
    def meaning(self) -> tuple[str, ...]:
        """Arguments with the same meaning may share a variable."""
        if self.name in ("after", "before", "code", "from", "to"):
            return self.field, self.name, str(self.type)
        return self.name, str(self.type)


class Values:
    """The values in the graph under test."""

    def __init__(self, driver: neo4j.Driver, database: str, cursors: dict[str, list[str]]) -> None:
        self.cursors = cursors
        with driver.session(database=database) as session:
            self.codes = {label: _strings(session, label, label.key) for label in sorted(set(CODES.values()))}
            self.ids = {label: _strings(session, label, "id") for label in Label if label is not Label.META}
            self.fields = _strings(session, Label.MEMORANDUM, "field")
        with (SEEDS / "demo" / "entities.csv").open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        self.identifiers = [row["identifier"] for row in rows]
        self.others = [row[column] for row in rows for column in ("org_code", "registration_no") if row[column]]

    def of(self, argument: Argument, random: Random) -> Any:
        """A non-null value of the argument's type; one in ten has a wrong meaning."""
        named: Any = get_named_type(argument.type)
        if is_list_type(get_nullable_type(argument.type)):
            return [self._one(argument, named, random) for _ in range(random.choice((0, 1, 2, 2, 3, 3, 5)))]
        return self._one(argument, named, random)

    def sent(self, argument: Argument, required: bool, habit: Random, random: Random) -> Any:
        """A JSON value for a variable, sometimes null or ABSENT and, rarely, of a wrong type. `habit` decides on null,
        ABSENT and conditions."""
        chance = habit.random()
        if chance < (0.01 if required else 0.15):
            return ABSENT
        # A null condition is an error that leaves little of an answer: a few of them are enough.
        if chance < (0.02 if required else 0.18 if argument.field == "directive" else 0.25):
            return None
        if random.random() > 0.985:
            return random.choice((5, "x", 1.5, True, {"a": 1}, ["x", None], [[1]]))
        return self.of(argument, habit if argument.field == "directive" else random)

    def _one(self, argument: Argument, named: GraphQLNamedInputType, random: Random) -> Any:
        wrong = random.random() < 0.1
        if isinstance(named, GraphQLEnumType):
            return random.choice(sorted(named.values))
        match argument.name:
            case "first" | "last":
                return random.choice((-1, 5000, 1001)) if wrong else random.choice((0, 1, 2, 3, 5, 20))
            case "maxHops":
                return random.choice((-1, 11)) if wrong else random.randint(0, 6)
            case "minSharedMemoranda":
                return random.choice((-1, 100)) if wrong else random.randint(0, 20)
            case "after" | "before":
                known = self.cursors.get(argument.field, [])
                other = [cursor for cursors in self.cursors.values() for cursor in cursors]
                return random.choice((*other[:40], "x", "", "a.b") if wrong or not known else known)
            case "identifier" | "identifiers" | "subject" | "subjects":
                return self._identifier(wrong, random)
            case "text":
                return random.choice(WORDS)
            case "types":
                return random.choice(("Nobody", "")) if wrong else random.choice(TYPES)
            case "field":
                return "没有" if wrong else random.choice(self.fields)
            case "code":
                return self._code(CODES[argument.field], wrong, random)
            case name if name in CODES:
                return self._code(CODES[name], wrong, random)
        return self._by_type(named, wrong, random)

    def _by_type(self, named: GraphQLNamedInputType, wrong: bool, random: Random) -> Any:
        match named.name:
            case "Date":
                return random.choice(WRONG_DAYS) if wrong and random.random() < 0.3 else random.choice(DAYS)
            case "Boolean":
                return random.random() < 0.5
            case "ID":
                if wrong:
                    return random.choice(("x", "", "8H50", 17))
                return random.choice(self.ids[random.choice(sorted(self.ids))])
        raise TypeError(f"no values are known of {named}: say in {__name__} what its arguments mean")

    def _identifier(self, wrong: bool, random: Random) -> str:
        if wrong:
            return random.choice((*WRONG_IDENTIFIERS, *UNKNOWN_IDENTIFIERS))
        return random.choice(self.identifiers if random.random() < 0.75 else self.others)

    def _code(self, label: Label, wrong: bool, random: Random) -> str:
        if wrong:
            return random.choice(("nobody", "", "x'y", "没有"))
        known = self.codes[label]
        examples = [code for code in known if code.startswith("demo-")]
        return random.choice(examples if examples and random.random() < 0.4 else known)


def required(kind: GraphQLInputType) -> bool:
    """Whether a variable of the type must be sent, and not as null."""
    return is_non_null_type(kind)


def _strings(session: neo4j.Session, label: Label, key: str) -> Sequence[str]:
    found = session.run(f"MATCH (n:{label}) RETURN DISTINCT n.{key} AS value ORDER BY value")
    return [str(row["value"]) for row in found]
