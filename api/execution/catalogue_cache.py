"""What a process holds of the catalogue, as JSON: pieces of answers that do not hang on a subject.

Each statement that leaves such pieces out reads the version of the catalogue besides
(graph.statements.catalogue_version). Pieces are used under that version alone, and fetched after it was read: so none
is older than the database was when the request was answered.
"""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, replace

import orjson

from graph.statements.statement import Statement
from graph.store.database import Database

from .response_builder import Build

MAX_BYTES = 32_000_000
"""Of all pieces. A catalogue of 2,000 measures takes 1 kB for each, in each operation that shows them whole."""


@dataclass(frozen=True, eq=False)
class CachedFragment:
    """A part of a plan: how its pieces are fetched and built."""

    statement: Statement
    build: Build


class CatalogueCache:
    """The pieces of all parts, of one version of the catalogue."""

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        """`max_bytes`: what is beyond, the longest unused, is forgotten."""
        self._max_bytes = max_bytes
        self._bytes = 0
        self._version: str | None = None
        self._pieces: OrderedDict[tuple[CachedFragment, str], dict[str, orjson.Fragment]] = OrderedDict()
        self._sizes: dict[tuple[CachedFragment, str], int] = {}

    def pieces(self, version: str, fragment: CachedFragment, arguments: str) -> dict[str, orjson.Fragment]:
        """Those of a part under a version, by key; `arguments` tells apart what a part answers to other arguments."""
        if version != self._version:
            self._version = version
            self._pieces.clear()
            self._sizes.clear()
            self._bytes = 0
        place = (fragment, arguments)
        found = self._pieces.get(place)
        if found is None:
            found = self._pieces[place] = {}
            self._sizes[place] = 0
        self._pieces.move_to_end(place)
        return found

    async def fetch(
        self,
        database: Database,
        fragment: CachedFragment,
        statement: Statement,
        keys: Iterable[str],
        arguments: str,
        version: str,
    ) -> dict[str, orjson.Fragment]:
        """Fetch pieces by the statement of their part and keep them. Raises what the database raises, and NotShaped."""
        answer = await database.run(replace(statement, parameters=statement.parameters | {"keys": sorted(keys)}))
        fetched = {key: orjson.dumps(fragment.build(value, [])) for key, value in answer["data"]}
        pieces = {key: orjson.Fragment(text) for key, text in fetched.items()}
        if version == self._version and (fragment, arguments) in self._pieces:
            self._pieces[fragment, arguments].update(pieces)
            size = sum(map(len, fetched.values())) + 200 * len(fetched)
            self._sizes[fragment, arguments] += size
            self._bytes += size
            while self._bytes > self._max_bytes and self._pieces:
                forgotten, _ = self._pieces.popitem(last=False)
                self._bytes -= self._sizes.pop(forgotten)
        return pieces
