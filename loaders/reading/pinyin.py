"""Pinyin 拼音 of names: `ShenZhenShi` for 深圳市, initials 首字母 `szs`, with readings that depend on the word: 重庆 is
ChongQing, 银行 is YinHang."""

import unicodedata
from functools import cache

from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from graph.search.pinyin import plain_syllable

_WITHOUT_REST = dict.fromkeys(range(ord("a"), ord("z") + 1))


def pinyin(name: str) -> str:
    """Each character's reading without its tone, beginning with a capital, and the letters and digits of other scripts
    as they are, in capitals; everything else is left out."""
    text = unicodedata.normalize("NFKC", name).upper()
    if not _varying().isdisjoint(text):
        text = _with_phrases_read(text)
    return (text if text.isalnum() else "".join(filter(str.isalnum, text))).translate(_usual())


def initials(read: str) -> str:
    """The initials, small, out of what `pinyin` gives."""
    return read.translate(_WITHOUT_REST).lower()


def _with_phrases_read(text: str) -> str:
    """The text with the readings of phrases in their place; of several that begin at one place the longest counts."""
    phrases, lengths = _phrases(), _lengths()
    parts: list[str] = []
    done = 0
    for place in [place for place in range(len(text) - 1) if text[place : place + 2] in lengths]:
        for length in lengths[text[place : place + 2]] if place >= done else ():
            if read := phrases.get(text[place : place + length]):
                parts += (text[done:place], read)
                done = place + length
                break
    return "".join([*parts, text[done:]]) if parts else text


@cache
def _syllable(reading: str) -> str:
    return plain_syllable(reading).capitalize()


@cache
def _usual() -> dict[int, str]:
    """The usual reading of each character."""
    return {code: _syllable(readings.partition(",")[0]) for code, readings in PINYIN_DICT.items()}


@cache
def _phrases() -> dict[str, str]:
    """The readings of those phrases in which a character is read otherwise than usual: some 6,000 of 47,000. All others
    need no look-up, which makes a name cost a tenth of what `pypinyin.lazy_pinyin` takes."""
    usual = _usual()
    found = {}
    for phrase, readings in PHRASES_DICT.items():
        read = "".join([_syllable(reading[0]) for reading in readings])
        if len(readings) == len(phrase) and read != phrase.translate(usual):
            found[phrase] = read
    return found


@cache
def _varying() -> frozenset[str]:
    """The characters that are read otherwise in a phrase."""
    usual = _usual()
    return frozenset(
        character
        for phrase in _phrases()
        for character, reading in zip(phrase, PHRASES_DICT[phrase], strict=True)
        if usual.get(ord(character)) != _syllable(reading[0])
    )


@cache
def _lengths() -> dict[str, list[int]]:
    """By its first two characters the lengths of the phrases, the longest first."""
    found: dict[str, set[int]] = {}
    for phrase in _phrases():
        found.setdefault(phrase[:2], set()).add(len(phrase))
    return {pair: sorted(lengths, reverse=True) for pair, lengths in found.items()}
