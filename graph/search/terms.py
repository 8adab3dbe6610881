"""Text as it is searched: what nodes store for it, how it is folded, and what a search text asks for.

Natural persons store none of this: they are found by resident ID alone (RULES.md, Identity).
"""

import re
from dataclasses import dataclass

from graph.errors import IdentifierError, InputError
from graph.identity.identifiers import identify
from graph.identity.key import IdentityKey
from graph.identity.text import normalise, normalise_document_number
from graph.masking import mask_text, plain
from graph.model import IdentifierScheme
from graph.search.stored_text import fold

MAX_TEXT = 200
"""Characters of a search text."""
MAX_WORDS = 12
"""Words of it, the longest, that are looked up."""

# Scripts that the analyser `cjk` cuts into pairs of characters.
_PAIRED = "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(f"[{_PAIRED}]+|[^\\W_{_PAIRED}]+")
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
        return " AND ".join(_clause(word) for word in asked[:MAX_WORDS])


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
    folded, code, document = fold(text), normalise(text), normalise_document_number(text)
    number = plain(text)
    words = sorted(dict.fromkeys(_WORD.findall(folded)), key=len, reverse=True)
    return Sought(
        text=folded,
        code=code,
        number=number if len(number) > 1 else None,
        document=document if len(document) > 1 else None,
        letters=folded if folded.isascii() and folded.isalnum() else None,
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
    return f'"{word}"' if len(word) > 1 and re.match(f"[{_PAIRED}]", word) else f"*{word}*"
