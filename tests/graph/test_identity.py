"""Identifiers: which ones are valid, what is wrong with the others, and that no resident ID is shown unmasked."""

import pytest

from graph.errors import IdentifierError
from graph.identity.identifiers import identify
from graph.identity.key import IdentityKey
from graph.model import IdentifierScheme
from graph.search.folding import fold_document_number
from tests.support.numbers import org_code, resident_id, uscc

KEY = IdentityKey("5eed" * 16)
RESIDENT = "440000190001010019"  # of the seeds: born in 1900, district of no county


@pytest.mark.parametrize(
    "text",
    ["91350100M000100Y43", "９１３５０１００Ｍ０００１００Ｙ４３", " 9135 0100 M000-100Y43\t", "91350100m000100y43"],
)
def test_uscc_in_any_width(text: str) -> None:
    found = identify(text, KEY)
    assert (found.scheme, found.values, found.property) == (IdentifierScheme.USCC, ("91350100M000100Y43",), "key")


def test_uscc_of_a_rural_collective_begins_with_a_letter() -> None:
    """GB 32100 allows N, A and Y for the registering authority; python-stdnum's form check refuses them."""
    from stdnum.cn.uscc import calc_check_digit

    body = "N2440304MA5EQ1234"
    assert identify(body + calc_check_digit(body), KEY).scheme is IdentifierScheme.USCC


@pytest.mark.parametrize(
    ("text", "reason", "message"),
    [
        ("91350100M000100Y44", "IDENTIFIER_CHECK", "3 was expected"),
        ("91350100M000100O43", "IDENTIFIER_ALPHABET", "91350100M000100O43"),
        ("9135010XM000100Y43", "IDENTIFIER_ALPHABET", "places 3 to 8"),
        ("91350100M000100Y4", "IDENTIFIER_LENGTH", "has 17 characters"),
        ("", "IDENTIFIER_LENGTH", "has 0 characters"),
        ("12345678-9", "IDENTIFIER_CHECK", "8 was expected"),
        ("1234567-", "IDENTIFIER_LENGTH", "has 7 characters"),
        (RESIDENT[:-1] + "0", "IDENTIFIER_CHECK", "mistyped"),
        ("440000190002300019", "IDENTIFIER_DATE", "no date of birth"),
    ],
)
def test_malformed(text: str, reason: str, message: str) -> None:
    with pytest.raises(IdentifierError, match=message) as raised:
        identify(text, KEY)
    assert raised.value.reason == reason


@pytest.mark.parametrize("last", "012345678X")
def test_the_expected_check_character_of_a_resident_id_is_not_told(last: str) -> None:
    with pytest.raises(IdentifierError) as raised:
        identify(RESIDENT[:-1] + last, KEY, IdentifierScheme.RESIDENT_ID)
    assert "expected" not in str(raised.value).replace("are expected", "")
    assert RESIDENT[4:-2] not in str(raised.value)


def test_resident_id_is_hashed_with_the_key_and_masked() -> None:
    found = identify(RESIDENT, KEY)
    assert found.scheme is IdentifierScheme.RESIDENT_ID
    assert found.shown == "4400************19"
    assert found.values[0] == "b4764152399864b2decab906ee0b7ac1ca81c7f1f57bcfa2248c617695ef2a25"
    assert identify(RESIDENT, IdentityKey("0" * 64)).values != found.values


def test_a_number_that_passes_as_both_is_looked_for_as_both() -> None:
    """Now and then a resident ID also passes the check of a USCC: both are tried, the person first."""
    both = [number for number in map(resident_id, range(2_000)) if len(identify(number, KEY).values) == 2]
    assert both
    for number in both:
        assert identify(number, KEY).values == (KEY.hash(number), number)
        assert identify(number, KEY, IdentifierScheme.RESIDENT_ID).values == (KEY.hash(number),)
        assert identify(number, KEY, IdentifierScheme.USCC).values == (number,)


def test_generated_numbers_pass() -> None:
    for n in range(500):
        code = uscc("91", "440300", org_code(n))
        assert code in identify(code, KEY).values
        assert identify(code[8:17], KEY).scheme is IdentifierScheme.ORG_CODE


@pytest.mark.parametrize(
    "text", ["发改财金〔2016〕141号", "发改财金[2016]141号", "发改财金（２０１６） 141号", "发改财金【2016】141号"]
)
def test_document_numbers_match_in_any_bracket(text: str) -> None:
    assert fold_document_number(text) == "发改财金2016141号"
