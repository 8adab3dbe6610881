"""Renews what nodes store for search after an upgrade.

The graph remembers the version of its search texts; those of an earlier one are made anew, page by page.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import neo4j

from graph.errors import GraphNotReady
from graph.search.stored_text import VERSION, searched
from graph.statements.write import Write
from graph.store.transactions import Ask, Transactions
from graph.store.write_lock import PATIENCE, WriteLock
from graph.writes.loading import READ_IDENTITY_KEY, READ_SEARCH_VERSION, REMEMBER_SEARCH_VERSION, read_page

from .format.tables import TABLES, Table
from .reading.derived import DerivedValues
from .writing.catalogue_change import CatalogueChange
from .writing.upsert import NODE_WRITES

PAGE = 2_000
"""Nodes in one transaction."""


def renew_search_text(
    driver: neo4j.Driver,
    database: str,
    *,
    patience: float = PATIENCE,
    notify: Callable[[str], None] = lambda text: None,
) -> int:
    """Make what nodes store for search what this version stores, and remember that; returns how many nodes were
    changed. Nothing is read where the graph remembers it already. One that was interrupted is completed by another.

    Raises as WriteLock does, whose `patience` and `notify` these are.
    """
    if VERSION in Transactions(driver, database).ask_once(READ_SEARCH_VERSION):
        return 0
    renewed = 0
    with (
        WriteLock(driver, database, "migrate", patience=patience, notify=notify) as lock,
        CatalogueChange(lock) as change,
    ):
        for table in (table for table in TABLES if table.label and _derives(table)):
            runner = change if table.catalogue else lock
            renewed += _renew(table, runner.run)
        lock.run("remember search version", lambda ask: ask(REMEMBER_SEARCH_VERSION, [VERSION]))
    return renewed


def check_search_text(driver: neo4j.Driver, database: str) -> None:
    """Raises GraphNotReady if a dataset was loaded whose search texts are of an earlier version."""
    transactions = Transactions(driver, database)
    if VERSION not in transactions.ask_once(READ_SEARCH_VERSION) and transactions.ask_once(READ_IDENTITY_KEY):
        raise GraphNotReady("the search texts are those of an earlier version: run `jointcredit migrate`")


def _derives(table: Table) -> bool:
    return bool(searched(table.node)) or any(column.document for column in table.columns)


def _renew(table: Table, run: Callable[[str, Callable[[Ask], Any]], Any]) -> int:
    statement, derived = read_page(table.node, [], PAGE), DerivedValues(table)
    last, renewed, read = "", 0, PAGE
    while read == PAGE:
        read, last, changed = run(f"renew {table.file}", partial(_renew_page, table, statement, derived, last))
        renewed += changed
    return renewed


def _renew_page(table: Table, statement: Write, derived: DerivedValues, last: str, ask: Ask) -> tuple[int, str, int]:
    """How many nodes there were, the key of the last, and how many were changed."""
    nodes = ask(statement, [last])
    replaced = []
    for key, properties, _ in nodes:
        last = key
        if stale := derived.stale(key, properties):
            replaced.append(properties | stale)
    if replaced:
        ask(NODE_WRITES[table.name].replace, replaced)
    return len(nodes), last, len(replaced)
