"""Settings: docs/settings.md lists all of them, and an invalid one is reported by name."""

import os
import re
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from api.documents import limits
from api.execution import executor as execution
from api.exports import paths as export
from api.server import protocol
from graph.errors import SettingsError
from graph.identity.key import IdentityKey, identity_key
from graph.queries import shortest_path as shortest
from graph.search import terms as search_text
from graph.settings import Settings, read_settings

PAGE = (Path(__file__).parents[2] / "docs" / "settings.md").read_text("utf-8")
ALIASES = [str(field.alias) for field in Settings.model_fields.values()]


def test_the_readme_lists_every_setting_and_no_other() -> None:
    listed = re.findall(r"^\| `([A-Z][A-Z0-9_]+)` \|", PAGE, re.MULTILINE)
    assert sorted(listed) == sorted(ALIASES)


def test_the_page_of_settings_lists_the_defaults() -> None:
    for field in Settings.model_fields.values():
        row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{field.alias}` |"))
        if field.default is not None:
            shown = f"{field.default:g}" if isinstance(field.default, float) else str(field.default)
            assert f"`{shown}`" in row, row


@pytest.fixture
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    for alias in ALIASES:
        monkeypatch.delenv(alias, raising=False)
    monkeypatch.setenv("JOINTCREDIT_HOME", str(tmp_path / "home"))
    return monkeypatch


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("NEO4J_URI", "http://db", "bolt://host:7687"),
        ("JOINTCREDIT_ID_KEY", "secret", "64 hex digits"),
        ("JOINTCREDIT_PORT", "99999", "65535"),
        ("NEO4J_URI", "bolt://db:99999999", "65535"),
        ("NEO4J_URI", "bolt://db:0", "65535"),
        ("NEO4J_URI", "neo4j+s://db:first", "65535"),
        ("JOINTCREDIT_BOLT_PORT", "99999999", "65535"),
        ("JOINTCREDIT_NEO4J_HEAP", "lots", "512m"),
        ("JOINTCREDIT_NEO4J_HEAP", "0g", "512m"),
        ("JOINTCREDIT_NEO4J_HEAP", "1k", "64m"),
        ("JOINTCREDIT_NEO4J_HEAP", "999999999g", "16384g"),
        ("JOINTCREDIT_NEO4J_HEAP", "１g", "512m"),
        ("JOINTCREDIT_NEO4J_PAGE_CACHE", "2 GB", "512m"),
        ("JOINTCREDIT_NEO4J_PAGE_CACHE", "0m", "512m"),
    ],
)
def test_a_wrong_setting_is_named(clean: pytest.MonkeyPatch, name: str, value: str, message: str) -> None:
    clean.setenv(name, value)
    with pytest.raises(SettingsError, match=name) as raised:
        read_settings()
    assert message in str(raised.value)
    assert "secret" not in str(raised.value)


def test_an_address_needs_a_password(clean: pytest.MonkeyPatch) -> None:
    clean.setenv("NEO4J_URI", "bolt://db:7687")
    with pytest.raises(SettingsError, match="NEO4J_PASSWORD"):
        read_settings()


def test_a_foreign_database_demands_the_key(clean: pytest.MonkeyPatch) -> None:
    clean.setenv("NEO4J_URI", "bolt://db:7687")
    clean.setenv("NEO4J_PASSWORD", "x")
    with pytest.raises(SettingsError, match="JOINTCREDIT_ID_KEY"):
        identity_key(read_settings())


def test_the_key_is_made_once_and_kept_private(clean: pytest.MonkeyPatch) -> None:
    settings = read_settings()
    key = identity_key(settings)
    assert identity_key(settings).fingerprint == key.fingerprint
    path = settings.home / "id_key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert re.fullmatch("[0-9a-f]{64}", path.read_text())
    assert [file.name for file in settings.home.iterdir()] == ["id_key"]


@pytest.mark.parametrize("kept", [b"", b"\n", b"zzzz", b"ab" * 31, b"ab" * 33, b"\xff\xfe" * 32, b"zz" * 32, None])
def test_a_file_that_holds_no_key_is_refused(clean: pytest.MonkeyPatch, kept: bytes | None) -> None:
    settings = read_settings()
    path = settings.home / "id_key"
    path.parent.mkdir()
    if kept is None:
        path.mkdir()
    else:
        path.write_bytes(kept)
    with pytest.raises(SettingsError, match="64 hex digits") as raised:
        identity_key(settings)
    assert str(path) in str(raised.value)
    assert "zz" not in str(raised.value)
    assert path.is_dir() or path.read_bytes() == kept


def test_a_key_that_an_editor_closed_with_a_line_break_is_one(clean: pytest.MonkeyPatch) -> None:
    settings = read_settings()
    settings.home.mkdir()
    (settings.home / "id_key").write_text("ab" * 32 + "\r\n")
    assert identity_key(settings).fingerprint == IdentityKey("ab" * 32).fingerprint


def test_the_key_is_on_the_disk_before_it_is_used(clean: pytest.MonkeyPatch) -> None:
    """The file is synced before it gets its name, and then the folder, which holds the name."""
    synced: list[tuple[bool, bool]] = []

    def fsync(descriptor: int) -> None:
        is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        synced.append((is_folder, (settings.home / "id_key").exists()))

    settings = read_settings()
    clean.setattr(os, "fsync", fsync)
    identity_key(settings)
    assert synced == [(False, False), (True, True)]


def test_first_starts_at_once_agree_on_the_key(clean: pytest.MonkeyPatch) -> None:
    settings = read_settings()
    barrier = threading.Barrier(8)

    def start(_: int) -> str:
        barrier.wait()
        return identity_key(settings).fingerprint

    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(start, range(8)))) == 1
    assert [file.name for file in settings.home.iterdir()] == ["id_key"]


def test_a_home_that_cannot_be_written_is_told(clean: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    clean.setenv("JOINTCREDIT_HOME", str(tmp_path / "file" / "home"))
    with pytest.raises(SettingsError, match="JOINTCREDIT_HOME"):
        identity_key(read_settings())


def test_the_page_of_settings_lists_the_fixed_limits() -> None:
    fixed = PAGE[PAGE.index("Fixed, because") :]
    numbers = [int(number) for number in re.findall(r"\d+", fixed)]
    assert numbers == [
        limits.MAX_OPERATIONS,
        limits.MAX_VARIABLES,
        limits.MAX_NESTING,
        limits.MAX_INTROSPECTION_DEPTH,
        limits.MAX_INTROSPECTION,
        limits.MAX_VALIDATION,
        execution.MAX_STATEMENT,
        protocol.MAX_ADDRESS,
        protocol.MAX_HEADERS,
        search_text.MAX_TEXT,
        shortest.MAX_HOPS,
        int(export.PATIENCE),
    ]
