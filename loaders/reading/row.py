"""A row, with the problems found in its own cells."""

from dataclasses import dataclass, field
from typing import Any

from graph.masking import Masked, mask_identifier, mask_name, mask_text

MAX_SHOWN = 300
"""Characters of a value or a reason in the report."""
IDENTIFIERS = frozenset({"identifier", "org_code", "registration_no", "entity", "person", "organization"})
"""The columns whose cells identify subjects."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem of a row, masked for the report."""

    column: str
    value: Masked
    reason: Masked


class Cells:
    """The cells of a row by column, stripped. They hold personal numbers and names unmasked, so they are never printed;
    `clear` returns a cell."""

    __slots__ = ("_texts",)

    def __init__(self, texts: dict[str, str] | None = None) -> None:
        self._texts = texts or {}

    def clear(self, column: str) -> str:
        """The text of a cell; empty if the file has no such column."""
        return self._texts.get(column, "")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Cells) and self._texts == other._texts

    def __repr__(self) -> str:
        return f"<{len(self._texts)} cells>"

    def __reduce__(self) -> tuple[type["Cells"], tuple[dict[str, str]]]:
        return Cells, (self._texts,)


@dataclass(slots=True)
class Row:
    """A row after reading, with its `problems`. A row without problems is good as far as its own cells show."""

    line: int
    cells: Cells = field(default_factory=Cells)
    properties: dict[str, Any] = field(default_factory=dict, repr=False)
    references: dict[str, list[tuple[str, ...]]] = field(default_factory=dict, repr=False)
    """By column, the possible keys of each item: one, or two for an identifier of either scheme."""
    key: str = field(default="", repr=False)
    """The key of the node; empty if it cannot be read, and for relationships."""
    private: bool = False
    """Whether a name of a natural person may be in any cell. Then a value is shown only if it cannot be one."""
    problems: list[Problem] = field(default_factory=list)

    def __reduce__(self) -> tuple[type["Row"], tuple[Any, ...]]:
        """A compact pickle, for a row that another process read: half the cost of the default for slots."""
        return Row, (self.line, self.cells, self.properties, self.references, self.key, self.private, self.problems)

    def shown(self, column: str, text: str) -> Masked:
        """The text of a cell in the column, masked."""
        if column in IDENTIFIERS:
            return mask_identifier(text)
        return mask_name(text) if self.private else mask_text(text)

    def refuse(self, column: str, reason: str) -> None:
        """Record a problem with a cell. `reason` may quote the row only through `shown`."""
        self.problems.append(self.problem(column, reason))

    def problem(self, column: str, reason: str, value: str | None = None) -> Problem:
        """A problem with a cell, or with `value`, one item of it."""
        text = self.cells.clear(column) if value is None else value
        return Problem(column, _short(self.shown(column, text)), _short(mask_text(reason)))


def _short(text: Masked) -> Masked:
    return text if len(text) <= MAX_SHOWN else Masked(text[:MAX_SHOWN] + "…")
