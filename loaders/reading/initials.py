"""Pinyin initials 拼音首字母 of names: `szs` for 深圳市, with readings that depend on the word: 重庆 cq, 银行 yh."""

import unicodedata
from functools import cache

from pypinyin.constants import PHRASES_DICT, PINYIN_DICT


def initials(name: str) -> str:
    """The first letter of each character's reading, and the letters and digits of other scripts as they are, small;
    everything else is left out."""
    text = unicodedata.normalize("NFKC", name).lower()
    if not _varying().isdisjoint(text):
        text = _with_phrases_read(text)
    letters = text.translate(_usual())
    return letters if letters.isalnum() else "".join(character for character in letters if character.isalnum())


def _with_phrases_read(text: str) -> str:
    """The text with the initials of phrases in their place; of several that begin at one place the longest counts."""
    phrases, lengths = _phrases(), _lengths()
    place = 0
    while place < len(text):
        for length in lengths.get(text[place], ()):
            if letters := phrases.get(text[place : place + length]):
                text = text[:place] + letters + text[place + length :]
                place += length - 1
                break
        place += 1
    return text


def _letter(reading: str) -> str:
    return unicodedata.normalize("NFD", reading)[:1]


@cache
def _usual() -> dict[int, str]:
    """The first letter of the usual reading of each character."""
    return {code: _letter(readings) for code, readings in PINYIN_DICT.items()}


@cache
def _phrases() -> dict[str, str]:
    """The initials of those phrases in which a character begins otherwise than usual: some 2,000 of 47,000. All others
    need no look-up, which makes a name cost a tenth of what `pypinyin.lazy_pinyin` takes."""
    usual = _usual()
    letters = {phrase: "".join(_letter(reading[0]) for reading in PHRASES_DICT[phrase]) for phrase in PHRASES_DICT}
    return {
        phrase: found
        for phrase, found in letters.items()
        if len(found) == len(phrase) and found != "".join(usual.get(ord(character), "") for character in phrase)
    }


@cache
def _varying() -> frozenset[str]:
    """The characters that begin otherwise in a phrase."""
    usual = _usual()
    return frozenset(
        character
        for phrase, letters in _phrases().items()
        for character, letter in zip(phrase, letters, strict=True)
        if usual.get(ord(character)) != letter
    )


@cache
def _lengths() -> dict[str, list[int]]:
    """By first character the lengths of the phrases, the longest first."""
    found: dict[str, set[int]] = {}
    for phrase in _phrases():
        found.setdefault(phrase[0], set()).add(len(phrase))
    return {character: sorted(lengths, reverse=True) for character, lengths in found.items()}
