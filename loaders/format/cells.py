"""Readers of single cells: from the text of a cell, stripped and not empty, to the value that is stored.

Each raises CellError, whose message is the reason in the report. Codes, enum words, numbers and dates may have any
width (NFKC); names and contents are stored unchanged.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from graph.errors import JointCreditError
from graph.identity.text import normalise
from graph.masking import holds_resident_id, quoted

Reader = Callable[[str], Any]

MAX_CODE = 200
MAX_NAME = 1_000
"""Characters. Neo4j's range indexes refuse values of more than about 8,000 bytes, and a whole batch would fail."""
MAX_NUMBER = 2**31 - 1
"""The maximum of GraphQL's Int."""
SEPARATOR = ";"

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DIGITS = re.compile(r"\d{1,12}", re.ASCII)


RESIDENT_ID_IN_CLEAR = (
    "it contains a resident ID, which would be stored and searched unmasked: "
    "leave it out, or name the person by identifier"
)


class CellError(JointCreditError):
    """Raised if a cell cannot be read; the message says what is expected."""


def read_code(text: str) -> str:
    """A code: NFKC, at most 200 characters, no list separator."""
    code = _without_resident_id(text if text.isascii() else normalise(text))
    if SEPARATOR in code:
        raise CellError(f"a code cannot contain {SEPARATOR!r}, which separates the codes of a list")
    if len(code) > MAX_CODE:
        raise CellError(f"{len(code)} characters: a code has at most {MAX_CODE}")
    return code


def read_name(text: str) -> str:
    """A name, title or number, unchanged, of at most 1,000 characters."""
    if len(text) > MAX_NAME:
        raise CellError(f"{len(text)} characters: at most {MAX_NAME} are expected")
    return _without_resident_id(text)


def read_text(text: str) -> str:
    """Free text, unchanged."""
    return _without_resident_id(text)


def _without_resident_id(text: str) -> str:
    """The text, which must not contain a resident ID because it is stored unmasked. Raises CellError."""
    if len(text) > 8 and holds_resident_id(text):  # most texts are short, and this skips the search
        raise CellError(RESIDENT_ID_IN_CLEAR)
    return text


def read_date(text: str) -> date:
    """An existing day, as YYYY-MM-DD."""
    return _date(text if text.isascii() else normalise(text))


@lru_cache(maxsize=50_000)
def _date(text: str) -> date:
    if not _DATE.fullmatch(text):
        raise CellError("a date as YYYY-MM-DD is expected, such as 2018-10-01")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CellError("there is no such day") from None


def read_number(text: str) -> int:
    """A positive integer."""
    digits = normalise(text)
    if not _DIGITS.fullmatch(digits) or not 1 <= int(digits) <= MAX_NUMBER:
        raise CellError(f"a whole number from 1 to {MAX_NUMBER} is expected")
    return int(digits)


def read_flag(text: str) -> bool:
    """True or false."""
    match normalise(text):
        case "true":
            return True
        case "false":
            return False
    raise CellError("true or false is expected, in small letters")


def some_of(texts: Sequence[str], most: int = 10) -> str:
    """The first of many texts in quotation marks, and how many more there are; for a message."""
    more = f" and {len(texts) - most:,} more" if len(texts) > most else ""
    return ", ".join(map(quoted, texts[:most])) + more


def word_of(words: Collection[str]) -> Reader:
    """A reader of one word of an enum."""
    known = {str(word): str(word) for word in words}

    def read(text: str) -> str:
        word = known.get(text) or known.get(normalise(text))
        if word is None:
            raise CellError(f"one of {', '.join(known)} is expected")
        return word

    return read


def list_of(read: Reader, *, fold: bool = True) -> Reader:
    """A reader of a list separated by `;`, which keeps its order. `fold`: a full-width separator counts too."""

    def read_all(text: str) -> list[Any]:
        items = [item.strip() for item in (normalise(text) if fold else text).split(SEPARATOR)]
        if "" in items:
            raise CellError(f"an item of the list is empty: leave out the {SEPARATOR!r} that has nothing beside it")
        values = []
        for item in items:
            try:
                values.append(read(item))
            except CellError as error:
                raise CellError(f"{quoted(item)}: {error}" if len(items) > 1 else str(error)) from None
        if len(set(values)) < len(values):
            repeated = sorted(str(value) for value, times in Counter(values).items() if times > 1)
            raise CellError(f"named twice in the list: {some_of(repeated)}")
        return values

    return read_all
