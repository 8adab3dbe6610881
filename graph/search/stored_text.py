"""Which texts are searched, and how they are stored."""

import unicodedata

from graph.identity.text import BRACKETS
from graph.model import Label

SEARCHED = (Label.ENTITY, Label.MEMORANDUM, Label.MEASURE, Label.AGENCY, Label.POWER_ITEM, Label.CREDIT_LIST)
"""The labels that a search finds, in the order that breaks ties."""

NAME = dict.fromkeys(SEARCHED, "name") | {Label.MEMORANDUM: "title", Label.MEASURE: "content"}
"""The property whose folded text is stored as `searchName`."""

MORE: dict[Label, tuple[str, ...]] = {
    Label.MEMORANDUM: ("docNumberKey", "field"),
    Label.MEASURE: ("category", "legalBases"),
    Label.AGENCY: ("shortName",),
    Label.POWER_ITEM: ("type",),
}
"""The properties whose folded texts are the lines of `searchText`; a list, which comes last, has a line an element."""

INITIALS: dict[Label, tuple[str, ...]] = {
    Label.ENTITY: ("name",),
    Label.MEMORANDUM: ("title",),
    Label.AGENCY: ("name", "shortName"),
    Label.POWER_ITEM: ("name",),
    Label.CREDIT_LIST: ("name",),
}
"""The properties whose pinyin initials are the words of `initials`."""


def fold(text: str) -> str:
    """A text as it is compared: NFKC, small letters, every bracket style as `()`, single blanks, none around."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().translate(BRACKETS).split())


def searched(label: Label | None) -> tuple[str, ...]:
    """The names of the properties that nodes of the label store for search."""
    stored = (("searchName", NAME), ("searchText", MORE), ("initials", INITIALS))
    return tuple(name for name, labels in stored if label in labels)
