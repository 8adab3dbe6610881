"""A first load through Neo4j's importer gives the same graph, summary and report as a load through transactions."""

import json
import re
import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner

from graph.embedded import EmbeddedNeo4j
from graph.embedded.staging import NewStore
from graph.errors import EmbeddedError, HomeInUse
from graph.identity.key import IdentityKey
from graph.settings import Settings
from graph.store.readiness import check, open_driver
from graph.store.transactions import Transactions
from loaders.identity_check import check_identity_key
from loaders.load import load
from loaders.offline import load_offline, write_files
from tests.conftest import Graph
from tests.loaders.test_loader import fingerprint
from tests.support.client import ID_KEY
from tests.support.generator import make_dataset
from tests.support.neo4j import JARS
from tests.support.numbers import org_code, resident_id, uscc

NUMBER = uscc("91", "440000", org_code(5_000_001))
TWIN = uscc("92", "440000", org_code(5_000_001))
BROKEN = {
    "regions.csv": ["R9,某地,R9,CITY", "R8,\"a \"\"b\"\" \\n c\td,';\",440000,CITY"],
    "entities.csv": [
        f"{NUMBER},USCC,LEGAL_PERSON,\" \\ \"\"甲\"\"\r\n乙,公司 \",,,440000,,",
        f"{NUMBER},USCC,LEGAL_PERSON,又一次,,,440000,,",
        f"{TWIN},USCC,INDIVIDUAL_BUSINESS,同码,,,440000,,",
        f"{resident_id(5_000_000)},RESIDENT_ID,NATURAL_PERSON,张三丰,,,R7,,",
        '91440000,"never closed',
        f"{NUMBER[:-1]}?,USCC,LEGAL_PERSON,错,,,440000,,",
    ],
    "affiliations.csv": [
        f"{resident_id(5_000_000)},{NUMBER},EXECUTIVE,2010-01-01,,,",
        f"{NUMBER},{resident_id(5_000_001)},EXECUTIVE,2010-01-01,,,",
        f"{NUMBER},{TWIN},EXECUTIVE,2010-01-01,2009-01-01,,",
    ],
    "listings.csv": [f"SX,{NUMBER},L404,某事由,测1号,2010-01-01,,,,,"],
}  # fmt: skip


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A generated dataset with rows of every kind, among them good ones that are hard to write, and bad ones."""
    folder = tmp_path_factory.mktemp("dataset")
    make_dataset(folder, entities=600, seed=11)
    for name, lines in BROKEN.items():
        path = folder / name
        width = path.read_text("utf-8").partition("\n")[0].count(",")
        path.write_bytes(path.read_bytes() + "".join(f"{fitted(line, width)}\n" for line in lines).encode())
    return folder


def fitted(line: str, width: int) -> str:
    """The line, padded with commas to the width of the header."""
    commas = re.sub('"[^"]*"', "", line).count(",")
    return line.rstrip(",") + "," * (width - (commas - (len(line) - len(line.rstrip(",")))))


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    return Settings(JOINTCREDIT_HOME=tmp_path / "home", JOINTCREDIT_JARS=JARS)


def without_times(report: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads(report.read_text("utf-8"))
    return {name: value for name, value in found.items() if name not in ("started", "seconds")}


@pytest.mark.slow
def test_the_same_graph(
    dataset: Path,
    tmp_path: Path,
    home: Settings,
    graph: Graph,
    identity_key: IdentityKey,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    graph.wipe()
    online = load(dataset, graph.driver, graph.target.database, identity_key, report=tmp_path / "online.json")
    monkeypatch.setattr("loaders.reading.processes.APART", 0)
    offline = load_offline(dataset, home, identity_key, report=tmp_path / "offline.json")
    assert offline.exit_status == online.exit_status == 1
    assert offline.totals.refused >= 9
    assert without_times(tmp_path / "offline.json") == without_times(tmp_path / "online.json")
    assert sorted(path.name for path in (home.home / "neo4j").iterdir() if path.name == "import") == []
    with EmbeddedNeo4j(home, "tests") as target, open_driver(target) as driver:
        check(driver, target.database)
        check_identity_key(Transactions(driver, target.database), identity_key)
        assert fingerprint(driver, target.database) == fingerprint(graph.driver, graph.target.database)
        states = driver.execute_query(
            "MATCH (m:Meta {name: 'catalogue'}) RETURN m.open, size(m.version)", database_=target.database
        ).records
        assert [tuple(state) for state in states] == [(False, 32)]
        again = load(dataset, driver, target.database, identity_key)
        assert (again.totals.created, again.totals.updated) == (0, 0)
        assert again.totals.refused == online.totals.refused
    with pytest.raises(EmbeddedError, match="leave out --offline"):
        load_offline(dataset, home, identity_key)


def test_the_files_are_private_and_hold_no_resident_id(
    dataset: Path, tmp_path: Path, identity_key: IdentityKey
) -> None:
    summary, arguments = write_files(dataset, tmp_path / "files", identity_key)
    assert summary.totals.loaded > 1000
    people = set(re.findall(r"\b\d{17}[\dX]\b(?=,RESIDENT_ID)", (dataset / "entities.csv").read_text("utf-8")))
    assert len(people) > 50
    files = sorted((tmp_path / "files").iterdir())
    assert {path.name for path in files} == {argument.rpartition("/")[2] for argument in arguments if "/" in argument}
    for path in files:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        text = path.read_text("utf-8")
        assert not [person for person in people if person in text], path.name


@pytest.mark.slow
def test_a_failed_import_leaves_the_home_as_it_was(home: Settings) -> None:
    def fail() -> None:
        with NewStore(home, "tests", lambda text: None) as store:
            (store.files / "nodes.csv").write_text("a:ID\n1,2,3\n", "utf-8")
            with store.built(["--nodes=A=./nodes.csv"]):
                pass

    with pytest.raises(EmbeddedError, match="importer failed, and the home is unchanged"):
        fail()
    left = {path.name for path in (home.home / "neo4j").iterdir()}
    assert left == {"conf", "logs", "owner.lock", "jvm.lock"}


def test_nothing_good_leaves_no_database(tmp_path: Path, home: Settings, identity_key: IdentityKey) -> None:
    (tmp_path / "regions.csv").write_text("code,name,level\nR1,某地,TOWN\n", "utf-8")
    assert load_offline(tmp_path, home, identity_key).exit_status == 2
    assert not (home.home / "neo4j" / "data").exists()


def test_a_home_in_use_is_refused(dataset: Path, home: Settings, identity_key: IdentityKey) -> None:
    with NewStore(home, "tests", lambda text: None), pytest.raises(HomeInUse, match="`tests`"):
        load_offline(dataset, home, identity_key)


def test_the_command_for_a_neo4j_elsewhere(dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from api.cli.main import app

    for name, value in {"NEO4J_URI": "bolt://127.0.0.1:1", "NEO4J_PASSWORD": "x", "JOINTCREDIT_ID_KEY": ID_KEY}.items():
        monkeypatch.setenv(name, value)
    result = CliRunner().invoke(app, ["load", "--offline", str(dataset)])
    assert result.exit_code != 0
    result = CliRunner().invoke(app, ["load", "--offline", str(dataset), "--files", str(tmp_path / "files")])
    assert result.exit_code == 1, result.output
    assert "neo4j-admin database import full" in result.stdout
    assert "--nodes=Entity=./nodes-" in result.stdout
    assert len(list((tmp_path / "files").iterdir())) > 20
