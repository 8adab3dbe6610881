"""Reads a search text: one form of it for each kind of stored text.

Natural persons store none of this: they are found by resident ID alone (RULES.md, Identity).
"""

import re
import unicodedata
from dataclasses import dataclass

from graph.errors import IdentifierError, InputError
from graph.identity.identifiers import identify
from graph.identity.key import IdentityKey
from graph.identity.text import normalise
from graph.masking import mask_text, plain
from graph.model import IdentifierScheme

from .folding import UNSPACED, fold, fold_document_number
from .pinyin import spellings

MAX_TEXT = 200
"""Characters of a search text."""
MAX_WORDS = 12
"""Words of it, the longest, that are looked up."""

_WORD = re.compile(f"[{UNSPACED}]+|[^\\W_{UNSPACED}]+")
# Words that the analyser leaves out of the index.
_STOPPED = re.compile(
    "an?|and|are|as|at|be|but|by|for|if|in|into|is|it|not?|of|on|or|such|s|t|that|the|their|then|there|these|they|this|"
    "to|was|will|with|www"
)


@dataclass(frozen=True)
class Sought:
    """What a search text asks for, one form for each kind of text; None where it cannot be such."""

    text: str
    """Folded, for names and substance."""
    code: str
    """For codes, of which nothing but their width is folded."""
    number: str | None
    """For the numbers of organisations: capitals, no blanks or hyphens."""
    document: str | None
    """For document numbers."""
    letters: str | None
    """For pinyin initials."""
    spellings: list[str]
    """For full pinyin, each way of reading it."""
    words: tuple[str, ...]
    """Its runs of characters, the longest first, which may stand apart."""

    @property
    def codes(self) -> list[str]:
        """The code as given, in small letters and in capitals."""
        return _cases(self.code)

    @property
    def documents(self) -> list[str]:
        """The document number likewise."""
        return [] if self.document is None else _cases(self.document)

    @property
    def lucene(self) -> str:
        """All the words in Lucene's syntax. Nothing but letters and digits stands in a word, and operators are written
        in capitals, so that no text can mean more than itself."""
        asked = [word for word in self.words if not _STOPPED.fullmatch(word)] or self.words
        apart = " AND ".join(_clause(word) for word in asked[:MAX_WORDS])
        spelled = dict.fromkeys(_clause(way.lower()) for way in self.spellings)
        return " OR ".join([f"({apart})", *(clause for clause in spelled if clause != apart)]) if spelled else apart


@dataclass(frozen=True)
class Numbers:
    """What is left of a text that holds what could be a resident ID: the number of an organisation that it may be."""

    number: str | None


def read_search_text(text: str, key: IdentityKey) -> Sought | Numbers:
    """What a search text asks for. Raises InputError for a blank or a long one; the message does not quote it."""
    if not text.strip():
        raise InputError("text: it is blank: give a name, a number, a code or the beginning of one")
    if len(text) > MAX_TEXT:
        raise InputError(f"text: it has {len(text)} characters: search for at most {MAX_TEXT}")
    if mask_text(text) != text:
        return Numbers(_organization(text, key))
    folded, code, document = fold(text), normalise(text), fold_document_number(text)
    number = plain(text)
    # A blank parts words that may stand apart; brackets and quotation marks part none.
    parts = unicodedata.normalize("NFKC", text).split()
    words = sorted(dict.fromkeys(word for part in parts for word in _WORD.findall(fold(part))), key=len, reverse=True)
    return Sought(
        text=folded,
        code=code,
        number=number if len(number) > 1 else None,
        document=document if len(document) > 1 else None,
        letters=folded if folded.isascii() and folded.isalnum() else None,
        spellings=spellings(text),
        words=tuple(words),
    )


def _organization(text: str, key: IdentityKey) -> str | None:
    try:
        found = identify(text, key)
    except IdentifierError:
        return None
    numbers = found.values[1:] if found.scheme is IdentifierScheme.RESIDENT_ID else found.values
    return numbers[0] if numbers else None


def _cases(text: str) -> list[str]:
    return list(dict.fromkeys((text, text.lower(), text.upper())))


def _clause(word: str) -> str:
    # A single character is half of the pairs that are indexed, and a word in letters may be part of a longer one.
    return f'"{word}"' if len(word) > 1 and re.match(f"[{UNSPACED}]", word) else f"*{word}*"
