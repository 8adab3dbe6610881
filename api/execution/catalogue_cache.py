"""The cache of catalogue fragments: pieces of JSON that depend on no subject, of one version of the catalogue.

Each statement that leaves such fragments out also reads the version of the catalogue
(graph.statements.catalogue_version). Fragments are used only under that version, and are fetched after it was read: no
fragment is older than the database was when the request was answered.
"""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, replace

import orjson

from graph.statements.statement import Statement
from graph.store.database import Database

from .response_builder import Builder

MAX_BYTES = 32_000_000
"""Bytes of all fragments. A catalogue of 2,000 measures takes 1 kB for each, per operation that shows them whole."""


@dataclass(frozen=True, eq=False)
class CachedFragment:
    """A catalogue fragment of a plan: its statement and its builder."""

    statement: Statement
    builder: Builder


class CatalogueCache:
    """The fragments of all plans, for one version of the catalogue."""

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        """`max_bytes`: beyond it, the least recently used fragments are dropped."""
        self._max_bytes = max_bytes
        self._bytes = 0
        self._version: str | None = None
        self._fragments: OrderedDict[tuple[CachedFragment, str], dict[str, orjson.Fragment]] = OrderedDict()
        self._sizes: dict[tuple[CachedFragment, str], int] = {}

    def fragments(self, version: str, fragment: CachedFragment, arguments: str) -> dict[str, orjson.Fragment]:
        """The cached values of a fragment under a version, by key. `arguments` distinguishes calls with different
        arguments."""
        if version != self._version:
            self._version = version
            self._fragments.clear()
            self._sizes.clear()
            self._bytes = 0
        place = (fragment, arguments)
        found = self._fragments.get(place)
        if found is None:
            found = self._fragments[place] = {}
            self._sizes[place] = 0
        self._fragments.move_to_end(place)
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
        """Fetch a fragment for the keys with one statement and cache it. Raises the errors of the database, and
        UseSlowPath."""
        answer = await database.run(replace(statement, parameters=statement.parameters | {"keys": sorted(keys)}))
        texts = {key: orjson.dumps(fragment.builder.build(value, ())) for key, value in answer["data"]}
        fetched = {key: orjson.Fragment(text) for key, text in texts.items()}
        if version == self._version and (fragment, arguments) in self._fragments:
            self._fragments[fragment, arguments].update(fetched)
            size = sum(map(len, texts.values())) + 200 * len(texts)
            self._sizes[fragment, arguments] += size
            self._bytes += size
            while self._bytes > self._max_bytes and self._fragments:
                dropped, _ = self._fragments.popitem(last=False)
                self._bytes -= self._sizes.pop(dropped)
        return fetched
