"""Which texts are searched, and how they are stored."""

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
"""The properties whose pinyin initials are the words of `initials`. In the catalogue, whose full-text indexes hold that
property, their full pinyin follows."""

PINYIN: dict[Label, tuple[str, ...]] = {Label.ENTITY: ("name",)}
"""The properties whose full pinyin is `pinyin`, which has an index of its own: many subjects begin alike."""

VERSION = "2"
"""Of what is stored; higher whenever the same row stores other text."""


def searched(label: Label | None) -> tuple[str, ...]:
    """The names of the properties that nodes of the label store for search."""
    stored = (("searchName", NAME), ("searchText", MORE), ("initials", INITIALS), ("pinyin", PINYIN))
    return tuple(name for name, labels in stored if label in labels)
