"""Every command with every kind of path: devices, links, pipes, odd names. No command hangs or prints a traceback, a
refusal is one line, and existing files stay."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from graph.store.database import Target
from loaders.history import LoadedDatasets
from tests.resilience import paths
from tests.resilience.command import Done, run
from tests.support.client import ID_KEY

REGIONS = "code,name,parent_code,level\n440000,某省,,PROVINCE\n"
QUERY = "query A { __typename }"
REFUSED = {**paths.NOWHERE, **paths.SPECIAL, **paths.EMPTY}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return lay_out(tmp_path)


def lay_out(root: Path) -> Path:
    """A folder with paths of every kind, beside a dataset and the operations of a client."""
    folder = root / "place"
    folder.mkdir()
    paths.make(folder)
    for name, file, text in (("data", "regions.csv", REGIONS), ("client", "a.graphql", QUERY)):
        (root / name).mkdir()
        (root / name / file).write_text(text, "utf-8")
    return folder


def load(place: Path, *arguments: str, **settings: str) -> Done:
    return run("load", *arguments, folder=place, settings={"JOINTCREDIT_HOME": "../home", **settings})


def report(place: Path, path: str) -> Done:
    return load(place, "../data", "--offline", "--files", "../importer", "--report", path)


def out(place: Path, path: str) -> Done:
    return run("register", "../client", "--out", path, folder=place)


WRITERS: dict[str, Callable[[Path, str], Done]] = {"--report": report, "--out": out}


def written(text: str) -> bool:
    """Whether a report or a manifest is complete."""
    content = json.loads(text)
    return bool(content.get("totals", content.get("operations")))


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("path", {**REFUSED, **paths.FOLDERS, **paths.CURRENT, "a link": "to-nowhere"}.values())
def test_what_cannot_be_written_stays(place: Path, writer: str, path: str) -> None:
    done = {"full": 3, "null": 0, "zero": 0, "to-null": 0}.get(path, 2)
    before = paths.state(place)
    result = WRITERS[writer](place, path)
    assert result.status == done, result
    assert paths.state(place) == before
    if done:
        result.is_told("DISK_FULL" if done == 3 else writer if not path else "cannot be written")
        assert not list((place / "../importer").glob("*"))
    result.is_clean()


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("path", [*paths.NAMES.values(), "new", "file", "to-file", "to-none"])
def test_what_can_be_written_is_written_whole(place: Path, writer: str, path: str) -> None:
    before = paths.state(place)
    result = WRITERS[writer](place, path)
    assert result.status == 0, result
    result.is_clean()
    assert written((place / path).read_text("utf-8"))
    target = os.path.realpath(place / path)
    after = paths.state(place)
    assert after.keys() - before.keys() <= {target}
    assert all(after[name] == there for name, there in before.items() if name != target)


@pytest.mark.parametrize("writer", WRITERS)
def test_without_permission_nothing_is_replaced(writer: str) -> None:
    with TemporaryDirectory() as root:  # pytest's own folders are not accessible to other users
        place = lay_out(Path(root))
        (place / "file").chmod(0o444)
        (place / "shut").mkdir(0o555)
        for folder in (place, place.parent):
            folder.chmod(0o777)
        before = paths.state(place)
        with paths.as_nobody():
            result = [WRITERS[writer](place, path) for path in ("file", "to-file", "shut/new")]
        for done in result:
            assert done.status == 2, done
            done.is_told("Permission denied", "cannot be written")
        assert paths.state(place) == before


DATASETS = {**paths.NAMES, "a folder": "there", "a link": "to-there"}


NO_DATASETS = {**REFUSED, **paths.FILES, **paths.FOLDERS, **paths.DANGLING}


@pytest.mark.parametrize("path", {**NO_DATASETS, **paths.CURRENT}.values())
def test_folders_that_are_no_datasets_are_refused(place: Path, path: str) -> None:
    before = paths.state(place)
    done = load(place, path, "--offline", "--files", "../importer")
    assert done.status == 2, done
    done.is_told()
    assert paths.state(place) == before
    assert not (place / "../importer").exists()


@pytest.mark.parametrize("path", {**NO_DATASETS, ".": "."}.values())
def test_folders_without_operations_are_refused(place: Path, path: str) -> None:
    before = paths.state(place)
    done = run("register", path, "--out", "../out", folder=place)
    assert done.status == 2, done
    done.is_told()
    assert paths.state(place) == before
    assert not (place / "../out").exists()


@pytest.mark.parametrize("name", DATASETS.values())
def test_folders_of_any_name_are_read(place: Path, name: str) -> None:
    (place / "to-there").symlink_to("there")
    for source in ("data", "client"):
        target = place / ("there" if name == "to-there" else name)
        shutil.copytree(place.parent / source, target)
        if source == "data":
            done = load(place, name, "--offline", "--files", "../importer", "--report", "../report")
            totals = json.loads((place / "../report").read_bytes())
            assert totals["totals"]["loaded"] == 1
        else:
            done = run("register", name, "--out", "../out", folder=place)
        assert done.status == 0, done
        done.is_clean()
        shutil.rmtree(target)


def test_what_a_home_notes_of_datasets_may_be_anything(place: Path) -> None:
    """It counts as an empty record, and a pipe in a dataset does not block."""
    note = place / "noted"
    loaded = LoadedDatasets(note)
    folder = place.parent / "data"
    shutil.copy(folder / "regions.csv", folder / os.fsdecode(b"\xff.csv"))
    loaded.add(folder)
    assert folder in loaded
    os.mkfifo(folder / "agencies.csv")
    assert folder not in loaded
    (folder / "agencies.csv").unlink()
    for nonsense in (b"\xff\xfe", b""):
        note.write_bytes(nonsense)
        assert folder not in loaded
    note.unlink()
    os.mkfifo(note)
    assert folder not in loaded


BAD_FILES = {**paths.SPECIAL, **paths.FOLDERS, "a link to nothing": "to-none"}


@pytest.mark.parametrize("path", BAD_FILES.values())
def test_a_file_of_a_dataset_is_a_file(place: Path, path: str) -> None:
    """A pipe would block, and a device has no end."""
    for name, folder in (("agencies.csv", "data"), ("b.graphql", "client")):
        bad = place.parent / folder / name
        bad.symlink_to(place / path)
        if folder == "data":
            done = load(place, "../data", "--offline", "--files", "../importer")
        else:
            done = run("register", "../client", "--out", "../out", folder=place)
        assert done.status == 2, done
        assert name in done.err, done
        assert "cannot be read" in done.err, done
        assert done.err.count("\n") <= 2, done
    assert not (place / "../out").exists()


NO_FOLDERS = {**REFUSED, **paths.FILES, **paths.DANGLING, **paths.CURRENT}
del NO_FOLDERS["no folder"]  # it is created, with its parent


@pytest.mark.parametrize("path", NO_FOLDERS.values())
def test_folders_for_the_importer_that_are_none_are_refused(place: Path, path: str) -> None:
    before = paths.state(place)
    done = load(place, "../data", "--offline", "--files", path)
    assert done.status == 2, done
    done.is_told()
    assert paths.state(place) == before


@pytest.mark.parametrize("name", [*paths.NAMES.values(), "new", "folder", "to-folder", "none/child"])
def test_folders_of_any_name_take_the_importers_files(place: Path, name: str) -> None:
    done = load(place, "../data", "--offline", "--files", name)
    assert done.status == 0, done
    done.is_clean()
    assert list((place / name).glob("*.csv"))


BAD_HOMES = {**paths.SPECIAL, **paths.FILES, **paths.DANGLING, "a file as folder": "file/child", "long": "x" * 300}


@pytest.mark.parametrize("path", [*BAD_HOMES.values(), "a\nb", "a\x1b[31mb\rc", os.fsdecode(b"\xff\xfe"), ":100:"])
def test_homes_that_are_none_are_refused(place: Path, path: str) -> None:
    before = paths.state(place)
    for arguments in (("load", "../data", "--offline", "--files", "../importer"), ("load", "../data"), ("migrate",)):
        done = run(*arguments, folder=place, settings={"JOINTCREDIT_HOME": path})
        assert done.status in (2, 3), done
        done.is_told("JOINTCREDIT_HOME")
    assert paths.state(place) == before


@pytest.mark.parametrize("path", [" a  b ", "😀", "[bold red]x", "new", "folder", "to-folder", "none/child", "."])
def test_homes_of_any_name_keep_the_key(place: Path, path: str) -> None:
    done = load(place, "../data", "--offline", "--files", "../importer", JOINTCREDIT_HOME=path)
    assert done.status == 0, done
    assert len((place / path / "id_key").read_text()) == 64


@pytest.mark.parametrize("path", BAD_HOMES.values())
def test_folders_of_jars_that_are_none_are_refused(place: Path, path: str) -> None:
    before = paths.state(place)
    settings = {"JOINTCREDIT_HOME": "../home", "JOINTCREDIT_JARS": path}
    done = run("migrate", folder=place, settings=settings)
    assert done.status == 3, done
    done.is_told("JOINTCREDIT_JARS")
    assert paths.state(place) == before


@pytest.fixture
def connection(target: Target) -> dict[str, str]:
    return {
        "NEO4J_URI": target.uri,
        "NEO4J_USER": target.user,
        "NEO4J_PASSWORD": target.password,
        "NEO4J_DATABASE": target.database,
        "JOINTCREDIT_ID_KEY": ID_KEY,
    }


BAD_MANIFESTS = {**paths.SPECIAL, **paths.NOWHERE, **paths.FILES, **paths.FOLDERS, **paths.DANGLING, **paths.CURRENT}


@pytest.mark.parametrize("path", BAD_MANIFESTS.values())
def test_manifests_that_are_none_are_refused(place: Path, path: str, connection: dict[str, str], seeds: None) -> None:
    before = paths.state(place)
    settings = {**connection, "JOINTCREDIT_OPERATIONS": path}
    done = run("serve", "--port", "0", folder=place, settings=settings)
    assert done.status == 2, done
    done.is_told("JOINTCREDIT_OPERATIONS")
    assert paths.state(place) == before


@pytest.mark.parametrize("path", {**NO_DATASETS, **paths.CURRENT}.values())
def test_datasets_that_are_none_are_not_served(place: Path, path: str, connection: dict[str, str], seeds: None) -> None:
    before = paths.state(place)
    done = run("serve", "--port", "0", "--load", path, folder=place, settings=connection)
    assert done.status == 2, done
    done.is_told()
    assert paths.state(place) == before


@pytest.mark.parametrize("name", DATASETS.values())
def test_datasets_of_any_name_are_loaded(
    place: Path, name: str, connection: dict[str, str], empty_graph: object
) -> None:
    (place / "to-there").symlink_to("there")
    shutil.copytree(place.parent / "data", place / ("there" if name == "to-there" else name))
    done = run("load", name, "--report", "../report", folder=place, settings=connection)
    assert done.status == 0, done
    done.is_clean()
    nothing = {"JOINTCREDIT_OPERATIONS": "none"}  # makes it stop after the load
    done = run("serve", "--port", "0", "--load", name, folder=place, settings={**connection, **nothing})
    assert done.status == 2, done
    done.is_told("JOINTCREDIT_OPERATIONS")
