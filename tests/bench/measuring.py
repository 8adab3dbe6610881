"""One run: every question at every concurrency, the servers in turn, several rounds, medians."""

import os
import platform
import statistics
import subprocess
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

from graph.identity.key import IdentityKey
from tests.bench.generator import Generator, install
from tests.bench.processes import Server, cpu_of, database_process, serving
from tests.bench.questions import Question
from tests.bench.same import ask
from tests.bench.subjects import dataset, draw, environment, loaded
from tests.bench.tables import cell_rows

PAUSE = 0.2
"""Seconds between two measurements, for what the last one left under way."""
WARM_CONNECTIONS = 8


@dataclass(frozen=True)
class Plan:
    """What is to be measured."""

    entities: int
    seconds: float
    """Of a cell, all rounds together."""
    rounds: int
    warm: float
    """Seconds of warming altogether, at the least."""
    concurrency: Sequence[int]
    questions: Sequence[Question]
    servers: str
    is_loaded: bool
    folder: Path
    data: Path | None
    """The dataset; without it one of so many entities is made."""


class Run:
    """A run under way: servers, load generator, and the bodies to ask with."""

    def __init__(
        self, plan: Plan, servers: dict[str, Server], database: psutil.Process | None, generator: Generator
    ) -> None:
        self._plan = plan
        self._servers = servers
        self._database = database
        self._generator = generator
        self._bodies: dict[tuple[str, str], list[str]] = {}
        self.result: dict[str, Any] = {"cells": [], "memory": {}}

    def prepare(self, data: Path, key: IdentityKey) -> None:
        """Write the bodies, and look at one answer of each server to each question. Raises SystemExit where one has
        errors or holds nothing."""
        drawn = draw(data)
        for question in self._plan.questions:
            for letter, server in self._servers.items():
                self._bodies[question.name, letter] = [question.body(letter, one, key).decode() for one in drawn]
                ask(server, question, drawn[0], key)

    def warm(self) -> None:
        """Ask every server every question, so long altogether that the JVM and Node have compiled what runs."""
        each = max(1.0, self._plan.warm / len(self._bodies))
        print(f"warming for {each * len(self._bodies):.0f} s", flush=True)
        for question, letter in self._bodies:
            self._ask(question, letter, WARM_CONNECTIONS, each)

    def measure(self) -> None:
        """Measure every cell and print it."""
        letters = list(self._servers)
        for question in self._plan.questions:
            for connections in self._plan.concurrency:
                found: dict[str, list[dict[str, Any]]] = {letter: [] for letter in letters}
                for turn in range(self._plan.rounds):
                    # Each round begins with another server: none always follows the same one.
                    first = turn % len(letters)
                    for letter in letters[first:] + letters[:first]:
                        seconds = self._plan.seconds / self._plan.rounds
                        found[letter].append(self._ask(question.name, letter, connections, seconds))
                cell = {
                    "operation": question.name,
                    "title": question.title,
                    "concurrency": connections,
                    "servers": {letter: _medians(rounds) | {"rounds": rounds} for letter, rounds in found.items()},
                }
                self.result["cells"].append(cell)
                print("\n".join(cell_rows(cell)), flush=True)
            self.result["memory"][question.name] = {
                letter: round(server.memory(), 1) for letter, server in self._servers.items()
            }

    def _ask(self, question: str, letter: str, connections: int, seconds: float) -> dict[str, Any]:
        server, database = self._servers[letter], self._database
        bodies = self._bodies[question, letter]
        before = server.cpu(), cpu_of(database) if database else 0.0
        came = self._generator.ask(server.url, bodies, connections=connections, seconds=seconds)
        used, used_by_database = server.cpu() - before[0], (cpu_of(database) if database else 0.0) - before[1]
        time.sleep(PAUSE)
        count = came["requests"]
        if not count:
            return {"requests": 0, "errors": came["failed"], "first_error": came["first_error"]}
        return {
            "requests": count,
            "errors": came["failed"],
            "first_error": came["first_error"],
            "rps": count / came["seconds"],
            "p50": came["p50"],
            "p99": came["p99"],
            "bytes": came["bytes"] / count,
            "cpu": used * 1000 / count,
            "neo4j_cpu": used_by_database * 1000 / count if database else None,
        }


def run(plan: Plan) -> dict[str, Any]:
    """All of it; returns what the JSON file holds. Whatever was started is stopped, however it ends."""
    install()
    folder = plan.folder / str(plan.entities)
    folder.mkdir(parents=True, exist_ok=True)
    data = plan.data or dataset(folder, plan.entities)
    with ExitStack() as stack:
        target, key = stack.enter_context(loaded(folder, data, is_loaded=plan.is_loaded))
        servers = stack.enter_context(serving(plan.servers, environment(target, key)))
        generator = stack.enter_context(Generator())
        under_way = Run(plan, servers, database_process(target), generator)
        under_way.prepare(data, IdentityKey(key))
        under_way.warm()
        under_way.measure()
    about = {"entities": plan.entities, "seconds": plan.seconds, "rounds": plan.rounds, "servers": plan.servers}
    return about | {"machine": _machine(), "on": time.strftime("%Y-%m-%d")} | under_way.result


def _medians(rounds: list[dict[str, Any]]) -> dict[str, Any]:
    """Of each figure, the median of the rounds that have it; of the errors, and of the requests, the sum."""
    found: dict[str, Any] = {}
    for name in ("rps", "p50", "p99", "bytes", "cpu", "neo4j_cpu"):
        had = [one[name] for one in rounds if one.get(name) is not None]
        found[name] = statistics.median(had) if had else None
    return found | {name: sum(one[name] for one in rounds) for name in ("errors", "requests")}


def _machine() -> dict[str, Any]:
    node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    return {
        "cores": os.cpu_count(),
        "memory": round(psutil.virtual_memory().total / 1e9),
        "system": platform.platform(),
        "python": platform.python_version(),
        "node": node,
        "uvicorn": version("uvicorn"),
        "strawberry": version("strawberry-graphql"),
        "neo4j driver": version("neo4j"),
    }
