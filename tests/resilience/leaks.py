"""Finds numbers or names of persons in a text, in any notation and escaping."""

import re
import unicodedata
from collections.abc import Collection, Iterable

WHOLE = 18
"""Digits of a resident ID."""
HALF = 11
"""So many digits in a row reveal more than the masked form and are no coincidence: district, year of birth, and one
digit more."""
OLD = 15
"""The fewest digits that may be a number. If damage cut numbers in two, shorter pieces mean nothing."""

_ESCAPED = re.compile(r"\\+(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|x[0-9a-fA-F]{2}|[abfnrtv])")
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
_NEITHER_LETTER_NOR_DIGIT = re.compile(r"[\W_]+")
BETWEEN = "|z|"
"""Separates texts that are searched together: no number continues across it."""


def fold(text: str) -> str:
    """Only letters and digits, in one width, script and case: separators between the digits of a number are removed,
    including those that repr or JSON escaped."""
    plain = unicodedata.normalize("NFKC", _ESCAPED.sub("", text)).upper()
    digits = _OTHER_DIGIT.sub(lambda match: str(unicodedata.digit(match[0])), plain)
    return _NEITHER_LETTER_NOR_DIGIT.sub("", digits)


class Leaks:
    """Searches for the persons of a dataset. `piece`: so many digits of a number count as a leak."""

    def __init__(self, numbers: Iterable[str], names: Collection[str], piece: int) -> None:
        self._pieces = {
            folded[start : start + piece]: number
            for number in numbers
            for folded in [fold(number)]
            for start in range(len(folded) - piece + 1)
        }
        self._piece = piece
        self._run = re.compile(rf"[0-9X]{{{piece},}}")
        self._names = {fold(name): name for name in names}

    def numbers_in(self, text: str) -> set[str]:
        """The numbers of which a piece is in the text."""
        found = set()
        for run in self._run.findall(fold(text)):
            pieces = (run[start : start + self._piece] for start in range(len(run) - self._piece + 1))
            found |= {self._pieces[piece] for piece in pieces if piece in self._pieces}
        return found

    def names_in(self, text: str) -> set[str]:
        """The names in the text."""
        folded = fold(text)
        return {name for known, name in self._names.items() if known in folded}
