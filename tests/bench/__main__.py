"""Measures the gateway beside @neo4j/graphql and beside a bare handler, over one Neo4j, interleaved, as ratios.

    python -m tests.bench run [--seconds 4] [--rounds 3] [--servers abcd] [--out FILE.json]
    python -m tests.bench table FILE.json …

NEO4J_URI, NEO4J_PASSWORD and JOINTCREDIT_ID_KEY say where the data is: load it first, such as one of tests.generator.
Needs node, and in this folder what `npm ci` installs (`make bench` does both).
"""

import argparse
import json
import statistics
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import neo4j
import psutil

from .data import bodies, sample, target
from .operations import OPERATIONS, Operation
from .servers import COMMANDS, HERE, Server, cpu_of, running

CONCURRENCY = (1, 8, 64)
WARM_SECONDS = 5


def main() -> None:
    """Run or print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["run", "table"])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--servers", default="abcd")
    parser.add_argument("--operations", type=int, nargs="*", default=range(len(OPERATIONS)))
    parser.add_argument("--concurrency", type=int, nargs="*", default=CONCURRENCY)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    if given.what == "table":
        for file in given.files:
            print(table(json.loads(file.read_text("utf-8"))))
        return
    result = run(given)
    print(table(result))
    if given.out:
        given.out.write_text(json.dumps(result, indent=1), "utf-8")


def run(given: argparse.Namespace) -> dict[str, Any]:
    """All cells: for each operation and concurrency the servers in turn, several rounds."""
    found: dict[str, Any] = {"seconds": given.seconds, "rounds": given.rounds, "cells": [], "megabytes": {}}
    place = target()
    with neo4j.GraphDatabase.driver(place.uri, auth=(place.user, place.password)) as driver:
        subjects, agencies = sample(driver)
        with driver.session(database="neo4j") as session:
            counted = session.run("MATCH (n:Entity) RETURN count(n) AS entities").single(strict=True)
            found["entities"] = counted["entities"]
    database = _database(place.uri)
    with running(given.servers) as servers:
        operations = [OPERATIONS[number] for number in given.operations]
        for operation in operations:
            for server in servers.values():
                _cell(server, operation, 8, WARM_SECONDS, subjects, agencies, database)
        for operation in operations:
            for concurrency in given.concurrency:
                rounds: dict[str, list[dict[str, float]]] = {letter: [] for letter in servers}
                for _ in range(given.rounds):
                    for letter, server in servers.items():
                        rounds[letter].append(
                            _cell(server, operation, concurrency, given.seconds, subjects, agencies, database)
                        )
                cells = {letter: _median(cells) for letter, cells in rounds.items()}
                found["cells"].append({"operation": operation.name, "concurrency": concurrency, "servers": cells})
                print(_row(found["cells"][-1]), flush=True)
        found["megabytes"] = {letter: round(server.megabytes()) for letter, server in servers.items()}
    return found


def _database(uri: str) -> psutil.Process | None:
    port = int(uri.rpartition(":")[2])
    for connection in psutil.net_connections("tcp"):
        if connection.status == "LISTEN" and connection.laddr and connection.laddr.port == port and connection.pid:
            return psutil.Process(connection.pid)
    return None


def _cell(
    server: Server,
    operation: Operation,
    concurrency: int,
    seconds: int,
    subjects: list[str],
    agencies: list[str],
    database: psutil.Process | None,
) -> dict[str, float]:
    asked = {
        "url": server.url,
        "connections": concurrency,
        "duration": seconds,
        "bodies": bodies(operation, server.letter == "b", subjects, agencies),
    }
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(asked, file)
        file.flush()
        before = server.cpu(), cpu_of(database) if database else 0.0
        printed = subprocess.run(
            ["node", str(HERE / "ask.mjs"), file.name], check=True, capture_output=True, text=True, timeout=seconds + 60
        ).stdout
        after = server.cpu(), cpu_of(database) if database else 0.0
    cell: dict[str, float] = json.loads(printed)
    count = max(1.0, cell["count"])
    cell["server_ms"], cell["neo4j_ms"] = (
        (end - start) * 1000 / count for start, end in zip(before, after, strict=True)
    )
    time.sleep(0.2)
    return cell


def _median(cells: list[dict[str, float]]) -> dict[str, float]:
    return {name: statistics.median(cell[name] for cell in cells) for name in cells[0]}


def _ratio(cell: dict[str, Any], over: str, name: str = "rps") -> str:
    servers = cell["servers"]
    if "a" not in servers or over not in servers or not servers[over][name]:
        return "-"
    return f"{servers['a'][name] / servers[over][name]:.2f}"


def _row(cell: dict[str, Any]) -> str:
    parts = [f"{cell['operation']} | {cell['concurrency']}"]
    for values in cell["servers"].values():
        parts.append(
            f"{values['rps']:.0f} ({values['p50']:.0f}/{values['p99']:.0f} ms, {values['server_ms']:.2f}+"
            f"{values['neo4j_ms']:.2f} ms CPU, {values['bytes']:.0f} B, {values['errors']:.0f} errors)"
        )
    parts += [_ratio(cell, "b"), _ratio(cell, "b", "p99"), _ratio(cell, "c"), _ratio(cell, "d")]
    return "| " + " | ".join(parts) + " |"


def table(result: dict[str, Any]) -> str:
    """The table of a run in Markdown: requests a second (p50/p99, CPU of server + Neo4j a request, bytes, errors)."""
    letters = list(result["cells"][0]["servers"]) if result["cells"] else []
    head = ["operation", "at once", *(f"({letter}) {COMMANDS[letter][0]}" for letter in letters)]
    head += ["a/b", "p99 a/b", "a/c", "a/d"]
    lines = [
        f"{result['entities']:,} entities, {result['rounds']} rounds of {result['seconds']} s; resident MB: "
        + ", ".join(f"{letter} {size}" for letter, size in result["megabytes"].items()),
        "",
        "| " + " | ".join(head) + " |",
        "|" + "---|" * len(head),
        *(_row(cell) for cell in result["cells"]),
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
