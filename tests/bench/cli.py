"""How fast the gateway is, beside @neo4j/graphql and beside a bare handler, over one Neo4j, in one run.

    python -m tests.bench run --entities 10000 --out FILE.json    measures
    python -m tests.bench show FILE.json…                         prints the tables of runs
    python -m tests.bench chart FILE.json…                        draws them into docs/speed.md
    python -m tests.bench sizes --entities 10000,1000000          compares graphs of several sizes, all at a time
    python -m tests.bench fixed                                   CPU of an answer without the database
    python -m tests.bench same                                    whether all are asked the same

The servers: (a) the gateway, (b) @neo4j/graphql 7 on graphql-yoga, (c) a bare handler over the gateway's own statement,
(d) the gateway with fast path off. Without NEO4J_URI an embedded Neo4j is started, which keeps its data.
"""

import argparse
import os
import signal
import sys
from pathlib import Path

import orjson

from tests.bench.measuring import Plan, run
from tests.bench.questions import BY_NAME
from tests.bench.tables import HEAD, table
from tests.support.neo4j import REPOSITORY


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    running = commands.add_parser("run", help="measure")
    sizes = commands.add_parser("sizes", help="compare graphs of several sizes")
    sizes.add_argument("--entities", type=_numbers, default=[10_000, 1_000_000], metavar="N,…", help="(10000,1000000)")
    for one in (running, sizes):
        one.add_argument("--seconds", type=float, default=15.0, help="of a cell, all rounds together (15)")
        one.add_argument("--rounds", type=int, default=3, help="(3)")
        one.add_argument("--warm", type=float, default=36.0, help="seconds of warming altogether (36)")
        one.add_argument("--concurrency", type=_numbers, default=[1, 8, 64], metavar="N,…", help="(1,8,64)")
        one.add_argument("--operations", type=_names, default=list(BY_NAME), metavar="NAME,…", help=", ".join(BY_NAME))
    running.add_argument("--servers", default="abcd", help="letters of those that take part (abcd)")
    running.add_argument("--out", type=Path, metavar="FILE.json", help="write what was measured")
    fixed = commands.add_parser("fixed", help="CPU of an answer without the database")
    same = commands.add_parser("same", help="whether all are asked the same")
    for one in (running, fixed, same):
        one.add_argument("--entities", type=int, default=10_000, help="size of the dataset (10000)")
        one.add_argument("--data", type=Path, metavar="DIR", help="another dataset, of so many entities")
        one.add_argument("--neo4j-loaded", action="store_true", help="the Neo4j at NEO4J_URI holds the dataset")
    for one in (running, sizes, fixed, same):
        one.add_argument("--folder", type=Path, default=_home() / "bench", help="where datasets and databases are kept")
    for name in ("show", "chart"):
        commands.add_parser(name).add_argument("files", nargs="+", type=Path, metavar="FILE.json")
    given = parser.parse_args()
    # A supervisor's TERM leaves every `with` in order, so that servers and database are stopped.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if given.command == "run":
        _run(given)
    elif given.command == "show":
        for file in given.files:
            print(table(orjson.loads(file.read_bytes())))
    elif given.command == "chart":
        from tests.bench.chart import draw

        draw([orjson.loads(file.read_bytes()) for file in given.files])
    elif given.command == "sizes":
        _sizes(given)
    elif given.command == "same":
        from tests.bench.same import check

        print(check(given.folder, given.entities, given.data, is_loaded=given.neo4j_loaded))
    else:
        from tests.bench.fixed import fixed_costs

        print(fixed_costs(given.folder, given.entities, given.data, is_loaded=given.neo4j_loaded))


def _run(given: argparse.Namespace) -> None:
    plan = Plan(
        entities=given.entities,
        seconds=given.seconds,
        rounds=given.rounds,
        warm=given.warm,
        concurrency=given.concurrency,
        questions=[BY_NAME[name] for name in given.operations],
        servers=given.servers,
        is_loaded=given.neo4j_loaded,
        folder=given.folder,
        data=given.data,
    )
    print(HEAD, flush=True)
    result = run(plan)
    if given.out:
        given.out.write_bytes(orjson.dumps(result, option=orjson.OPT_INDENT_2))
    print("\n" + table(result))


def _sizes(given: argparse.Namespace) -> None:
    from tests.bench.sizes import compare_sizes

    lines = compare_sizes(
        given.folder,
        given.entities,
        [BY_NAME[name] for name in given.operations],
        seconds=given.seconds,
        rounds=given.rounds,
        warm=given.warm,
        concurrency=given.concurrency,
    )
    for line in lines:
        print(line, flush=True)


def _home() -> Path:
    return Path(os.environ.get("JOINTCREDIT_HOME") or REPOSITORY / ".jointcredit")


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


def _names(text: str) -> list[str]:
    unknown = [name for name in text.split(",") if name not in BY_NAME]
    if unknown:
        raise argparse.ArgumentTypeError(f"there is no {', '.join(unknown)}: there are {', '.join(BY_NAME)}")
    return text.split(",")


if __name__ == "__main__":
    main()
