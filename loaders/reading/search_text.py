"""What a node stores for search beside what its row says; of natural persons nothing."""

from collections.abc import Mapping
from typing import Any

from graph.model import EntityKind, Label
from graph.search.folding import fold
from graph.search.stored_text import INITIALS, MORE, NAME, PINYIN

from .pinyin import initials, pinyin

_PERSON = str(EntityKind.NATURAL_PERSON)
MAX_STORED = 2_000
"""Characters of a text that are searched: an index refuses values of more than about 8,000 bytes."""
MAX_PINYIN = 250
"""Letters of a name's pinyin that are searched: a full-text index cuts a word of more than 255."""


class SearchProperties:
    """Gives the properties themselves, out of those of the rows of a label."""

    def __init__(self, label: Label | None) -> None:
        # Looked up once: a million rows ask for them.
        self._name = NAME.get(label) if label else None
        self._more = MORE.get(label, ()) if label else ()
        self._initials = INITIALS.get(label, ()) if label else ()
        self._apart = label in PINYIN

    def of(self, properties: Mapping[str, Any]) -> dict[str, str]:
        """Nothing for a label that is not searched, and nothing for a natural person."""
        if self._name is None or properties.get("kind") == _PERSON:
            return {}
        found = {"searchName": fold(properties.get(self._name, ""))[:MAX_STORED]}
        if self._more:
            given = [properties.get(name, "") for name in self._more]
            lines = [fold(line) for value in given for line in (value if isinstance(value, list) else [value])]
            found["searchText"] = "\n".join(lines)[:MAX_STORED]
        if self._initials:
            read = [pinyin(properties.get(name, "")) for name in self._initials]
            letters = [initials(name) for name in read]
            full = [name[:MAX_PINYIN] for name in read]
            if self._apart:
                found["pinyin"] = full[0]
            else:
                letters += full
            found["initials"] = " ".join(letters)[:MAX_STORED]
        return found
