"""The search for persons finds planted ones in every notation, and nothing else."""

import json
from random import Random

import pytest

from graph.masking import mask
from tests.resilience.leaks import HALF, OLD, WHOLE, Leaks
from tests.resilience.writings import SEPARATORS, WIDTHS, write_number

NUMBER = "11010419491231002X"
NAMES = ("王芳", "Zhang Sanfeng", "古丽米热·艾合买提", "Nora O'Brien")
LEAKS = Leaks([NUMBER, "440000190001010051"], NAMES, HALF)


@pytest.mark.parametrize("separator", SEPARATORS)
def test_numbers_with_any_separator(separator: str) -> None:
    written = separator.join((NUMBER[:6], NUMBER[6:14], NUMBER[14:]))
    for text in (
        written,
        repr(written),
        repr(repr(written)),
        json.dumps(written),
        json.dumps(written, ensure_ascii=False),
    ):
        assert LEAKS.numbers_in(f"entities.csv:12 name {text}: 5 characters") == {NUMBER}
    assert LEAKS.numbers_in(separator.join(NUMBER)) == {NUMBER}


@pytest.mark.parametrize("digits", WIDTHS)
def test_numbers_in_any_width(digits: str) -> None:
    written = NUMBER.translate(str.maketrans("0123456789", digits))
    for text in (written, written.replace("X", "x"), written.replace("X", "ｘ")):
        assert LEAKS.numbers_in(f"1{text}") == {NUMBER}


def test_whatever_is_written_is_found() -> None:
    rng = Random(7)
    for _ in range(2_000):
        text = write_number(rng, NUMBER)
        assert LEAKS.numbers_in(f"a {text!r}: b") == LEAKS.numbers_in(f"1 {text} 2") == {NUMBER}, text


@pytest.mark.parametrize(
    "text", ["王芳", "x王 芳y", "zhang sanfeng", "ZHANG\u3000SANFENG", "古丽米热艾合买提", 'O: "Nora O\'Brien"']
)
def test_names(text: str) -> None:
    assert len(LEAKS.names_in(f"entities.csv:3 name {text!r}: reason")) == 1


def test_pieces_of_numbers_count_by_their_length() -> None:
    for piece in (HALF, OLD, WHOLE):
        leaks = Leaks([NUMBER], (), piece)
        assert leaks.numbers_in(f"a{NUMBER[:piece]}…") == leaks.numbers_in(f"a{NUMBER[-piece:]}…") == {NUMBER}
        assert not leaks.numbers_in(f"{NUMBER[: piece - 1]}…") | leaks.numbers_in(f"{NUMBER[1 - piece :]}…")


@pytest.mark.parametrize(
    "text", [mask(NUMBER), "王*", "王*芳丽", "Z************", "1101041949 then 1231002X", "", "110104", "1949-12-31"]
)
def test_what_is_masked_or_another_is_not(text: str) -> None:
    assert not LEAKS.numbers_in(text)
    assert not LEAKS.names_in(text.replace("王*芳丽", ""))
