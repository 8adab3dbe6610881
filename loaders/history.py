"""Which datasets a home has loaded already: a gateway that loads its seeds first need not do it at every start."""

import hashlib
from contextlib import suppress
from pathlib import Path

from graph.files.durable import write_whole
from graph.files.paths import read_input
from graph.store.readiness import MIGRATIONS


class LoadedDatasets:
    """A file of digests beside the database that they were loaded into; deleting the database deletes it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __contains__(self, folder: Path) -> bool:
        """Whether the folder was loaded, whole, as its files are now."""
        try:
            return _digest(folder) in self._noted()
        except OSError:
            return False

    def add(self, folder: Path) -> None:
        """Note that it was. A note that cannot be kept costs another load, no more."""
        with suppress(OSError):
            noted = self._noted() if self._path.exists() else []
            write_whole(self._path, "".join(f"{digest}\n" for digest in [*noted, _digest(folder)]))

    def _noted(self) -> list[str]:
        return read_input(self._path).decode("ascii", "replace").split()


def _digest(folder: Path) -> str:
    # What rows become changes with the migrations: a graph of an earlier version is loaded again.
    digest = hashlib.sha256(max(path.name for path in MIGRATIONS.glob("V*.cypher")).encode())
    for path in sorted(folder.glob("*.csv")):
        content = read_input(path)
        digest.update(f"{path.name}\0{len(content)}\0".encode("utf-8", "surrogateescape"))
        digest.update(content)
    return digest.hexdigest()
