"""Computes what a node stores for search from the values of its row; natural persons store nothing."""

import unicodedata
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
        # Once for both: folding and reading a text that is in this form already is quick.
        name = unicodedata.normalize("NFKC", properties.get(self._name, ""))
        found = {"searchName": fold(name)[:MAX_STORED]}
        if self._more:
            given = [properties.get(name, "") for name in self._more]
            lines = [fold(line) for value in given for line in (value if isinstance(value, list) else [value])]
            found["searchText"] = "\n".join(lines)[:MAX_STORED]
        if self._initials:
            read = [pinyin(name if prop == self._name else properties.get(prop, "")) for prop in self._initials]
            words = [initials(letters) for letters in read]
            full = [letters[:MAX_PINYIN] for letters in read]
            if self._apart:
                found["pinyin"] = full[0]
            else:
                words += full
            found["initials"] = " ".join(words)[:MAX_STORED]
        return found
