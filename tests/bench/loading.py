"""How long loads take, side by side, on one machine in one run: `python -m tests.bench.loading --entities 1000000`.

Four ways over the same dataset, each into an embedded database of its own with the same constraints and indexes:

raw      plain batched UNWIND of the cells as they stand in the files: 5,000 rows a transaction, nodes first, then MATCH
         and CREATE for the relationships; nothing is checked, nothing is derived
stored   the same with the properties that a load stores (ids, keys, dates, search texts), made before the clock starts
online   `load`, into a migrated database that answers
offline  `load --offline`, from nothing until the command ends: the database indexed, stopped and in its place

Each way ends when every index is online. Prints seconds, rows a second and, in times, how much faster than the first
way it is; `--json FILE` writes the seconds. A JVM is slow at first: below 100,000 entities the figures say little.
"""

import argparse
import csv
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import neo4j

from graph.embedded import EmbeddedNeo4j
from graph.identity.key import IdentityKey
from graph.model import Label
from graph.settings import Settings
from graph.store.readiness import migrate, open_driver
from loaders.format.tables import TABLES, Table
from loaders.load import load
from loaders.offline import load_offline
from loaders.reading.dataset import open_dataset, read_records
from loaders.reading.row_reader import RowReader
from tests.support.client import ID_KEY
from tests.support.generator import make_dataset
from tests.support.neo4j import JARS

BATCH = 5_000


def chunks(rows: Iterator[Any]) -> Iterator[list[Any]]:
    """Lists of 5,000."""
    while chunk := list(islice(rows, BATCH)):
        yield chunk


def raw_rows(folder: Path, table: Table) -> Iterator[dict[str, Any]]:
    """The cells of a file that hold something, by property; the key of an entity is its identifier."""
    with (folder / table.file).open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            cells = {table.by_name[name].prop: cell for name, cell in row.items() if cell}
            if table.label is Label.ENTITY:
                cells["key"] = cells["identifier"]
            yield cells


def plain_statements(table: Table) -> list[str]:
    """The statements over raw rows: one that makes the nodes, and one for each of their relationships."""
    if table.rel:
        start, rel, end = table.edge
        ends = [table.by_name[name].prop for name in (table.start, table.end)]
        return [
            f"UNWIND $rows AS row MATCH (a:{start} {{{start.key}: row.{ends[0]}}}) "
            f"MATCH (b:{end} {{{end.key}: row.{ends[1]}}}) CREATE (a)-[r:{rel}]->(b) SET r = row"
        ]
    label = table.node
    found = [f"UNWIND $rows AS row CREATE (n:{label}) SET n = row"]
    for column in table.linked:
        far, codes = column.target, f"row.{column.prop}"
        unwound = f"UNWIND split({codes}, ';') AS code " if column.many else f"WITH row, n, {codes} AS code "
        assert column.link
        found.append(
            f"UNWIND $rows AS row MATCH (n:{label} {{{label.key}: row.{label.key}}}) {unwound}"
            f"MATCH (f:{far} {{{far.key}: code}}) CREATE {column.link.pattern('n', '', 'f')}"
        )
    return found


def stored_rows(folder: Path, table: Table, key: IdentityKey) -> Iterator[dict[str, Any]]:
    """What a load stores of each row, and under the names of references what they name."""
    source = next((source for source in open_dataset(folder) if source.table is table), None)
    if source is None:
        return
    reader = RowReader(table, source.header, key)
    with source.path.open(encoding="utf-8-sig", newline="") as file:
        for record in islice(read_records(file, len(source.header)), 1, None):
            row = reader.read(record)
            named = {name: [item[0] for item in items] for name, items in row.references.items()}
            yield {"properties": row.properties} | {table.by_name[name].prop: keys for name, keys in named.items()}


def stored_statements(table: Table) -> list[str]:
    """The statements over such rows."""
    if table.rel:
        start, rel, end = table.edge
        ends = [table.by_name[name].prop for name in (table.start, table.end)]
        return [
            f"UNWIND $rows AS row MATCH (a:{start} {{{start.key}: row.{ends[0]}[0]}}) "
            f"MATCH (b:{end} {{{end.key}: row.{ends[1]}[0]}}) CREATE (a)-[r:{rel}]->(b) SET r = row.properties"
        ]
    label = table.node
    found = [f"UNWIND $rows AS row CREATE (n:{label}) SET n = row.properties"]
    for column in table.linked:
        assert column.link
        found.append(
            f"UNWIND $rows AS row MATCH (n:{label} {{{label.key}: row.properties.{label.key}}}) "
            f"UNWIND row.{column.prop} AS code MATCH (f:{column.target} {{{column.target.key}: code}}) "
            f"CREATE {column.link.pattern('n', '', 'f')}"
        )
    return found


def load_stored(folder: Path, driver: neo4j.Driver, database: str) -> float:
    """As `load_raw`; returns the seconds of the statements alone."""
    key, seconds = IdentityKey(ID_KEY), 0.0
    with driver.session(database=database, notifications_min_severity="OFF") as session:
        for links in (False, True):
            for table in TABLES:
                statements = stored_statements(table)
                chosen = statements[1:] if links and table.label else statements[:1] if bool(table.rel) is links else []
                for rows in chunks(stored_rows(folder, table, key)) if chosen else ():
                    start = time.perf_counter()
                    for statement in chosen:
                        session.execute_write(write, statement, rows)
                    seconds += time.perf_counter() - start
    return seconds


def load_raw(folder: Path, driver: neo4j.Driver, database: str) -> None:
    """Nodes of every table first, then the relationships."""
    with driver.session(database=database, notifications_min_severity="OFF") as session:
        for links in (False, True):
            for table in TABLES:
                statements = plain_statements(table)
                chosen = statements[1:] if links and table.label else statements[:1] if bool(table.rel) is links else []
                for rows in chunks(raw_rows(folder, table)) if chosen else ():
                    for statement in chosen:
                        session.execute_write(write, statement, rows)


def write(transaction: neo4j.ManagedTransaction, statement: str, rows: list[Any]) -> None:
    """One batch of one statement."""
    transaction.run(statement, rows=rows).consume()


def wait_for_indexes(driver: neo4j.Driver, database: str) -> None:
    """Until every index is online, and the full-text ones hold what was committed."""
    driver.execute_query("CALL db.awaitIndexes(600)", database_=database)
    driver.execute_query("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()", database_=database)


def in_a_database(way: Callable[[Path, neo4j.Driver, str], float | None], folder: Path) -> float:
    """Seconds that a way takes in a new embedded database, or those that it counts itself."""
    with tempfile.TemporaryDirectory(prefix="jointcredit-loading-") as home:
        settings = Settings(JOINTCREDIT_HOME=Path(home), JOINTCREDIT_JARS=JARS)
        with EmbeddedNeo4j(settings, "loading") as target, open_driver(target) as driver:
            migrate(driver, target.database)
            start = time.perf_counter()
            counted = way(folder, driver, target.database)
            middle = time.perf_counter()
            wait_for_indexes(driver, target.database)
            return time.perf_counter() - (start if counted is None else middle - counted)


def load_online(folder: Path, driver: neo4j.Driver, database: str) -> None:
    """The loader itself."""
    summary = load(folder, driver, database, IdentityKey(ID_KEY))
    if summary.totals.refused:
        raise RuntimeError(f"{summary.totals.refused} rows were refused: a comparison needs good rows")


def offline(folder: Path) -> float:
    """Seconds of an offline load."""
    with tempfile.TemporaryDirectory(prefix="jointcredit-loading-") as home:
        settings = Settings(JOINTCREDIT_HOME=Path(home), JOINTCREDIT_JARS=JARS)
        start = time.perf_counter()
        load_offline(folder, settings, IdentityKey(ID_KEY))
        return time.perf_counter() - start


WAYS: dict[str, Callable[[Path], float]] = {
    "raw": lambda folder: in_a_database(load_raw, folder),
    "stored": lambda folder: in_a_database(load_stored, folder),
    "online": lambda folder: in_a_database(load_online, folder),
    "offline": offline,
}


def main() -> None:
    """Run the ways that are asked for, and compare them with the first."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--entities", type=int, default=100_000)
    arguments.add_argument("--dataset", type=Path, help="a folder that is there already, instead of a generated one")
    arguments.add_argument("--ways", default=",".join(WAYS))
    arguments.add_argument("--json", type=Path)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="jointcredit-dataset-") as made:
        folder = given.dataset or Path(made)
        if not given.dataset:
            make_dataset(folder, entities=given.entities)
        rows = sum(1 for table in TABLES if (folder / table.file).exists() for _ in raw_rows(folder, table))
        print(f"{rows:,} rows")
        seconds: dict[str, float] = {}
        for name in given.ways.split(","):
            seconds[name] = WAYS[name](folder)
            first = next(iter(seconds.values()))
            print(
                f"{name:8} {seconds[name]:8.1f} s {rows / seconds[name]:10,.0f} rows/s {first / seconds[name]:6.2f} x",
                flush=True,
            )
    if given.json:
        given.json.write_text(json.dumps({"rows": rows, "seconds": seconds}) + "\n", "utf-8")


if __name__ == "__main__":
    main()
