"""The datasets that a home has already loaded, so that a gateway does not load its seeds again at every start."""

import hashlib
from contextlib import suppress
from pathlib import Path

from graph.files.durable import write_whole
from graph.files.paths import read_input
from graph.store.readiness import MIGRATIONS


class LoadedDatasets:
    """A file of digests beside the database with the datasets; deleting the database deletes it too."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __contains__(self, folder: Path) -> bool:
        """Whether the folder was loaded completely with the current content of its files."""
        try:
            return _digest(folder) in self._noted()
        except OSError:
            return False

    def add(self, folder: Path) -> None:
        """Record that the folder was loaded. If that fails, the only cost is another load."""
        with suppress(OSError):
            noted = self._noted() if self._path.exists() else []
            write_whole(self._path, "".join(f"{digest}\n" for digest in [*noted, _digest(folder)]))

    def _noted(self) -> list[str]:
        return read_input(self._path).decode("ascii", "replace").split()


def _digest(folder: Path) -> str:
    # Migrations change what rows become: a graph of an earlier version is loaded again.
    digest = hashlib.sha256(max(path.name for path in MIGRATIONS.glob("V*.cypher")).encode())
    for path in sorted(folder.glob("*.csv")):
        content = read_input(path)
        digest.update(f"{path.name}\0{len(content)}\0".encode("utf-8", "surrogateescape"))
        digest.update(content)
    return digest.hexdigest()
