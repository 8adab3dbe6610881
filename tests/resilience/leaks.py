"""Whether numbers or names of persons stand in a text, however they are written and escaped there."""

import re
import unicodedata
from collections.abc import Collection, Iterable

WHOLE = 18
"""Places of a resident ID."""
HALF = 11
"""So many places of a number in one piece tell more than its masked form, and are no chance: district and year of
birth, and a digit more."""
OLD = 15
"""The fewest places that may be a number. Where damage cut numbers in two, shorter pieces of them mean nothing."""

_ESCAPED = re.compile(r"\\+(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|x[0-9a-fA-F]{2}|[abfnrtv])")
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
_NEITHER_LETTER_NOR_DIGIT = re.compile(r"[\W_]+")
BETWEEN = "|z|"
"""Between texts that are searched together: no number goes on over it."""


def fold(text: str) -> str:
    """Letters and digits alone, in one width, script and case: what separates the digits of a number is gone, as are
    separators that were escaped by repr or JSON."""
    plain = unicodedata.normalize("NFKC", _ESCAPED.sub("", text)).upper()
    digits = _OTHER_DIGIT.sub(lambda match: str(unicodedata.digit(match[0])), plain)
    return _NEITHER_LETTER_NOR_DIGIT.sub("", digits)


class Leaks:
    """Searches for the persons of a dataset. `piece`: so many places of a number are one found."""

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
        """The numbers of which a piece stands in the text."""
        found = set()
        for run in self._run.findall(fold(text)):
            pieces = (run[start : start + self._piece] for start in range(len(run) - self._piece + 1))
            found |= {self._pieces[piece] for piece in pieces if piece in self._pieces}
        return found

    def names_in(self, text: str) -> set[str]:
        """The names that stand in the text."""
        folded = fold(text)
        return {name for known, name in self._names.items() if known in folded}
