"""What a node stores for search beside what its row says; of natural persons nothing."""

from collections.abc import Mapping
from typing import Any

from graph.model import EntityKind, Label
from graph.search_text import INITIALS, MORE, NAME, fold

from .initials import initials

MAX_STORED = 2_000
"""Characters of a text that are searched: an index refuses values of more than about 8,000 bytes."""


def searched(label: Label | None) -> tuple[str, ...]:
    """The names of the properties that nodes of the label store for search."""
    stored = (("searchName", NAME), ("searchText", MORE), ("initials", INITIALS))
    return tuple(name for name, labels in stored if label in labels)


def search_properties(label: Label, properties: Mapping[str, Any]) -> dict[str, str]:
    """The properties themselves, out of those of the row."""
    if label not in NAME or properties.get("kind") == EntityKind.NATURAL_PERSON:
        return {}
    found = {"searchName": fold(properties.get(NAME[label], ""))}
    if label in MORE:
        given = [properties.get(name, "") for name in MORE[label]]
        found["searchText"] = "\n".join(
            fold(line) for value in given for line in (value if isinstance(value, list) else [value])
        )
    if label in INITIALS:
        found["initials"] = " ".join(initials(properties.get(name, "")) for name in INITIALS[label])
    return {name: text[:MAX_STORED] for name, text in found.items()}
