"""Identifiers as they nearly always stand: plain, capital and correct. One sum over a table tells them, at a tenth of
what `graph.identity.identify` takes; whatever else stands there is left to it. A test holds the two together."""

import datetime as dt
from functools import lru_cache
from operator import getitem

from graph.identity import IdentityKey

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_DIGITS = "0123456789"
# GB 32100-2015: MOD 31, the check character counts once; only digits at places 3 to 8.
_USCC = [
    {
        character: _ALPHABET.index(character) * pow(3, place, 31)
        for character in (_DIGITS if 2 <= place < 8 else _ALPHABET)
    }
    for place in range(17)
] + [{character: value for value, character in enumerate(_ALPHABET)}]
# GB 11643: ISO 7064 MOD 11-2.
_RESIDENT = [{digit: int(digit) * pow(2, 17 - place, 11) for digit in _DIGITS} for place in range(17)] + [
    {character: value for value, character in enumerate("0123456789X")}
]
# GB 11714: MOD 11.
_ORG_CODE = [
    {character: int(character, 36) * weight for character in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
    for weight in (3, 7, 9, 10, 5, 8, 4, 2)
] + [{character: value for value, character in enumerate("0123456789X")}]


def _sums_up(text: str, table: list[dict[str, int]], modulus: int, rest: int = 0) -> bool:
    try:
        return len(text) == len(table) and sum(map(getitem, table, text)) % modulus == rest
    except KeyError:
        return False


def is_uscc(text: str) -> bool:
    """Whether the text is a unified social credit code, as it is stored."""
    return _sums_up(text, _USCC, 31)


def is_resident_id(text: str) -> bool:
    """Whether the text is a resident ID, as it is hashed."""
    return _sums_up(text, _RESIDENT, 11, 1) and _is_birthday(text[6:14])


def is_org_code(text: str) -> bool:
    """Whether the text is an organisation code, as it is stored."""
    return _sums_up(text, _ORG_CODE, 11)


def is_registration_no(text: str) -> bool:
    """Whether the text is a registration number of digits alone, as it is stored."""
    return len(text) <= 40 and text.isascii() and text.isdigit()


def keys_of(text: str, key: IdentityKey) -> tuple[str, ...] | None:
    """What the text may stand for, as `identify(text, key).values`; None where that must be asked."""
    if is_resident_id(text):
        hashed = key.hash(text)
        return (hashed, text) if is_uscc(text) else (hashed,)
    # Digits throughout may also be a resident ID with a slip.
    return (text,) if is_uscc(text) else None


@lru_cache(maxsize=50_000)
def _is_birthday(digits: str) -> bool:
    try:
        born = dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return dt.date(1800, 1, 1) <= born <= dt.date.today()
