"""A row on its own, as far as it has been read, and what is wrong with it."""

from dataclasses import dataclass, field
from typing import Any

from graph.identity import scrub

MAX_SHOWN = 300
"""Characters of a value or a reason in the report."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a row. `value` may be shown: personal numbers and names in it are masked."""

    column: str
    value: str
    reason: str


@dataclass(slots=True)
class Row:
    """A row as read. What is wrong with it stands in `problems`; a row without any is good as far as it alone says."""

    line: int
    cells: dict[str, str] = field(default_factory=dict)
    """By column, stripped, as given: personal numbers stand in clear in it, so it is never shown nor kept."""
    properties: dict[str, Any] = field(default_factory=dict)
    references: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    """By column, for each item the keys that it may stand for: one, or two for an identifier of either scheme."""
    key: str = ""
    """The key of the node; empty where it could not be read, and for relationships."""
    private: bool = False
    """Names in the row may be those of a natural person."""
    problems: list[Problem] = field(default_factory=list)

    def __reduce__(self) -> tuple[type["Row"], tuple[Any, ...]]:
        """For a row that another process read: half of what slots cost otherwise."""
        return Row, (self.line, self.cells, self.properties, self.references, self.key, self.private, self.problems)

    def problem(self, column: str, reason: str, value: str | None = None) -> Problem:
        """A problem of the row with the value as it may be shown, by default that of the cell."""
        shown = scrub(self.cells.get(column, "") if value is None else value)
        if self.private and not shown.isascii():
            shown = shown[0] + "*" * (len(shown) - 1)
        return Problem(column, _short(shown), _short(scrub(reason)))

    def refuse(self, column: str, reason: str) -> None:
        """Note a problem with a cell."""
        self.problems.append(self.problem(column, reason))


def _short(text: str) -> str:
    return text if len(text) <= MAX_SHOWN else text[:MAX_SHOWN] + "…"
