"""The guarantees of loading, on a real graph: loads are idempotent, corrections replace, nothing is lost."""

import csv
import hashlib
import json
from pathlib import Path

import neo4j
import pytest

from graph.errors import SettingsError
from graph.identity.key import IdentityKey
from graph.ids import global_id
from graph.model import Label
from graph.store.transactions import Transactions
from loaders.identity_check import check_identity_key
from loaders.load import load
from tests.conftest import Graph
from tests.support.generator import make_dataset
from tests.support.numbers import org_code, resident_id, uscc
from tests.support.rows import REGION, Rows


def fingerprint(driver: neo4j.Driver, database: str) -> str:
    """The whole graph in one hash: nodes with labels and properties, relationships with their ends and properties. It
    leaves out the version of the catalogue, which is random."""
    nodes = driver.execute_query(
        "MATCH (n) WHERE NOT n:__Neo4jMigration AND n.version IS NULL "
        "RETURN labels(n) AS labels, properties(n) AS properties",
        database_=database,
    ).records
    edges = driver.execute_query(
        "MATCH (a)-[r]->(b) WHERE NOT a:__Neo4jMigration "
        "RETURN a.id AS a, type(r) AS type, b.id AS b, properties(r) AS properties",
        database_=database,
    ).records
    lines = sorted(json.dumps(record.data(), default=str, sort_keys=True) for record in (*nodes, *edges))
    return f"{len(nodes)} {len(edges)} {hashlib.sha256(repr(lines).encode()).hexdigest()}"


def rewrite(path: Path, change: dict[str, str], where: tuple[str, str]) -> None:
    """Change cells of the row with the value `where[1]` in column `where[0]`."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row[where[0]] == where[1]:
            row.update(change)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, list(rows[0]))
        out.writeheader()
        out.writerows(rows)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dataset")
    make_dataset(folder, entities=400, seed=7)
    return folder


def test_the_same_dataset_twice_writes_nothing_the_second_time(
    dataset: Path, empty_graph: neo4j.Driver, database: str, identity_key: IdentityKey
) -> None:
    first = load(dataset, empty_graph, database, identity_key, batch=64)
    once = fingerprint(empty_graph, database)
    assert first.exit_status == 0
    assert first.totals.created == first.totals.read == first.totals.loaded > 1000
    second = load(dataset, empty_graph, database, identity_key, batch=100)
    assert second.totals.unchanged == second.totals.read == first.totals.read
    assert fingerprint(empty_graph, database) == once
    assert list(first.files) == list(second.files)


@pytest.mark.slow
def test_another_size_of_batch_gives_the_same_graph(
    dataset: Path, graph: Graph, database: str, identity_key: IdentityKey
) -> None:
    found = set()
    for batch in (1000, 37):
        graph.wipe()
        load(dataset, graph.driver, database, identity_key, batch=batch)
        found.add(fingerprint(graph.driver, database))
    assert len(found) == 1


def full() -> tuple[Rows, str, str]:
    rows = Rows()
    rows.add(
        "agencies", code="A2", short_name="二局", valid_to="2020-01-01", parent_code="A1", source="甲", confidence="low"
    )
    rows.add("divisions", code="D1", agency_code="A1")
    rows.add("memoranda", code="M1", doc_number=" 测[2018]　1号 ", signatories="A1;A2", effective_to="2030-01-01")
    rows.add("credit_lists", code="L1", color="BLACK", memoranda="M1", validity_months="36")
    rows.add("power_items", code="P1", division_code="D1")
    rows.add("power_items", code="P2", devolved_from="P1", is_key_item="true")
    bases = "《条例》第二条;《条例》第一条；第三款"
    rows.add("measures", code="X1", memorandum_code="M1", nature="PROHIBITION", targets="NATURAL_PERSON;LEGAL_PERSON",
             agencies="A2；A1", divisions="D1", power_items="P1;P2", legal_bases=bases)  # fmt: skip
    rows.add("embeddings", power_item_code="P1", measure_code="X1", since="2018-01-01")
    company, person = rows.organization("甲公司"), rows.person("张三")
    rows.add("affiliations", person=person, organization=company, until="2019-01-01")
    rows.listed(company, "S1", "L1", expires_on="2013-01-01", document_no="(2018) 粤执【7】号")
    return rows, company, person


def value(driver: neo4j.Driver, database: str, query: str) -> object:
    return driver.execute_query(query, database_=database).records[0][0]


@pytest.fixture
def provenance(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows with `source` and `confidence`."""
    from tests.support import rows

    more = {name: columns | {"source": "", "confidence": ""} for name, columns in rows.DEFAULTS.items()}
    monkeypatch.setattr(rows, "DEFAULTS", more)


@pytest.mark.usefixtures("provenance")
def test_what_a_row_becomes(
    tmp_path: Path, empty_graph: neo4j.Driver, database: str, identity_key: IdentityKey
) -> None:
    rows, company, person = full()
    load(rows.write(tmp_path), empty_graph, database, identity_key)

    def ask(query: str) -> object:
        return value(empty_graph, database, query)

    assert ask("MATCH (a:Agency {code: 'A2'}) RETURN a {.*}") == {
        "id": global_id(Label.AGENCY, "A2"), "code": "A2", "name": "某局", "shortName": "二局", "level": "PROVINCE",
        "validTo": neo4j.time.Date(2020, 1, 1), "source": "甲", "confidence": "low",
        "searchName": "某局", "searchText": "二局", "initials": "mj ej MouJu ErJu",
    }  # fmt: skip
    assert ask("MATCH (m:Memorandum) RETURN [m.docNumber, m.docNumberKey]") == ["测[2018]　1号", "测20181号"]
    assert ask("MATCH (l:Listing) RETURN [l.documentNo, l.documentNoKey]") == [
        "(2018) 粤执【7】号",
        "2018粤执7号",
    ]
    assert ask("MATCH (x:Measure) RETURN [x.targets, x.legalBases, x.number]") == [
        ["NATURAL_PERSON", "LEGAL_PERSON"], ["《条例》第二条", "《条例》第一条；第三款"], 1,
    ]  # fmt: skip
    assert ask("MATCH (e:Entity {kind: 'LEGAL_PERSON'}) RETURN [e.key, e.identifier, e.orgCode]") == [
        company, company, company[8:17],
    ]  # fmt: skip
    assert ask("MATCH (m:Memorandum) RETURN [m.searchName, m.searchText, m.initials]") == [
        "合作备忘录", "测20181号\n某领域", "hzbwl HeZuoBeiWangLu",
    ]  # fmt: skip
    assert ask("MATCH (x:Measure) RETURN [x.searchName, x.searchText]") == [
        "某措施", "某类别\n条例第二条\n条例第一条;第三款",
    ]  # fmt: skip
    assert ask("MATCH (e:Entity) RETURN collect([e.searchName, e.initials, e.pinyin])") == [
        ["甲公司", "jgs", "JiaGongSi"], [None, None, None],
    ]  # fmt: skip
    shown = f"{person[:4]}************{person[-2:]}"
    assert ask("MATCH (e:Entity {kind: 'NATURAL_PERSON'}) RETURN [e.key, e.identifier, e.orgCode]") == [
        identity_key.hash(person), shown, None,
    ]  # fmt: skip
    patterns = [
        "(:Agency {code: 'A2'})-[:SUBORDINATE_TO]->(:Agency {code: 'A1'})",
        "(:Memorandum)-[:SIGNED_BY]->(:Agency {code: 'A2'})",
        "(:Memorandum)-[:GOVERNS]->(:CreditList)-[:RECOGNIZED_BY]->(:Agency)",
        "(:Memorandum)-[:PRESCRIBES]->(:Measure)-[:IMPLEMENTED_BY]->(:Agency {code: 'A2'})",
        "(:Measure)-[:ASSIGNED_TO]->(:Division)-[:DIVISION_OF]->(:Agency)",
        "(:Measure)-[:NAMES]->(:PowerItem {code: 'P2', isKeyItem: true})-[:DEVOLVED_FROM]->(:PowerItem)",
        "(:Measure)-[:EMBEDDED_IN {step: '受理', status: 'LIVE', since: date('2018-01-01')}]->(:PowerItem)",
        "(:PowerItem)-[:HANDLED_BY]->(:Division)",
        "(:Entity)-[:AFFILIATED_WITH {until: date('2019-01-01')}]->(:Entity)-[:HAS_LISTING]->(:Listing)",
        "(:Listing {expiresOn: date('2013-01-01')})-[:ON_LIST]->(:CreditList {isPublic: true, validityMonths: 36})",
    ]
    for pattern in patterns:
        assert ask(f"RETURN COUNT {{ {pattern} }}") == 1, pattern


@pytest.mark.usefixtures("provenance")
def test_a_corrected_row_replaces_all_of_what_it_names_and_nothing_else(
    tmp_path: Path, empty_graph: neo4j.Driver, database: str, identity_key: IdentityKey
) -> None:
    rows, _, _ = full()
    folder = rows.write(tmp_path / "a")
    load(folder, empty_graph, database, identity_key)
    changes = {
        "agencies": (
            {"short_name": "", "valid_to": "", "parent_code": "", "source": "", "name": "新局"},
            ("code", "A2"),
        ),
        "measures": ({"agencies": "A2", "power_items": "P2", "divisions": "", "legal_bases": ""}, ("code", "X1")),
        "power_items": ({"devolved_from": ""}, ("code", "P2")),
        "credit_lists": ({"memoranda": ""}, ("code", "L1")),
        "listings": ({"expires_on": "", "removed_on": "2012-01-01"}, ("listing_no", "S1")),
        "affiliations": ({"until": ""}, ("role", "EXECUTIVE")),
        "embeddings": ({"status": "PLANNED", "source": "乙"}, ("step", "受理")),
    }
    for table, (change, where) in changes.items():
        rewrite(folder / f"{table}.csv", change, where)
    summary = load(folder, empty_graph, database, identity_key)
    assert summary.totals.updated == 7
    assert summary.totals.unchanged == summary.totals.read - 7
    corrected = fingerprint(empty_graph, database)
    empty_graph.execute_query("MATCH (n) WHERE NOT n:__Neo4jMigration DETACH DELETE n", database_=database)
    load(folder, empty_graph, database, identity_key)
    assert fingerprint(empty_graph, database) == corrected


def test_rows_that_are_absent_are_left_alone(
    tmp_path: Path, empty_graph: neo4j.Driver, database: str, identity_key: IdentityKey
) -> None:
    rows, company, person = full_without_provenance()
    load(rows.write(tmp_path / "a"), empty_graph, database, identity_key)
    before = fingerprint(empty_graph, database)
    part = tmp_path / "b"
    part.mkdir()
    text = f"person,organization,role,since,until\n{person},{company},EXECUTIVE,2010-01-01,2019-01-01\n"
    (part / "affiliations.csv").write_text(text, "utf-8")
    summary = load(part, empty_graph, database, identity_key)
    assert (summary.totals.unchanged, summary.totals.read) == (1, 1)
    assert fingerprint(empty_graph, database) == before


def full_without_provenance() -> tuple[Rows, str, str]:
    rows = Rows()
    company, person = rows.organization("甲公司"), rows.person("张三")
    rows.add("affiliations", person=person, organization=company, until="2019-01-01")
    return rows, company, person


ENTITIES = "identifier,scheme,kind,name,org_code,registration_no,region_code\n"


def organisations(folder: Path, *numbered: tuple[int, str]) -> Path:
    folder.mkdir()
    (folder / "regions.csv").write_text(f"code,name,level\n{REGION},广东省,PROVINCE\n", "utf-8")
    codes = {"": ""} | {f"N{n}": org_code(1000 + n) for n in range(1, 5)}
    rows = [
        f"{uscc('91', REGION, org_code(n))},USCC,LEGAL_PERSON,第{n}家,{codes[code]},4403001,{REGION}\n"
        for n, code in numbered
    ]
    (folder / "entities.csv").write_text(ENTITIES + "".join(rows), "utf-8")
    return folder


@pytest.mark.parametrize("batch", [1, 2, 100])
def test_numbers_may_change_hands_in_any_order(
    batch: int, tmp_path: Path, empty_graph: neo4j.Driver, database: str, identity_key: IdentityKey
) -> None:
    def go(name: str, *numbered: tuple[int, str]) -> list[int]:
        summary = load(organisations(tmp_path / name, *numbered), empty_graph, database, identity_key, batch=batch)
        figures = summary.files["entities.csv"]
        return [figures.created, figures.updated, figures.unchanged, figures.refused]

    assert go("a", (1, "N1"), (2, "N2"), (3, "N3"), (4, "N4")) == [4, 0, 0, 0]
    assert go("b", (1, "N2"), (2, "N3"), (3, "N1"), (5, "N4"), (4, "")) == [1, 4, 0, 0]
    assert go("c", (1, "N2"), (2, "N3"), (3, "N1"), (5, "N4"), (4, "")) == [0, 0, 5, 0]
    # 6 has the number of 1, which is not in the dataset; 2 and 3 swap, and 7 has the number that 3 gives up, too late.
    assert go("d", (6, "N2"), (2, "N1"), (3, "N3"), (7, "N3")) == [0, 2, 0, 2]
    assert go("e", (6, "N2"), (2, "N1"), (3, "N3"), (7, "N3")) == [0, 0, 2, 2]


def test_a_number_that_reads_both_ways_is_whoever_exists(
    tmp_path: Path, empty_graph: neo4j.Driver, database: str, identity_key: IdentityKey
) -> None:
    from stdnum.cn import uscc as gb32100

    number = next(n for i in range(5000) if gb32100.is_valid(n := resident_id(i)))
    rows = Rows()
    rows.add("credit_lists", code="L1", color="BLACK", memoranda="")
    rows.add("entities", identifier=number, name="组织")
    rows.listed(number, "S1", "L1")
    assert load(rows.write(tmp_path / "a"), empty_graph, database, identity_key).exit_status == 0
    assert value(empty_graph, database, "MATCH (e:Entity)-[:HAS_LISTING]->() RETURN e.key") == number
    rows.add("entities", identifier=number, name="个人", scheme="RESIDENT_ID", kind="NATURAL_PERSON")
    summary = load(rows.write(tmp_path / "b"), empty_graph, database, identity_key)
    assert [r.reason for r in summary.first_refusals] == [
        "it is the number of a natural person and of an organisation: which is meant?"
    ]


def test_another_identity_key_is_refused_before_anything_is_written(
    tmp_path: Path, empty_graph: neo4j.Driver, database: str, identity_key: IdentityKey
) -> None:
    other = IdentityKey("cd" * 32)
    check_identity_key(Transactions(empty_graph, database), other)
    load(organisations(tmp_path / "a", (1, "")), empty_graph, database, identity_key)
    before = fingerprint(empty_graph, database)
    with pytest.raises(SettingsError, match="loaded with another JOINTCREDIT_ID_KEY"):
        load(organisations(tmp_path / "b", (2, "")), empty_graph, database, other, report=tmp_path / "r.json")
    with pytest.raises(SettingsError):
        check_identity_key(Transactions(empty_graph, database), other)
    check_identity_key(Transactions(empty_graph, database), identity_key)
    assert fingerprint(empty_graph, database) == before
    assert not (tmp_path / "r.json").exists()
