"""Whether the gateway answers as fast over a large graph as over a small one: one run, both up, asked in turn."""

import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from graph.identity.key import IdentityKey
from graph.settings import read_settings
from tests.bench.generator import Generator, install
from tests.bench.measuring import PAUSE, WARM_CONNECTIONS
from tests.bench.processes import serving
from tests.bench.questions import Question
from tests.bench.same import ask
from tests.bench.subjects import dataset, draw, environment, loaded


@dataclass(frozen=True)
class SizedGraph:
    """A gateway over a graph of one size."""

    entities: int
    url: str
    bodies: dict[str, list[str]]
    """By question."""


def compare_sizes(
    folder: Path,
    sizes: Sequence[int],
    questions: Sequence[Question],
    *,
    seconds: float,
    rounds: int,
    warm: float,
    concurrency: Sequence[int],
) -> Iterator[str]:
    """Lines of a table: requests a second over each graph, and in times those over the first. `seconds` a cell, all
    rounds together; `warm` altogether. Raises SystemExit where NEO4J_URI is set, for each graph needs a Neo4j of its
    own, and where an answer has errors or holds nothing."""
    if read_settings().neo4j_uri:
        raise SystemExit("NEO4J_URI is set: graphs of several sizes are held by embedded databases, unset it")
    install()
    with ExitStack() as stack:
        generator = stack.enter_context(Generator())
        graphs = [_sized_graph(folder, entities, questions, stack) for entities in sizes]

        def rate(graph: SizedGraph, question: Question, connections: int, for_seconds: float) -> float:
            came = generator.ask(graph.url, graph.bodies[question.name], connections=connections, seconds=for_seconds)
            if came["failed"]:
                raise SystemExit(f"{question.name}, {graph.entities:,} entities: {came['first_error']}")
            time.sleep(PAUSE)
            return float(came["requests"] / came["seconds"])

        for question in questions:
            for graph in graphs:
                rate(graph, question, WARM_CONNECTIONS, warm / len(questions) / len(graphs))
        yield f"{'operation':<16} {'at once':>7} " + " ".join(f"{f'{entities:,}':>22}" for entities in sizes)
        for question in questions:
            for connections in concurrency:
                found: dict[int, list[float]] = {entities: [] for entities in sizes}
                for turn in range(rounds):
                    for graph in graphs if turn % 2 else graphs[::-1]:
                        found[graph.entities].append(rate(graph, question, connections, seconds / rounds))
                yield _row(question, connections, [statistics.median(found[entities]) for entities in sizes])


def _sized_graph(folder: Path, entities: int, questions: Sequence[Question], stack: ExitStack) -> SizedGraph:
    place = folder / str(entities)
    place.mkdir(parents=True, exist_ok=True)
    data = dataset(place, entities)
    target, key = stack.enter_context(loaded(place, data, is_loaded=False))
    server = stack.enter_context(serving("a", environment(target, key)))["a"]
    drawn, hashing = draw(data), IdentityKey(key)
    for question in questions:
        ask(server, question, drawn[0], hashing)
    bodies = {question.name: [question.body("a", one, hashing).decode() for one in drawn] for question in questions}
    return SizedGraph(entities, server.url, bodies)


def _row(question: Question, connections: int, rates: list[float]) -> str:
    cells = " ".join(f"{f'{rate:,.1f}/s {rate / rates[0]:.2f} x':>22}" for rate in rates)
    return f"{question.title:<16} {connections:>7} {cells}"
