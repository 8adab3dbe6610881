"""Cached parts of the catalogue are never older than the database was at the time of the request."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import neo4j
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.execution.fast_path import FastPath
from api.http.endpoint import Endpoint
from graph.identity.key import IdentityKey
from graph.settings import Settings
from tests.conftest import Graph
from tests.support.client import ID_KEY
from tests.support.gateway import gateway
from tests.support.rows import Rows

PAGE = """query ($who: String!) {
  subject(identifier: $who) {
    name
    applicableMeasures { nodes { measure { content agencies { name } } grounds { memorandum { title } } } }
  }
}"""
EDITIONS = 25
ASKING = 4


def edition(number: int, folder: Path) -> tuple[Path, str]:
    """A dataset whose catalogue names its edition everywhere, and its subject."""
    rows = Rows()
    rows.add("agencies", code="A2", name=f"{number}")
    rows.add("memoranda", code="M", title=f"{number}")
    rows.add("credit_lists", code="L", color="BLACK", memoranda="M")
    rows.add("measures", code="X", memorandum_code="M", nature="RESTRICTION", content=f"{number}", agencies="A2")
    who = rows.organization("某公司")
    rows.listed(who, "S1", "L")
    return rows.write(folder / f"edition{number}"), who


def editions_of(data: dict[str, Any]) -> list[int]:
    """The editions of all pieces of the answer."""
    [node] = data["subject"]["applicableMeasures"]["nodes"]
    texts = [node["measure"]["content"], node["measure"]["agencies"][0]["name"]]
    return [int(text) for text in [*texts, node["grounds"][0]["memorandum"]["title"]]]


@pytest.fixture
def fast_path(graph: Graph) -> Iterator[tuple[TestClient, FastPath]]:
    """A gateway and its fast path."""
    app = create_app(graph.target, IdentityKey(ID_KEY), Settings())
    applications = (getattr(route, "app", None) for route in app.routes)
    fast_path = next(found for found in applications if isinstance(found, Endpoint))._gateway._fast_path
    assert fast_path is not None
    with TestClient(app) as http:
        yield http, fast_path


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the statements that ran."""
    run: list[str] = []
    as_it_is = neo4j.AsyncSession.run

    async def counted(self: neo4j.AsyncSession, query: Any, *arguments: Any, **options: Any) -> Any:
        if isinstance(query, neo4j.Query) and query.metadata:  # not those by which this process watches its Neo4j
            run.append(query.metadata["name"])
        return await as_it_is(self, query, *arguments, **options)

    monkeypatch.setattr(neo4j.AsyncSession, "run", counted)
    return run


def ask(http: TestClient, who: str) -> dict[str, Any]:
    data: dict[str, Any] = http.post("/graphql", json={"query": PAGE, "variables": {"who": who}}).json()["data"]
    return data


def test_pieces_are_fetched_once_and_plans_made_once(
    graph: Graph, tmp_path: Path, fast_path: tuple[TestClient, FastPath], counted: list[str]
) -> None:
    folder, who = edition(1, tmp_path)
    graph.hold(folder)
    http, made = fast_path
    assert editions_of(ask(http, who)) == [1, 1, 1]
    assert sorted(counted) == ["fragmentMeasure", "fragmentMemorandum", "subject"]
    del counted[:]
    for _ in range(3):
        assert editions_of(ask(http, who)) == [1, 1, 1]
    assert counted == ["subject"] * 3
    assert (made.plans.hits, made.plans.misses) == (3, 1)
    assert (made.fast, made.slow) == (4, 0)


STRANGER = "91440000XXXX00019F"
FILTERED = """query ($who: String!, $code: String!) {
  measurePaths(subject: $who) { totalCount }
  subject(identifier: $who) { applicableMeasures(agency: $code, first: 1) { nodes { measure { content } } } name }
}"""
EXPLAINED = """query ($who: String!, $code: String!) {
  explain(subject: $who, measure: $code) { applies checks { rule memorandum { code } } }
}"""
UNKNOWN = {
    "a filter": (FILTERED, {}, "nobody", ["subject", "applicableMeasures"]),
    "a filter of another request": (FILTERED, {}, "somebody", ["subject", "applicableMeasures"]),
    "what is never null": (EXPLAINED, {}, "nobody", ["explain"]),
    "the subject of what is never null": (EXPLAINED, {"who": STRANGER, "code": "X"}, STRANGER, ["explain"]),
}
"""Query, variables, the unknown code or number, and the path of its error."""


def test_a_failed_check_takes_one_statement(
    graph: Graph, tmp_path: Path, fast_path: tuple[TestClient, FastPath], counted: list[str]
) -> None:
    """The error names the code of this request, even if the plan was made for another one."""
    folder, who = edition(1, tmp_path)
    graph.hold(folder)
    http, made = fast_path
    for case, (query, variables, unknown, path) in UNKNOWN.items():
        del counted[:]
        sent = {"who": who, "code": unknown} | variables
        answer = http.post("/graphql", json={"query": query, "variables": sent}).json()
        assert len(counted) == 1, case
        [error] = answer["errors"]
        assert (error["extensions"]["code"], error["path"]) == ("NOT_FOUND", path), case
        assert unknown in error["message"], case
    assert (made.fast, made.slow) == (len(UNKNOWN), 0)


def test_an_edition_that_is_loaded_is_answered_at_once(
    graph: Graph, tmp_path: Path, fast_path: tuple[TestClient, FastPath], counted: list[str]
) -> None:
    http, _ = fast_path
    for number in (1, 2):
        folder, who = edition(number, tmp_path)
        graph.load(folder)
        assert editions_of(ask(http, who)) == [number] * 3
    del counted[:]
    graph.load(folder)  # changes nothing
    assert editions_of(ask(http, who)) == [2, 2, 2]
    assert counted == ["subject"]


def test_while_the_catalogue_is_changed_nothing_that_is_held_is_used(
    graph: Graph, tmp_path: Path, fast_path: tuple[TestClient, FastPath]
) -> None:
    folder, who = edition(1, tmp_path)
    graph.hold(folder)
    http, _ = fast_path
    ask(http, who)
    change = "MATCH (m:Meta {name: 'catalogue'}) SET m.open = true WITH m MATCH (x:Measure) SET x.content = '7'"
    with graph.driver.session(database=graph.target.database) as session:
        session.run(change).consume()
    graph.forget()
    assert editions_of(ask(http, who)) == [7, 1, 1]


def test_what_is_unused_longest_is_forgotten(
    graph: Graph, tmp_path: Path, fast_path: tuple[TestClient, FastPath]
) -> None:
    folder, who = edition(1, tmp_path)
    graph.hold(folder)
    http, made = fast_path
    made._cache._max_bytes = 1
    for _ in range(2):
        assert editions_of(ask(http, who)) == [1, 1, 1]
    assert made._cache._bytes == 0


@pytest.mark.slow
def test_no_stale_answer_under_load(graph: Graph, tmp_path: Path) -> None:
    """Clients query while editions are loaded: no piece of an answer is older than the edition at the time of the
    request."""
    folder, who = edition(0, tmp_path)
    graph.wipe()
    graph.load(folder)
    loaded = [0]
    found: list[tuple[int, list[int]]] = []
    failed: list[Exception] = []
    done = threading.Event()

    def asks(address: str) -> None:
        with httpx2.Client(base_url=address, timeout=60) as http:
            while not done.is_set():
                floor = loaded[0]
                try:
                    answer = http.post("/graphql", json={"query": PAGE, "variables": {"who": who}}).json()
                    found.append((floor, editions_of(answer["data"])))
                except Exception as error:
                    failed.append(error)
                    return

    with gateway(graph.target) as address:
        threads = [threading.Thread(target=asks, args=(address,)) for _ in range(ASKING)]
        for thread in threads:
            thread.start()
        for number in range(1, EDITIONS):
            graph.load(edition(number, tmp_path)[0])
            loaded[0] = number
        done.set()
        for thread in threads:
            thread.join()
    assert not failed
    assert [(floor, editions) for floor, editions in found if min(editions) < floor] == []
    assert len({floor for floor, _ in found}) > EDITIONS // 2
