"""A new store, built beside the home by Neo4j's importer and moved into it whole.

<home>/neo4j/import/    0700; a complete home of its own while the store is built, removed afterwards
├── files/              what the importer reads, 0600
└── neo4j/              where the store is built, started once to be indexed, and stopped
"""

import contextlib
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from graph.errors import DiskFull, EmbeddedError
from graph.files.disk import filled
from graph.settings import Settings
from graph.store.database import Target

from .home import Home
from .jars import ensure_jars
from .java import find_java
from .locks import Locks
from .server import EmbeddedNeo4j

_HOURS = 12 * 3600.0  # an importer that takes longer is stuck


class NewStore:
    """The home of the settings, held while a store is built for it; a context manager. Without `keep`, or after any
    failure, the home is unchanged."""

    def __init__(self, settings: Settings, command: str, notify: Callable[[str], None]) -> None:
        self._settings, self._command, self._notify = settings, command, notify
        self._home = Home(settings.home)
        self._staging = self._home.folder / "import"
        self._built = Home(self._staging)
        self._locks: Locks | None = None
        self.files = self._staging / "files"
        """An empty folder for the files of the importer."""

    def __enter__(self) -> Self:
        """Raises EmbeddedError if the home already has a database, HomeInUse if another process runs it."""
        self._home.make()
        self._locks = Locks(self._home.folder, self._command)
        try:
            if (self._home.folder / "data" / "databases").exists():
                raise EmbeddedError(
                    f"{self._home.folder} has a database already, and an offline load makes a new one: leave out "
                    "--offline, or set JOINTCREDIT_HOME to a new folder"
                )
            shutil.rmtree(self._staging, ignore_errors=True)  # left by an offline load that was killed
            self._staging.mkdir(mode=0o700)
            self._built.make()
            self.files.mkdir(mode=0o700)
        except BaseException:
            self._locks.release()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self._staging, ignore_errors=True)
        if self._locks is not None:
            self._locks.release()

    @contextmanager
    def built(self, arguments: Sequence[str]) -> Iterator[Target]:
        """Import the files that `arguments` name, and run Neo4j over the store until the context ends.

        Raises DiskFull, or EmbeddedError with the end of the importer's output if it fails, and the errors of
        EmbeddedNeo4j.
        """
        jars = ensure_jars(self._settings.jar_folder, self._settings.maven_repository, self._fetched)
        if (self._home.folder / "password").exists():
            self._built.write_private("password", self._home.password())
        self._notify("importing")
        self._import(jars, arguments)
        settings = self._settings.model_copy(
            update={"home": self._staging, "jar_folder": self._settings.jar_folder, "bolt_port": 0}
        )
        with EmbeddedNeo4j(settings, self._command, self._notify) as target:
            yield target

    def keep(self) -> None:
        """Move the store into the home; Neo4j must not be running."""
        self._home.write_private("password", self._built.password())
        with contextlib.suppress(OSError):
            (self._home.folder / "data").rmdir()  # succeeds only if it is empty
        (self._built.folder / "data").rename(self._home.folder / "data")

    def _fetched(self, done: int, total: int) -> None:
        if done in (0, total):
            self._notify(f"{done} of {total} jars are here")

    def _import(self, jars: list[Path], arguments: Sequence[str]) -> None:
        if self._locks is None:
            raise RuntimeError("the home is not held: enter the context first")
        self._built.write_configuration(0, self._settings.page_cache)
        command = self._built.import_command(find_java(), jars, self._settings.heap, arguments)
        try:
            run = subprocess.run(
                command,
                env=self._built.environment(),
                cwd=self.files,
                pass_fds=[self._locks.jvm],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=_HOURS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise EmbeddedError(f"Java cannot run Neo4j's importer: {error}") from error
        if run.returncode != 0:
            output = run.stdout.decode("utf-8", "replace").strip()[-2000:]
            if full := filled(self._staging, output):
                raise DiskFull(f"{full}: make room, then run the command again; the home is unchanged")
            raise EmbeddedError(f"Neo4j's importer failed, and the home is unchanged; it says:\n{output}")
