"""Whether the servers are asked the same: before it is said how fast they answer."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx2
import orjson

from graph.identity.key import IdentityKey
from tests.bench.generator import install
from tests.bench.processes import Server, serving
from tests.bench.questions import BY_NAME, QUESTIONS, Drawn, Question
from tests.bench.subjects import dataset, draw, environment, loaded

Facts = set[tuple[str, str, str, str]]
"""Grounds: measure, DIRECT or AFFILIATED, listing, document number of the memorandum."""


def check(folder: Path, entities: int, data: Path | None, *, is_loaded: bool, subjects: int = 100) -> str:
    """Ask for so many subjects and say what was compared. Raises SystemExit where two answers tell different things.

    (a), (c) and (d) must give equal data. What (b) answers for the subject page must hold the grounds that (a) gives,
    those and no others, once the rules are applied that are left to its client.
    """
    install()
    place = folder / str(entities)
    place.mkdir(parents=True, exist_ok=True)
    held = data or dataset(place, entities)
    grounds = 0
    with ExitStack() as stack:
        target, key = stack.enter_context(loaded(place, held, is_loaded=is_loaded))
        servers = stack.enter_context(serving("abcd", environment(target, key)))
        page = BY_NAME["subject-page"]
        for drawn in draw(held)[:subjects]:
            for question in QUESTIONS:
                answers = [ask(servers[letter], question, drawn, IdentityKey(key)) for letter in "acd"]
                if answers[1:] != answers[:-1]:
                    raise SystemExit(f"(a), (c) and (d) answer {question.name} differently for {drawn.subjects[0]}")
            # All of the subject's grounds: a page holds twenty measures, and theirs twenty of each memorandum.
            text = page.text.replace("first: 20", "first: 1000")
            ours = set(_ours(ask(servers["a"], page, drawn, IdentityKey(key), text)["subject"]))
            text = page.their_text.replace("limit: 20, ", "")
            (entity,) = ask(servers["b"], page, drawn, IdentityKey(key), text)["entities"]
            if ours != set(_theirs(entity)):
                raise SystemExit(f"(a) and (b) tell different grounds for {drawn.subjects[0]}")
            grounds += len(ours)
    line = f"{subjects} subjects: (a), (c) and (d) answer {len(QUESTIONS)} questions alike"
    return f"{line}; (b) holds the same {grounds} grounds"


def ask(server: Server, question: Question, drawn: Drawn, key: IdentityKey, text: str | None = None) -> dict[str, Any]:
    """The data of one answer. Raises SystemExit where it has errors or holds nothing."""
    body = question.body(server.letter, drawn, key, text)
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    answer = httpx2.post(server.url, content=body, headers=headers, timeout=60)
    found = orjson.loads(answer.content)
    if answer.status_code != 200 or "errors" in found or not any(found["data"].values()):
        raise SystemExit(
            f"({server.letter}) answers {question.name} for {drawn.subjects[0]} with {answer.status_code}: "
            f"{answer.text[:2000]}"
        )
    data: dict[str, Any] = found["data"]
    return data


def _ours(subject: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    for node in subject["applicableMeasures"]["nodes"]:
        for ground in node["grounds"]:
            listing, memorandum = ground["listing"]["listingNo"], ground["memorandum"]["docNumber"]
            yield node["measure"]["code"], ground["via"], listing, memorandum


def _theirs(entity: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """What a client of (b) makes of its answer, by rules 3, 4 and 5."""
    is_black = any(credit_list["color"] == "BLACK" for one in entity["listings"] for credit_list in one["list"])
    routes = [("DIRECT", entity["kind"], entity)]
    routes += [
        ("AFFILIATED", edge["properties"]["role"], edge["node"]) for edge in entity["organizationsConnection"]["edges"]
    ]
    for via, target, holder in routes:
        for listing in holder["listings"]:
            for credit_list in listing["list"]:
                for memorandum in credit_list["memoranda"]:
                    for measure in memorandum["measures"]:
                        rewards = measure["nature"] == "REWARD"
                        fits = rewards == (credit_list["color"] == "RED") and target in measure["targets"]
                        if fits and not (rewards and is_black):
                            yield measure["code"], via, listing["listingNo"], memorandum["docNumber"]
