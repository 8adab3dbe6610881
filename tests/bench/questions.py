"""What is asked: of the gateway (`operations/`), and of @neo4j/graphql the nearest equal (`neo4j-graphql/operations/`,
where the first lines of each file say what is left to its client)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import orjson

from graph.identity.identifiers import identify
from graph.identity.key import IdentityKey

HERE = Path(__file__).parent
BATCH = 50
"""Subjects of a batch."""
DAY = "2018-10-01"
"""The day of which is asked; one on which most of the generated memoranda are in force and listings active."""


@dataclass(frozen=True)
class Drawn:
    """What one request is about."""

    subjects: list[str]
    """Identifiers as a client gives them; the first is meant where one is asked for."""
    agency: str
    """A code."""


Variables = Callable[[Drawn, IdentityKey], dict[str, Any]]


@dataclass(frozen=True)
class Question:
    """An operation in both languages."""

    name: str
    title: str
    argument: str
    """Argument of our root field that changes from request to request."""
    variable: str
    """The variable that it is given by."""
    ours: Variables
    theirs: Variables

    @cached_property
    def text(self) -> str:
        """Our document."""
        return (HERE / "operations" / f"{self.name}.graphql").read_text("utf-8")

    @cached_property
    def their_text(self) -> str:
        """Their document."""
        return (HERE / "neo4j-graphql" / "operations" / f"{self.name}.graphql").read_text("utf-8")

    def body(self, letter: str, drawn: Drawn, key: IdentityKey, text: str | None = None) -> bytes:
        """What the server of this letter is sent; `text` instead of the document that is its own."""
        own, make = (self.their_text, self.theirs) if letter == "b" else (self.text, self.ours)
        return orjson.dumps({"query": text or own, "variables": make(drawn, key)})


def key_of(identifier: str, key: IdentityKey) -> str:
    """By what the graph knows a subject: they are spared the hash of persons' numbers."""
    return identify(identifier, key).values[0]


def _one(drawn: Drawn, _key: IdentityKey) -> dict[str, Any]:
    return {"identifier": drawn.subjects[0], "day": DAY}


def _one_key(drawn: Drawn, key: IdentityKey) -> dict[str, Any]:
    return {"key": key_of(drawn.subjects[0], key), "day": DAY}


def _many(drawn: Drawn, _key: IdentityKey) -> dict[str, Any]:
    return {"identifiers": drawn.subjects, "day": DAY}


def _many_keys(drawn: Drawn, key: IdentityKey) -> dict[str, Any]:
    return {"keys": [key_of(subject, key) for subject in drawn.subjects], "day": DAY}


def _agency(drawn: Drawn, _key: IdentityKey) -> dict[str, Any]:
    return {"code": drawn.agency, "day": DAY}


QUESTIONS = (
    Question("subject-page", "subject page", "identifier", "identifier", _one, _one_key),
    Question("subject-direct", "direct grounds", "identifier", "identifier", _one, _one_key),
    Question("departments", "departments", "identifier", "identifier", _one, _one_key),
    Question("paths", "page of paths", "subject", "identifier", _one, _one_key),
    Question("overview", "agency overview", "code", "code", _agency, _agency),
    Question("batch", f"{BATCH} subjects", "identifiers", "identifiers", _many, _many_keys),
    Question("look-up", "point look-up", "identifier", "identifier", _one, _one_key),
)
BY_NAME = {question.name: question for question in QUESTIONS}
