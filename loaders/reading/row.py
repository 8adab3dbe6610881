"""A row on its own, as far as it has been read, and what is wrong with it."""

from dataclasses import dataclass, field
from typing import Any

from graph.masking import Masked, mask_identifier, mask_name, mask_text

MAX_SHOWN = 300
"""Characters of a value or a reason in the report."""
IDENTIFIERS = frozenset({"identifier", "org_code", "registration_no", "entity", "person", "organization"})
"""The columns whose cells are identifiers of subjects."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a row, as it may be shown."""

    column: str
    value: Masked
    reason: Masked


class Cells:
    """The cells of a row by column, stripped, as given. Personal numbers and names stand in clear in it, so it prints
    none of them: `clear` gives a cell."""

    __slots__ = ("_texts",)

    def __init__(self, texts: dict[str, str] | None = None) -> None:
        self._texts = texts or {}

    def clear(self, column: str) -> str:
        """The text of a cell; nothing where the file has no such column."""
        return self._texts.get(column, "")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Cells) and self._texts == other._texts

    def __repr__(self) -> str:
        return f"<{len(self._texts)} cells>"

    def __reduce__(self) -> tuple[type["Cells"], tuple[dict[str, str]]]:
        return Cells, (self._texts,)


@dataclass(slots=True)
class Row:
    """A row as read. What is wrong with it stands in `problems`; a row without any is good as far as it alone says."""

    line: int
    cells: Cells = field(default_factory=Cells)
    properties: dict[str, Any] = field(default_factory=dict, repr=False)
    references: dict[str, list[tuple[str, ...]]] = field(default_factory=dict, repr=False)
    """By column, for each item the keys that it may stand for: one, or two for an identifier of either scheme."""
    key: str = field(default="", repr=False)
    """The key of the node; empty where it could not be read, and for relationships."""
    private: bool = False
    """The name of a natural person may stand in any of its cells: a value is shown where it can be none."""
    problems: list[Problem] = field(default_factory=list)

    def __reduce__(self) -> tuple[type["Row"], tuple[Any, ...]]:
        """For a row that another process read: half of what slots cost otherwise."""
        return Row, (self.line, self.cells, self.properties, self.references, self.key, self.private, self.problems)

    def shown(self, column: str, text: str) -> Masked:
        """A text of a cell in the column as it may be shown."""
        if column in IDENTIFIERS:
            return mask_identifier(text)
        return mask_name(text) if self.private else mask_text(text)

    def refuse(self, column: str, reason: str) -> None:
        """Note a problem with a cell. Of the row, `reason` may quote what `shown` gives."""
        self.problems.append(self.problem(column, reason))

    def problem(self, column: str, reason: str, value: str | None = None) -> Problem:
        """A problem with a cell, or with `value`, an item of it."""
        text = self.cells.clear(column) if value is None else value
        return Problem(column, _short(self.shown(column, text)), _short(mask_text(reason)))


def _short(text: Masked) -> Masked:
    return text if len(text) <= MAX_SHOWN else Masked(text[:MAX_SHOWN] + "…")
