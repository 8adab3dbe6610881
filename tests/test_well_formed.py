"""The quick checks of identifiers say what `graph.identity` says, or nothing."""

from random import Random

from graph.errors import IdentifierError
from graph.identity import IdentityKey, identify
from graph.model import IdentifierScheme
from loaders.well_formed import is_org_code, is_registration_no, is_resident_id, is_uscc, keys_of
from tests.asking import ID_KEY
from tests.generator import org_code, resident_id, uscc

KEY = IdentityKey(ID_KEY)
CHECKS = {
    IdentifierScheme.USCC: is_uscc,
    IdentifierScheme.RESIDENT_ID: is_resident_id,
    IdentifierScheme.ORG_CODE: is_org_code,
    IdentifierScheme.REGISTRATION_NO: is_registration_no,
}
SLIPS = "0123456789" * 3 + "ABCDEFGHIJKLMNOPQRSTUVWXYZx ０-"


def values(text: str, scheme: IdentifierScheme | None) -> tuple[str, ...] | None:
    try:
        return identify(text, KEY, scheme).values
    except IdentifierError:
        return None


def test_quick_checks_agree_with_the_thorough_ones() -> None:
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
        plain = text == text.upper() and text.isascii() and text.isalnum()
        for scheme, check in CHECKS.items():
            stored = KEY.hash(text) if scheme is IdentifierScheme.RESIDENT_ID and check(text) else text
            if check(text):
                assert values(text, scheme) == (stored,), text
                passed += 1
            elif plain and scheme is not IdentifierScheme.REGISTRATION_NO:
                assert values(text, scheme) is None, text
        if (found := keys_of(text, KEY)) is not None:
            assert found == values(text, None), text
    assert passed > 8_000
