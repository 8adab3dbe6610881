"""Masks what may be a person's number or name.

`plain` and `mask_text` agree: whatever `plain` would read as a person's number, `mask_text` hides. Every error of
jointcredit masks its message, the log its lines and the report its values. `Masked` marks a text that is already
masked.
"""

import re
import unicodedata

from .check_digits import is_resident_id, is_uscc


class Masked(str):
    """A text that may be shown, logged or reported: what may be a person's number is masked in it."""

    __slots__ = ()


# Characters without meaning between the characters of a number: blanks of every width, dashes of every length,
# invisible characters, and the apostrophe by which Excel stores a number as text.
_UNMEANT = {"Zs", "Zl", "Zp", "Cc", "Cf", "Pd"}
_UNMEANT_SIGNS = "'\u2018\u2019\u2212"
# What may separate two digits of one number: any character that is neither a letter nor a digit, also in the escaped
# form of a message. The separators between two codes in a message or a cell end a number.
_SIGN = r"(?:\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[nrt])|(?!', '|;)[\W_])"
_SIGNS = re.compile(rf"{_SIGN}+")
# A letter that is typed for a digit counts as a digit inside a number; the last place may be an X.
_NUMBER = re.compile(rf"[0-9](?:{_SIGN}*[0-9OoIl]){{13,}}(?<=[0-9])(?:{_SIGN}*[Xx])?")
# Days, times of day and network addresses are not numbers, even several in a row.
_DAY = r"(?:18|19|20)[0-9]{2}-(?:0[0-9]|1[0-2])-[0-3][0-9]"
_TIME = r"[0-2][0-9]:[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]{1,6})?)?"
_OCTET = r"(?:25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})"
_ADDRESS = rf"{_OCTET}(?:\.{_OCTET}){{3}}(?::[0-9]{{1,5}})?"
_NO_NUMBERS = re.compile(rf"(?:(?:{_DAY}|{_TIME}|{_ADDRESS})(?:{_SIGN}+|$))+")
_WORD = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z]+")
_LONG = re.compile(r"[0-9A-Za-z]{15,}")
_RESIDENT_ID = re.compile(rf"[0-9](?:{_SIGN}*[0-9]){{16,}}(?:{_SIGN}*[Xx])?")
# Letters and then digits, or digits only: passports, permits, identity cards of Hong Kong, Macao and Taiwan.
_TRAVEL_DOCUMENT = re.compile(r"[A-Z]{1,3}[0-9]{5,12}|[0-9]{7,8}|[0-9]{10,12}")
# Two characters, then the digits of a district.
_LIKE_USCC = re.compile(r"[0-9A-Z]{2}[0-9]{5}")
_FOREIGN = re.compile(f"[{''.join(c for c in map(chr, range(128, 0x20000)) if c.isdigit())}]")
# A day, or a code that is neither a name nor a number of a person: up to six digits, and few letters in a row.
_CODE = re.compile(rf"{_DAY}|(?=(?:[^0-9]*[0-9]){{1,6}}[^0-9]*$)(?!.*[A-Za-z]{{4}})[0-9A-Za-z_.:/\-]{{1,40}}")
MAX_QUOTED = 80
"""Characters of a value in a message."""


def plain(text: str) -> str:
    """The number in a text, in one form: half-width (NFKC), ASCII digits, upper case, without blanks, dashes,
    apostrophes and invisible characters."""
    if text.isascii() and text.isalnum():
        return text.upper()
    return "".join(
        character
        for character in _folded(text)
        if character not in _UNMEANT_SIGNS and unicodedata.category(character) not in _UNMEANT
    ).upper()


def mask(number: str) -> str:
    """A masked number: of fifteen characters or more the first four and the last two stay, of nine or more the first
    and the last, of fewer none."""
    if len(number) <= 8:
        return "*" * len(number)
    shown = 4 if len(number) >= 15 else 1
    last = 2 if len(number) >= 15 else 1
    return number[:shown] + "*" * (len(number) - shown - last) + number[-last:]


def mask_text(text: str) -> Masked:
    """The text with everything masked that may be a person's number: fourteen or more digits with anything but letters
    between them, and a run of fifteen or more letters and digits with at most one letter."""
    if isinstance(text, Masked):
        return text
    folded = _folded(text)
    hidden = _NUMBER.sub(_masked, folded)
    hidden = _LONG.sub(lambda match: mask(match[0]) if _may_be_mistyped(match[0]) else match[0], hidden)
    return Masked(text if hidden == folded else hidden)


def mask_name(text: str) -> Masked:
    """A text that may be a person's name or number: only its first character stays. A day, or a code such as `L001`,
    stays whole."""
    if _CODE.fullmatch(text):
        return mask_text(text)
    return Masked(mask_text(text)[:1] + "*" * (len(text) - 1) if len(text) > 1 else "*" * len(text))


def mask_identifier(text: str) -> Masked:
    """A text in the place of a subject's identifier. It stays whole if it can only be an organisation's; of a possible
    name only the first character stays."""
    number = plain(text)
    if number.isdigit() and len(number) < 7:  # no number of a person is so short
        return Masked(number)
    if number[:-1].isdigit() and number.isascii():
        return mask_text(number) if _may_be_an_organisation(number) else Masked(mask(number))
    if number.isascii() and number.isalnum() and _may_be_an_organisation(number):
        return mask_text(number)
    return Masked(number[:1] + "*" * (len(number) - 1) if len(number) > 1 else "*" * len(number))


def holds_resident_id(text: str) -> bool:
    """Whether the text contains a resident ID with a correct check digit, even with separators between its digits."""
    # One character may stand for two digits (⑩), but a letter stands for none. Fast, because it runs on millions of
    # cells.
    if len(text) < (18 if text.isascii() else 9) or text.isalpha():
        return False
    folded = _folded(text)
    for match in _RESIDENT_ID.finditer(folded):
        number = _SIGNS.sub("", match[0]).upper()
        if any(is_resident_id(number[start : start + 18]) for start in range(len(number) - 17)):
            return True
    return False


def quoted(text: str) -> Masked:
    """The text in quotation marks for a message: masked, then cut, because half of a number is not recognised."""
    shown = mask_text(text)
    return Masked(repr(str(shown if len(shown) <= MAX_QUOTED else f"{shown[:MAX_QUOTED]}…")))


def _masked(match: re.Match[str]) -> str:
    if _NO_NUMBERS.fullmatch(match[0]):
        return match[0]
    # The digits may be the start of a credit code, whose letters come last.
    word = _WORD.match(match.string, match.start())
    if word and match.end() <= word.end() and not word[0].isdigit():
        number = word[0].upper()
        if is_uscc(number) and not is_resident_id(number):
            return match[0]
    return mask(_SIGNS.sub("", match[0]))


def _may_be_mistyped(number: str) -> bool:
    """Whether it is a person's number with a slip: only digits, except for a final X and one letter inside (O for 0). A
    code of an organisation has more letters, or ends in another one."""
    letters = [character for character in re.sub("[Xx]$", "", number) if not character.isdigit()]
    return not letters or (len(letters) == 1 and number[-1] != letters[0])


def _may_be_an_organisation(number: str) -> bool:
    """Whether a number in plain form is of a kind that organisations have and persons do not."""
    if _TRAVEL_DOCUMENT.fullmatch(number):
        return False
    if len(number) >= 14:
        return bool(_LIKE_USCC.match(number)) and not _may_be_mistyped(number)
    return len(number) in (9, 13) and sum(map(str.isdigit, number)) >= 5


def _folded(text: str) -> str:
    """Half-width, with the digits of every script as ASCII digits."""
    if text.isascii():
        return text
    folded = unicodedata.normalize("NFKC", text)
    return _FOREIGN.sub(lambda match: str(unicodedata.digit(match[0])), folded)
