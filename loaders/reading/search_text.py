"""What a node stores for search beside what its row says; of natural persons nothing."""

from collections.abc import Mapping
from typing import Any

from graph.model import EntityKind, Label
from graph.search.stored_text import INITIALS, MORE, NAME, fold

from .initials import initials

_PERSON = str(EntityKind.NATURAL_PERSON)
MAX_STORED = 2_000
"""Characters of a text that are searched: an index refuses values of more than about 8,000 bytes."""


class SearchProperties:
    """Gives the properties themselves, out of those of the rows of a label."""

    def __init__(self, label: Label | None) -> None:
        # Looked up once: a million rows ask for them.
        self._name = NAME.get(label) if label else None
        self._more = MORE.get(label, ()) if label else ()
        self._initials = INITIALS.get(label, ()) if label else ()

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
            letters = [initials(properties.get(name, "")) for name in self._initials]
            found["initials"] = " ".join(letters)[:MAX_STORED]
        return found
