"""`check` finds faults in a graph, `--repair` and loads repair them, and a sound graph passes."""

from pathlib import Path

import neo4j
import pytest

from graph.statements.catalogue_version import OPEN_CATALOGUE, READ_OPEN, new_version
from graph.store.transactions import Transactions
from loaders import check
from loaders.check import Fault, check_graph
from tests.api.test_cli import run
from tests.conftest import SEEDS, Graph
from tests.loaders.test_loader import fingerprint
from tests.support.generator import make_dataset

DOUBLE = (
    "MATCH {pattern} WITH a, r, b LIMIT {most} CALL (a, r, b) {{ CREATE (a)-[s:{rel}]->(b) SET s = properties(r) }}"
)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dataset")
    make_dataset(folder, entities=60, seed=7, memoranda=4, power_items=20)
    return folder


@pytest.fixture(scope="module")
def sound(graph: Graph, dataset: Path) -> str:
    """The fingerprint of a graph with the dataset."""
    graph.wipe()
    graph.load(dataset)
    return fingerprint(graph.driver, graph.target.database)


@pytest.fixture
def loaded(sound: str, graph: Graph, dataset: Path) -> str:
    """The fingerprint; the graph holds the dataset. Most tests leave it unchanged."""
    if fingerprint(graph.driver, graph.target.database) != sound:
        graph.wipe()
        graph.load(dataset)
    return sound


def spoil(graph: Graph, statement: str) -> None:
    counters = graph.driver.execute_query(statement, database_=graph.target.database).summary.counters
    assert counters.contains_updates, statement


def faults(graph: Graph, *, repair: bool = False) -> dict[tuple[str, str, str], int]:
    found = check_graph(graph.driver, graph.target.database, repair=repair)
    return {(str(fault), str(label), what): times for (fault, label, what), times in found.counts.items()}


@pytest.mark.parametrize("repair", [False, True])
def test_a_sound_graph_passes(loaded: str, graph: Graph, repair: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "PAGE", 50)
    found = check_graph(graph.driver, graph.target.database, repair=repair)
    assert found.counts == {}
    nodes = graph.driver.execute_query(
        "MATCH (n) WHERE NOT n:__Neo4jMigration AND NOT n:Meta RETURN count(n)", database_=graph.target.database
    )
    assert found.nodes == nodes.records[0][0]
    assert fingerprint(graph.driver, graph.target.database) == loaded


def test_the_seeds_pass(graph: Graph) -> None:
    graph.hold(SEEDS / "catalogue", SEEDS / "demo")
    assert faults(graph) == {}


DOUBLES = [
    ("(a:Entity)-[r:AFFILIATED_WITH]->(b)", "AFFILIATED_WITH", "Entity", 7),
    ("(a:Entity)-[r:IN_REGION]->(b)", "IN_REGION", "Entity", 5),
    ("(a:Listing)-[r:ON_LIST]->(b)", "ON_LIST", "Listing", 4),
    ("(a:Entity)-[r:HAS_LISTING]->(b)", "HAS_LISTING", "Listing", 4),
    ("(a:Memorandum)-[r:SIGNED_BY]->(b)", "SIGNED_BY", "Memorandum", 1),
    ("(a:Memorandum)-[r:PRESCRIBES]->(b)", "PRESCRIBES", "Measure", 3),
    ("(a:Measure)-[r:EMBEDDED_IN]->(b)", "EMBEDDED_IN", "Measure", 1),
]


STALE = [
    (
        "MATCH (n:Entity) WHERE n.kind <> 'NATURAL_PERSON' WITH n LIMIT 3 SET n.searchName = 'x'",
        "Entity",
        "searchName",
        3,
    ),
    ("MATCH (n:Entity {kind: 'NATURAL_PERSON'}) WITH n LIMIT 2 SET n.searchName = n.name", "Entity", "searchName", 2),
    ("MATCH (n:Listing) WITH n LIMIT 2 SET n.documentNoKey = 'x'", "Listing", "documentNoKey", 2),
    ("MATCH (n:Memorandum) WITH n LIMIT 1 SET n.initials = 'x'", "Memorandum", "initials", 1),
    ("MATCH (n:Agency) WITH n LIMIT 1 SET n.initials = 'x'", "Agency", "initials", 1),
    ("MATCH (n:Entity) WHERE n.kind <> 'NATURAL_PERSON' WITH n LIMIT 2 REMOVE n.pinyin", "Entity", "pinyin", 2),
    ("MATCH (n:Measure) WITH n LIMIT 1 SET n.id = 'x'", "Measure", "id", 1),
]


SPOILED = [
    *(
        (DOUBLE.format(pattern=pattern, rel=rel, most=most), ("doubled", label, rel), most)
        for pattern, rel, label, most in DOUBLES
    ),
    *((statement, ("stale", label, name), times) for statement, label, name, times in STALE),
]


@pytest.mark.parametrize("mend", ["repair", pytest.param("load", marks=pytest.mark.slow)])
@pytest.mark.parametrize(("statement", "fault", "times"), SPOILED, ids=[" ".join(fault) for _, fault, _ in SPOILED])
def test_doubles_and_stale_values_are_found_and_mended(
    statement: str, fault: tuple[str, str, str], times: int, mend: str, loaded: str, graph: Graph, dataset: Path
) -> None:
    spoil(graph, statement)
    assert faults(graph) == {fault: times}
    if mend == "load":
        figures = graph.load(dataset).totals
        assert (figures.created, figures.updated) == (0, times)
        assert figures.mended == (times if fault[0] == "doubled" else 0)
    else:
        assert faults(graph, repair=True) == {fault: times}
    assert faults(graph) == {}
    assert fingerprint(graph.driver, graph.target.database) == loaded


LEFT = [
    ("MATCH (n:Entity)-[r:IN_REGION]->() WITH r LIMIT 1 DELETE r", ("missing", "Entity", "IN_REGION")),
    ("MATCH (n:Listing)<-[r:HAS_LISTING]-() WITH r LIMIT 1 DELETE r", ("missing", "Listing", "HAS_LISTING")),
    ("MATCH (n:Listing) WITH n LIMIT 1 REMOVE n.listedOn", ("missing", "Listing", "listedOn")),
    (
        "MATCH (n:Entity)-[r:IN_REGION]->(f) WITH n, f LIMIT 1 MATCH (g:Region) WHERE g <> f WITH n, g LIMIT 1 "
        "CREATE (n)-[:IN_REGION]->(g)",
        ("too many", "Entity", "IN_REGION"),
    ),
    (
        "MATCH (a:Entity)-[r:AFFILIATED_WITH]->(b) WITH a, r, b LIMIT 1 CREATE (a)-[s:AFFILIATED_WITH]->(b) "
        "SET s = properties(r), s.until = date('2050-01-01')",
        ("contradictory", "Entity", "AFFILIATED_WITH"),
    ),
    (
        "MATCH (n:Entity {kind: 'NATURAL_PERSON'}) WITH n LIMIT 1 SET n.identifier = '440000190001010019'",
        ("in clear", "Entity", "identifier"),
    ),
    ("MATCH (n:Listing) WITH n LIMIT 1 SET n.reason = '见 440000-19000101-0019'", ("in clear", "Listing", "reason")),
]


@pytest.mark.parametrize(("statement", "fault"), LEFT)
def test_what_only_a_dataset_knows_is_left_and_a_load_mends_it(
    statement: str, fault: tuple[str, str, str], loaded: str, graph: Graph, dataset: Path
) -> None:
    spoil(graph, statement)
    assert faults(graph, repair=True) == {fault: 1}
    assert faults(graph) == {fault: 1}
    found = check_graph(graph.driver, graph.target.database, repair=True)
    assert found.left(repaired=True) == 1
    assert "0001010" not in repr(found)
    graph.load(dataset)
    assert faults(graph) == {}
    assert fingerprint(graph.driver, graph.target.database) == loaded


@pytest.mark.parametrize("key", ["null", "''", "7"])
def test_nodes_without_a_key_are_counted(key: str, loaded: str, graph: Graph) -> None:
    spoil(graph, f"CREATE (:Listing {{listingNo: {key}, reason: 'x'}})")
    try:
        assert faults(graph, repair=True) == {("keyless", "Listing", "listingNo"): 1}
        left = run("check", target=graph.target)
        assert (left.returncode, "delete it with the tool that created it" in left.stderr) == (1, True)
    finally:
        spoil(graph, "MATCH (n:Listing {reason: 'x'}) DELETE n")
    assert faults(graph) == {}


def test_an_open_catalogue_is_closed(loaded: str, graph: Graph) -> None:
    transactions = Transactions(graph.driver, graph.target.database)
    transactions.run("open", lambda ask: ask(OPEN_CATALOGUE, [new_version()]))
    assert faults(graph) == {("open", "Meta", "open"): 1}
    assert faults(graph, repair=True) == {("open", "Meta", "open"): 1}
    assert transactions.ask_once(READ_OPEN) == []
    assert faults(graph) == {}


def test_pages_join_without_a_gap(loaded: str, graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    spoil(graph, DOUBLE.format(pattern="(a:Entity)-[r:AFFILIATED_WITH]->(b)", rel="AFFILIATED_WITH", most=1000))
    spoil(graph, "MATCH (n:Entity) SET n.id = 'x'")
    whole = faults(graph)
    for size in (1, 7, 100):
        monkeypatch.setattr(check, "PAGE", size)
        assert faults(graph) == whole
    assert faults(graph, repair=True) == whole
    assert fingerprint(graph.driver, graph.target.database) == loaded


def test_what_is_mended_is_what_a_repair_mends(driver: neo4j.Driver) -> None:
    assert {Fault.DOUBLED, Fault.STALE, Fault.OPEN} == check.MENDED


def test_the_command_tells_what_is_wrong_and_mends_it(loaded: str, graph: Graph) -> None:
    sound = run("check", target=graph.target)
    assert (sound.returncode, "the graph has no faults" in sound.stderr) == (0, True), sound.stderr
    spoil(graph, DOUBLE.format(pattern="(a:Entity)-[r:AFFILIATED_WITH]->(b)", rel="AFFILIATED_WITH", most=3))
    found = run("check", target=graph.target)
    assert found.returncode == 1
    assert "doubled: Entity AFFILIATED_WITH: 3\n" in found.stderr
    assert "3 are left: `jointcredit check --repair`" in found.stderr
    mended = run("check", "--repair", target=graph.target)
    assert (mended.returncode, "doubled: Entity AFFILIATED_WITH: 3, mended" in mended.stderr) == (0, True)
    assert fingerprint(graph.driver, graph.target.database) == loaded
    spoil(graph, "MATCH (n:Listing) WITH n LIMIT 1 REMOVE n.listedOn")
    left = run("check", "--repair", target=graph.target)
    assert (left.returncode, "1 are left: load the dataset" in left.stderr) == (1, True)
