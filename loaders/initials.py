"""Pinyin initials 拼音首字母 of names: `szs` for 深圳市, with readings that depend on the word: 重庆 cq, 银行 yh."""

import re
import unicodedata
from functools import cache

from pypinyin.constants import PHRASES_DICT, PINYIN_DICT


def initials(name: str) -> str:
    """The first letter of each character's reading, and the letters and digits of other scripts as they are, small;
    everything else is left out."""
    text = unicodedata.normalize("NFKC", name).lower()
    table, varying, phrases = _readings()
    if not varying.isdisjoint(text):
        text = phrases.sub(lambda match: _phrases()[match[0]], text)
    letters = text.translate(table)
    return letters if letters.isalnum() else "".join(character for character in letters if character.isalnum())


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
def _readings() -> tuple[dict[int, str], frozenset[str], re.Pattern[str]]:
    """The table of usual letters, the characters that begin otherwise in a phrase, and the phrases, longest first."""
    usual, phrases = _usual(), _phrases()
    varying = {
        character
        for phrase, letters in phrases.items()
        for character, letter in zip(phrase, letters, strict=True)
        if usual.get(ord(character)) != letter
    }
    return usual, frozenset(varying), re.compile("|".join(sorted(phrases, key=len, reverse=True)))
