"""Searches over the seeds and two generated datasets, compared with the oracle: the same hits in order."""

import random
from pathlib import Path
from typing import Any

import pytest

from graph.search.hits import MAX_CANDIDATES
from tests.comparisons.comparing import dataset
from tests.conftest import SEEDS, Graph
from tests.oracle import search as oracle
from tests.oracle.search import Hit, Searched
from tests.support.client import Client

QUERIES = 150
SEARCH = """
query ($text: String!) { search(text: $text, first: 1000) { totalCount nodes { score matched field node {
  __typename
  ... on Entity { identifier } ... on Memorandum { code } ... on Measure { code } ... on Agency { code }
  ... on PowerItem { code } ... on CreditList { code }
} } } }"""


def hits_of(answer: dict[str, Any]) -> list[Hit]:
    return [
        Hit(
            round(hit["score"] * 100),
            hit["matched"],
            hit["field"],
            hit["node"]["__typename"],
            hit["node"].get("code") or hit["node"]["identifier"],
        )
        for hit in answer["nodes"]
    ]


def texts_of(nodes: list[Searched], rng: random.Random) -> list[str]:
    """Pieces of what there is, in forms that people type."""
    found = []
    for node in rng.sample(nodes, min(QUERIES, len(nodes))):
        text = rng.choice([compared.text for compared in node.texts if compared.text])
        start = rng.choice([0, 0, rng.randrange(len(text))])
        piece = text[start : start + rng.choice([1, 2, 3, 4, 8, 40])]
        match rng.randrange(5):
            case 0:
                other = rng.choice(rng.choice(nodes).indexed)
                piece = f"{piece} {other[:2]}"
            case 1:
                piece = piece.replace("(", "〔").replace(")", "】")
            case 2:
                piece = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in piece)
            case 3:
                piece = f"  {piece.upper()} "
            case _:
                pass
        found.append(piece)
    # What the analyser takes for an English word without meaning is not indexed: nothing is found by it alone.
    return [text for text in found if text.strip().lower() not in ("", "a", "s", "t")]


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_same_hits_in_the_same_order(
    seed: int, client: Client, graph: Graph, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folders: tuple[Path, ...] = (SEEDS / "catalogue", SEEDS / "demo")
    if seed:
        folders = (dataset(seed, tmp_path_factory),)
    graph.hold(*folders)
    nodes = oracle.read(*folders)
    compared_hits = 0
    for text in texts_of(nodes, random.Random(seed)):
        expected = oracle.search(nodes, text)
        if len(expected) > MAX_CANDIDATES:
            continue  # more than an index proposes: what is found of them is not for the oracle to say
        answer = client.ask(SEARCH, text=text)["search"]
        assert answer["totalCount"] == len(expected), text
        assert hits_of(answer) == expected[:1000], text
        compared_hits += len(expected)
    assert compared_hits > QUERIES
