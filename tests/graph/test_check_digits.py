"""The fast checks of identifiers agree with python-stdnum, and `identify` agrees with them."""

import datetime as dt
import re
from collections.abc import Callable
from random import Random

from stdnum.cn import uscc as gb32100
from stdnum.iso7064 import mod_11_2

from graph.check_digits import is_org_code, is_resident_id, is_uscc
from graph.errors import IdentifierError
from graph.identity.identifiers import identify
from graph.identity.key import IdentityKey
from graph.model import IdentifierScheme
from tests.support.client import ID_KEY
from tests.support.numbers import org_code, resident_id, uscc

KEY = IdentityKey(ID_KEY)
SLIPS = "0123456789" * 3 + "ABCDEFGHIJKLMNOPQRSTUVWXYZx ０-"


def stands_as_uscc(text: str) -> bool:
    form = re.fullmatch(r"[0-9A-HJ-NP-RTUW-Y]{2}[0-9]{6}[0-9A-HJ-NP-RTUW-Y]{10}", text)
    return bool(form) and gb32100.calc_check_digit(text[:17]) == text[17]


def stands_as_resident_id(text: str) -> bool:
    if not re.fullmatch(r"[0-9]{17}[0-9X]", text) or not mod_11_2.is_valid(text):
        return False
    try:
        born = dt.datetime.strptime(text[6:14], "%Y%m%d").date()
    except ValueError:
        return False
    return dt.date(1800, 1, 1) <= born <= dt.date.today()


def stands_as_org_code(text: str) -> bool:
    if not re.fullmatch(r"[0-9A-Z]{8}[0-9X]", text):
        return False
    total = sum(weight * int(sign, 36) for weight, sign in zip((3, 7, 9, 10, 5, 8, 4, 2), text, strict=False))
    return text[8] == "0X987654321"[total % 11]


CHECKS: dict[IdentifierScheme, tuple[Callable[[str], bool], Callable[[str], bool]]] = {
    IdentifierScheme.USCC: (is_uscc, stands_as_uscc),
    IdentifierScheme.RESIDENT_ID: (is_resident_id, stands_as_resident_id),
    IdentifierScheme.ORG_CODE: (is_org_code, stands_as_org_code),
}


def identified(text: str, scheme: IdentifierScheme) -> bool:
    try:
        identify(text, KEY, scheme)
    except IdentifierError:
        return False
    return True


def test_quick_checks_agree_with_the_standards() -> None:
    random = Random(1)
    passed = 0
    for number in range(20_000):
        makers = (
            uscc(random.choice(["91", "92", "N1"]), "440000", org_code(number)),
            resident_id(number),
            org_code(number),
            str(random.randrange(10**17, 10**18)),
        )
        characters = list(random.choice(makers))
        for _ in range(random.choice((0, 0, 1, 2))):
            characters[random.randrange(len(characters))] = random.choice(SLIPS)
        text = "".join(characters)
        for scheme, (quick, thorough) in CHECKS.items():
            assert quick(text) == thorough(text), text
            passed += quick(text)
            if quick(text) or (text == text.upper() and text.isascii() and text.isalnum()):
                assert identified(text, scheme) == quick(text), text
    assert passed > 8_000
