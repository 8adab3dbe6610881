"""The identifiers of subjects (RULES.md, "Identity"), their checks, and the privacy of natural persons.

An organisation is identified by its unified social credit code (USCC, GB 32100-2015), a natural person by resident ID
(GB 11643). Only a keyed hash and a masked form of a resident ID ever leave this module.
"""

import datetime as dt
import re
from typing import NamedTuple

from stdnum.cn import uscc as gb32100
from stdnum.iso7064 import mod_11_2

from graph.check_digits import is_org_code, is_resident_id, is_uscc
from graph.errors import IdentifierError
from graph.identity.key import IdentityKey
from graph.masking import mask, mask_identifier, plain
from graph.model import IdentifierScheme

_USCC_FORM = re.compile(r"[0-9A-HJ-NP-RTUW-Y]{2}\d{6}[0-9A-HJ-NP-RTUW-Y]{10}", re.ASCII)
_RESIDENT_FORM = re.compile(r"\d{17}[\dX]", re.ASCII)
_ORG_CODE_FORM = re.compile(r"[0-9A-Z]{8}[\dX]", re.ASCII)
_ORG_CODE_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_REGISTRATION_FORM = re.compile(r"\d{13}|\d{15}", re.ASCII)


class Identified(NamedTuple):
    """An identifier that passed its checks: how to find its Entity, and what may be shown of it."""

    scheme: IdentifierScheme
    values: tuple[str, ...]
    """The values that `property` may have. Usually one. Two if no scheme was given and the number is valid both as a
    resident ID and as a USCC, as about one resident ID in a hundred is: the graph then decides."""
    shown: str
    """The identifier itself, or the masked resident ID."""

    @property
    def property(self) -> str:
        """The indexed property of Entity that holds `value`."""
        return {IdentifierScheme.ORG_CODE: "orgCode", IdentifierScheme.REGISTRATION_NO: "registrationNo"}.get(
            self.scheme, "key"
        )


def identify(text: str, key: IdentityKey, scheme: IdentifierScheme | None = None) -> Identified:
    """Check an identifier in any form that people write (`plain`). If `scheme` is None, it is guessed from the form.

    Raises IdentifierError, whose message never holds a number that may be a resident ID.
    """
    number = plain(text)
    match scheme or _guess(number):
        case IdentifierScheme.USCC:
            return Identified(IdentifierScheme.USCC, (_check_uscc(number),), number)
        case IdentifierScheme.RESIDENT_ID:
            hashed = key.hash(_check_resident_id(number))
            both = scheme is None and is_uscc(number)
            return Identified(IdentifierScheme.RESIDENT_ID, (hashed, number) if both else (hashed,), mask(number))
        case IdentifierScheme.ORG_CODE:
            return Identified(IdentifierScheme.ORG_CODE, (_check_org_code(number),), number)
        case _:
            return Identified(IdentifierScheme.REGISTRATION_NO, (_check_registration_no(number),), number)


def _guess(number: str) -> IdentifierScheme:
    if len(number) == 18:
        if is_resident_id(number):
            return IdentifierScheme.RESIDENT_ID
        a_slip = _RESIDENT_FORM.fullmatch(number) and number[6:8] in ("18", "19", "20")
        return IdentifierScheme.RESIDENT_ID if a_slip and not is_uscc(number) else IdentifierScheme.USCC
    if len(number) == 9:
        return IdentifierScheme.ORG_CODE
    if _REGISTRATION_FORM.fullmatch(number):
        return IdentifierScheme.REGISTRATION_NO
    raise IdentifierError(
        f"'{mask_identifier(number)}' has {len(number)} characters: a unified social credit code or a resident ID has "
        "18, an organisation code 9, a registration number 13 or 15 digits; name the scheme of any other",
        reason="IDENTIFIER_LENGTH",
    )


def _check_uscc(number: str) -> str:
    """GB 32100-2015: 18 characters, no I O S V Z, digits 3 to 8 the district, check character by MOD 31."""
    if is_uscc(number):
        return number
    shown = mask_identifier(number)
    if len(number) != 18:
        raise IdentifierError(
            f"unified social credit code '{shown}' has {len(number)} characters: it needs 18",
            reason="IDENTIFIER_LENGTH",
        )
    if not _USCC_FORM.fullmatch(number):
        raise IdentifierError(
            f"unified social credit code '{shown}': only 0-9 and A-Z without I, O, S, V, Z may stand in it, "
            "and only digits at places 3 to 8",
            reason="IDENTIFIER_ALPHABET",
        )
    expected = gb32100.calc_check_digit(number[:17])
    if number[-1] != expected:
        raise IdentifierError(
            f"unified social credit code '{shown}': the check character is {number[-1]}, {expected} was expected; "
            "a character was mistyped"
            if shown == number
            else f"unified social credit code '{shown}': the check character does not fit; a character was mistyped",
            reason="IDENTIFIER_CHECK",
        )
    return number


def _check_resident_id(number: str) -> str:
    """GB 11643: 17 digits and a check character, with a valid date of birth. The district is not looked up: counties
    are renamed and merged, and valid old numbers would be refused (RULES.md, "Identity")."""
    if is_resident_id(number):
        return number
    shown = mask(number) if number.isascii() and number[:-1].isdigit() else mask_identifier(number)
    if len(number) != 18:
        raise IdentifierError(
            f"resident ID {shown} has {len(number)} characters: it needs 18"
            + (" (15-digit numbers ended in 2013)" if len(number) == 15 else ""),
            reason="IDENTIFIER_LENGTH",
        )
    if not _RESIDENT_FORM.fullmatch(number):
        raise IdentifierError(
            f"resident ID {shown}: 17 digits and a digit or X are expected", reason="IDENTIFIER_ALPHABET"
        )
    try:
        born = dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        born = dt.date.max
    if born.year < 1800 or born > dt.date.today():
        raise IdentifierError(f"resident ID {shown}: places 7 to 14 are no date of birth", reason="IDENTIFIER_DATE")
    if not mod_11_2.is_valid(number):
        raise IdentifierError(
            f"resident ID {shown}: the check character does not fit; a digit was mistyped", reason="IDENTIFIER_CHECK"
        )
    return number


def _check_org_code(number: str) -> str:
    """GB 11714-1997: eight characters and a check character by weights MOD 11."""
    if is_org_code(number):
        return number
    shown = mask_identifier(number)
    if len(number) != 9:
        raise IdentifierError(
            f"organisation code '{shown}' has {len(number)} characters: it needs 9", reason="IDENTIFIER_LENGTH"
        )
    if not _ORG_CODE_FORM.fullmatch(number):
        raise IdentifierError(
            f"organisation code '{shown}': eight of 0-9 and A-Z, then a digit or X, are expected",
            reason="IDENTIFIER_ALPHABET",
        )
    total = sum(weight * int(character, 36) for weight, character in zip(_ORG_CODE_WEIGHTS, number[:8], strict=True))
    expected = "0X987654321"[total % 11]
    if number[8] != expected:
        raise IdentifierError(
            f"organisation code '{shown}': the check character is {number[8]}, {expected} was expected; "
            "a character was mistyped"
            if shown == number
            else f"'{shown}' is no organisation code: its check character does not fit",
            reason="IDENTIFIER_CHECK",
        )
    return number


def _check_registration_no(number: str) -> str:
    """Registration numbers differ by place and time: up to 40 characters of any form."""
    if not 1 <= len(number) <= 40:
        raise IdentifierError(
            f"registration number '{mask_identifier(number)[:50]}' has {len(number)} characters: 1 to 40 are expected",
            reason="IDENTIFIER_LENGTH",
        )
    return number
