"""The small files of a home: an empty or broken one is reported, never accepted."""

import os
from pathlib import Path

import pytest

from graph.embedded.home import Home
from graph.embedded.locks import read_owner
from graph.errors import EmbeddedError, SettingsError
from graph.identity.key import identity_key
from graph.settings import Settings
from loaders.history import LoadedDatasets


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    home.make()
    return home


@pytest.mark.parametrize("content", ["", "\n", None])
def test_a_file_without_a_password_is_named(home: Home, content: str | None) -> None:
    path = home.folder / "password"
    if content is None:
        path.mkdir()
    else:
        path.write_text(content)
    with pytest.raises(EmbeddedError, match="holds no password") as raised:
        home.password()
    assert str(path) in str(raised.value)


def test_a_line_break_behind_the_password_is_none_of_it(home: Home) -> None:
    (home.folder / "password").write_text("sesame\n")
    assert home.password() == "sesame"


@pytest.mark.parametrize("content", ["", "null", "[]", "7", '{"pid": 1}', "\udcff"])
def test_a_broken_note_of_who_runs_is_no_note(home: Home, content: str) -> None:
    for name in ("run.json", "owner.lock"):
        (home.folder / name).write_bytes(content.encode("utf-8", "surrogateescape"))
    assert read_owner(home.folder) is None
    assert home.read_run().get("uri") is None


def test_a_broken_note_of_what_is_loaded_costs_a_load(home: Home, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "regions.csv").write_text("code,name\n")
    path = home.folder / "loaded"
    path.write_bytes(b"\xff\xfe\x00 half a dig")
    loaded = LoadedDatasets(path)
    assert tmp_path / "data" not in loaded
    loaded.add(tmp_path / "data")
    assert tmp_path / "data" in loaded
    assert [file.name for file in home.folder.glob("loaded*")] == ["loaded"]


@pytest.mark.parametrize("name", ["id_key", "neo4j/password"])
def test_a_pipe_is_refused_and_not_waited_for(name: str, tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.make()
    os.mkfifo(tmp_path / name)
    read = home.password if name != "id_key" else lambda: identity_key(Settings(JOINTCREDIT_HOME=tmp_path))
    with pytest.raises((SettingsError, EmbeddedError), match="it is a named pipe"):
        read()
