"""The folder of the embedded Neo4j: its configuration, its password, and the commands that run on it.

<home>/neo4j/       0700
├── conf/neo4j.conf written anew at every start
├── data/           the store
├── logs/           console.log is the JVM's own output of the last start, debug.log Neo4j's
├── password        0600, made before the first start
├── run.json        where the running database answers
└── owner.lock, jvm.lock
"""

import json
import os
import secrets
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import EmbeddedError
from graph.files.disk import is_no_space
from graph.files.durable import write_whole
from graph.files.paths import read_input

from .java import Java

_OPENED = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent", "java.lang")


@dataclass(frozen=True, slots=True)
class Tuning:
    """How Neo4j and its JVM run."""

    jvm: Sequence[str] = ("-XX:+UseG1GC",)
    """Flags of the JVM."""
    configuration: Sequence[str] = ()
    """Lines for the end of neo4j.conf."""


class Home:
    """Paths and files of `<home>/neo4j`; `home` may be relative."""

    def __init__(self, home: Path, tuning: Tuning | None = None) -> None:
        self.home = home.absolute()
        self._tuning = tuning or Tuning()
        self.folder = self.home / "neo4j"
        self.log = self.folder / "logs" / "console.log"

    def make(self) -> None:
        """Create the missing folders. An existing home keeps its mode; the folder in it has 0700.

        Raises EmbeddedError if they cannot be created, OSError on a full disk.
        """
        try:
            self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.folder.mkdir(mode=0o700, exist_ok=True)
            self.folder.chmod(0o700)
            for name in ("conf", "logs"):
                (self.folder / name).mkdir(exist_ok=True)
        except OSError as error:
            if is_no_space(error):
                raise
            raise EmbeddedError(
                f"{self.folder} cannot be made ({error.strerror}): set JOINTCREDIT_HOME to a folder that may be written"
            ) from error

    @property
    def is_new(self) -> bool:
        """Whether Neo4j has never started here."""
        return not (self.folder / "data" / "databases" / "system").exists()

    def password(self) -> str:
        """The password of the user neo4j, created by the first call on a new home.

        Raises EmbeddedError if there is a store but no password, or an empty password file.
        """
        path = self.folder / "password"
        try:
            if password := read_input(path).decode("utf-8", "replace").strip():
                return password
            problem = "it is empty"
        except FileNotFoundError:
            problem = "" if self.is_new else "it is missing"
        except OSError as error:
            problem = error.strerror or str(error)
        if problem:
            raise EmbeddedError(
                f"{path} holds no password ({problem}), so that the store in {self.folder / 'data'} cannot be entered: "
                f"put the password back, or delete {self.folder} and load again"
            )
        password = secrets.token_hex(24)
        self.write_private("password", password)
        return password

    def write_configuration(self, port: int, page_cache: str) -> None:
        """Write neo4j.conf for a Bolt port and a size of the page cache, such as `2g`."""
        lines = [
            f"server.bolt.listen_address=127.0.0.1:{port}",
            f"server.bolt.advertised_address=127.0.0.1:{port}",
            "server.http.enabled=false",
            "server.https.enabled=false",
            # Nothing is sent over the network: no usage report, no broadcasts.
            "dbms.usage_report.enabled=false",
            "server.fleet_discovery.enabled=false",
            "dbms.security.auth_enabled=true",
            # Query parameters would put identifiers on disk.
            "db.logs.query.enabled=OFF",
            # Otherwise the driver starts a task with a timer for each of a dozen reads per statement: a fifth of its
            # work.
            "server.bolt.connection_keep_alive_for_requests=OFF",
            f"server.memory.pagecache.size={page_cache}",
            # On a full disk a transaction is refused before any of it is written, and Neo4j becomes read-only. Without
            # preallocation it fails half-way, and stopping Neo4j then corrupts its log. A log takes 16 MB instead of
            # 256 per database, because that much is on disk before anything is stored.
            "db.tx_log.preallocate=true",
            "db.tx_log.rotation.size=16m",
            "internal.dbms.out_of_disk_space_protection=true",
            # Bolt's event loops would otherwise wait twice 5 s for quiet before they stop; whole seconds without a
            # unit.
            "internal.dbms.bolt.netty_server_shutdown_quiet_period=0",
            *self._tuning.configuration,
        ]
        (self.folder / "conf" / "neo4j.conf").write_text("\n".join(lines) + "\n", "utf-8")

    def server_command(self, java: Java, jars: list[Path], heap: str) -> list[str]:
        """The command that runs Neo4j until a signal ends it."""
        flags = [f"-Xmx{heap}", *self._tuning.jvm]
        place = [f"--home-dir={self.folder}", f"--config-dir={self.folder / 'conf'}", "--console-mode"]
        return self._command("server", java, jars, flags, ["org.neo4j.server.Neo4jCommunity", *place])

    def password_command(self, java: Java, jars: list[Path], password: str) -> list[str]:
        """The command that sets the first password and ends; `environment` passes it the folder."""
        # A small program that runs once: the second compiler and a concurrent collector would only slow it down.
        flags = ["-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
        arguments = ["org.neo4j.cli.AdminTool", "dbms", "set-initial-password", password]
        return self._command("password", java, jars, flags, arguments)

    def import_command(self, java: Java, jars: list[Path], heap: str, arguments: Sequence[str]) -> list[str]:
        """The command that builds a database from files in the working directory and ends; it needs `environment`
        too."""
        flags = [f"-Xmx{heap}", "-XX:+UseParallelGC"]
        place = [
            f"--additional-config={self.folder / 'conf' / 'neo4j.conf'}",
            f"--report-file={self.folder / 'report'}",
        ]
        main = ["org.neo4j.cli.AdminTool", "database", "import", "full", "neo4j", *place, *arguments]
        return self._command("import", java, jars, flags, main)

    def environment(self) -> dict[str, str]:
        """The environment of the guard and the JVM, without variables that alter Java or Neo4j and without secrets."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "USER", "TMPDIR", "TZ") if name in os.environ}
        if sys.platform == "linux":
            kept["LC_ALL"] = "C.UTF-8"  # in a plain C locale Java cannot open paths that are not ASCII
        return {**kept, "NEO4J_HOME": str(self.folder), "NEO4J_CONF": str(self.folder / "conf")}

    def log_tail(self) -> str:
        """The last lines of the JVM's output."""
        try:
            lines = self.log.read_text("utf-8", "replace").splitlines()
        except OSError:
            return "(no log)"
        return "\n".join(line[:300] for line in lines[-15:]) or "(it is empty)"

    def write_run(self, run: dict[str, Any]) -> None:
        """Record where the running database answers."""
        self.write_private("run.json", json.dumps(run))

    def read_run(self) -> dict[str, Any]:
        """The record of `write_run`, or an empty one."""
        try:
            run = json.loads(read_input(self.folder / "run.json"))
        except (OSError, ValueError):
            return {}
        return run if isinstance(run, dict) else {}

    def remove_run(self) -> None:
        """Remove the record of `write_run`."""
        (self.folder / "run.json").unlink(missing_ok=True)

    def write_private(self, name: str, text: str) -> Path:
        """Write a file with mode 0600 atomically."""
        path = self.folder / name
        write_whole(path, text)
        return path

    def _command(self, name: str, java: Java, jars: list[Path], flags: list[str], main: list[str]) -> list[str]:
        """Run Java with all arguments in a file, so that a password never shows in the list of processes."""
        arguments = [
            *("-cp", os.pathsep.join(map(str, jars))),
            *(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _OPENED),
            "--enable-native-access=ALL-UNNAMED",
            *(["--sun-misc-unsafe-memory-access=allow"] if java.version >= 23 else []),
            "-XX:-UsePerfData",
            *flags,
            *main,
        ]
        lines = ['"' + argument.replace("\\", "\\\\").replace('"', '\\"') + '"' for argument in arguments]
        return [str(java.path), f"@{self.write_private(f'{name}.args', chr(10).join(lines))}"]
