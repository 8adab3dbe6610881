"""What may be a person's number or name is masked in every notation; what cannot be one is shown."""

import logging
import pickle
import time
from itertools import product

import pytest

from api.telemetry.logs import MaskingFormatter
from graph.errors import DatasetError, IdentifierError, InputError
from graph.identity.identifiers import identify
from graph.identity.key import IdentityKey
from graph.masking import Masked, holds_resident_id, mask, mask_identifier, mask_name, mask_text, plain, quoted
from loaders.reading.dataset import Record
from loaders.reading.row import Cells, Row
from tests.support.numbers import org_code, resident_id, uscc

KEY = IdentityKey("5eed" * 16)
RESIDENT = "440000190001010019"  # of the seeds: born in 1900, district of no county
PARTS = (RESIDENT[:6], RESIDENT[6:14], RESIDENT[14:])
# Blanks, dashes and invisible characters, which `plain` drops; then signs that it keeps.
READ_OVER = [
    " ",
    " " * 9,
    "\t",
    "\u3000",
    "\u00a0",
    "\u2009",
    "  ",
    "-",
    "－",
    "\u2010",
    "–",
    "—",
    "\u2212",
    " - ",
    "\n",
    "\u200b",
    "\ufeff",
    "'",
]
SIGNS = [".", "·", "_", "/", ",", "，", "・", "\\", "|", "*", ":", " . ", "()", "、"]


def written(separator: str) -> list[str]:
    return [separator.join(PARTS), separator.join(RESIDENT), f"第1号 {separator.join(PARTS)}，再"]


@pytest.mark.parametrize("separator", ["", *READ_OVER, *SIGNS])
@pytest.mark.parametrize("width", [str.maketrans({}), str.maketrans("0123456789", "０１２３４５６７８９")])
def test_a_resident_id_is_hidden_whatever_stands_between_its_digits(separator: str, width: dict[int, int]) -> None:
    for text in written(separator):
        shown = mask_text(text.translate(width))
        assert "*" * 12 in shown
        assert "0101001" not in plain(shown)
        assert holds_resident_id(text.translate(width))


@pytest.mark.parametrize("separator", ["", *READ_OVER])
def test_what_is_read_as_a_number_is_hidden(separator: str) -> None:
    text = separator.join(PARTS)
    assert identify(text, KEY).shown == mask_text(text).strip() == mask(RESIDENT)


@pytest.mark.parametrize(
    "text",
    [
        f"x{RESIDENT}y",
        RESIDENT.replace("1900", "19O0"),
        f"{RESIDENT[:6]} {RESIDENT[6:14].replace('0', 'O')} {RESIDENT[14:]}",
        RESIDENT[:-1] + "x",
        RESIDENT[:-1] + " X",
        RESIDENT[:-1],
        "440000000101001",  # of 15 digits, as until 2013
        "⁴⁴⁰⁰⁰⁰¹⁹⁰⁰⁰¹⁰¹⁰⁰¹⁹",
        "٤٤٠٠٠٠١٩٠٠٠١٠١٠٠١٩",
        "❹❹⓿⓿⓿⓿❶❾⓿⓿⓿❶⓿❶⓿⓿❶❾",
        repr("440000\u20601900\u200b0101\u00a0\t0019"),
        '"440000\\u20601900\\u200b0101\\n0019"',
        f"2016-01-09 {RESIDENT}",
        f"{RESIDENT} 2016-01-09",
        f"1, {RESIDENT}",
        "11010519491231002Xabc",
        "x11010519491231002Xb",
        "11010519491231002XX",
        "440000000101001abc",
        "440000" + " " * 60 + RESIDENT[6:],
        RESIDENT * 2,
    ],
)
def test_what_may_be_a_number_is_hidden(text: str) -> None:
    assert "*****" in mask_text(text)
    assert "01010" not in plain(mask_text(text))
    assert "9491231" not in mask_text(text)


@pytest.mark.parametrize(
    "text",
    [
        "91350100M000100Y43",
        "发改财金〔2016〕141号 2016-01-20 2016-01-21",
        "2026-11-27 15:46:12,123 2026-11-27T15:46",
        "list-sxbzxr",
        "440100;440106;441900",
        "no Neo4j answers at bolt://192.168.100.123:17687 (10.0.0.1, 10.0.0.2, 10.0.0.3)",
        "bolt://127.0.0.1:43567",
        "a whole number from 1 to 2147483647 is expected",
        "（2018）示例1号",
        "named twice in the list: '440000', '440100', '440300'",
    ],
)
def test_what_is_not_personal_is_left(text: str) -> None:
    assert mask_text(text) == text


def test_codes_of_organisations_are_left() -> None:
    for n in range(500):
        code = uscc("91", "440300", org_code(n))
        if sum(map(str.isalpha, code[:-1])) > 1:  # with fewer letters it may be a person's number with a slip
            assert mask_text(code) == mask_identifier(code) == code
        assert not holds_resident_id(code) or len(identify(code, KEY).values) == 2


def test_many_numbers_are_found_in_texts_and_few_others() -> None:
    for n in range(300):
        number = resident_id(n)
        assert holds_resident_id(f"理由 {number}")
        wrong = number[:-1] + ("0" if number[-1] != "0" else "1")
        assert not holds_resident_id(f"理由 {wrong}")


@pytest.mark.parametrize("text", ["", "8", "12345678", "A" * 8])
def test_of_a_short_text_nothing_is_shown(text: str) -> None:
    assert mask(text) == "*" * len(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("E12345678", "E********"),
        ("EA1234567", "E********"),
        ("H12345678", "H********"),
        ("H1234567801", "H**********"),
        ("12345678", "********"),
        ("1234567", "*******"),
        ("123456", "123456"),
        ("ABC440000101012", "A**************"),
        ("440000000101001", "4400*********01"),
        (RESIDENT, "4400************19"),
        ("张三丰", "张**"),
        ("张三丰440000190001010019", "张" + "*" * 20),
        ("ZHANGSAN1234567890", "Z" + "*" * 17),
        ("٤٤٠٠٠٠١٩٠٠٠١٠١٠٠١٩", "4400************19"),
        ("Zhang Sanfeng", "Z***********"),
        ("ZhangSanfengOuyangXiu", "Z********************"),
        ("OUYANG123", "O********"),
        ("XXXX00018", "XXXX00018"),
        ("123456789", "123456789"),
        ("91350100M000100Y4", "91350100M000100Y4"),
        ("91440000XXXXOO019F", "91440000XXXXOO019F"),
    ],
)
def test_an_identifier_is_shown_where_it_can_only_be_an_organisations(text: str, shown: str) -> None:
    assert mask_identifier(text) == shown


@pytest.mark.parametrize("number", ["E12345678", "H12345678", "12345678", "ABC440000101012"])
def test_a_travel_document_is_not_quoted_and_no_check_character_is_told(number: str) -> None:
    with pytest.raises(IdentifierError) as raised:
        identify(number, KEY)
    assert number not in str(raised.value)
    assert "was expected" not in str(raised.value)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("张三丰", "张**"),
        ("张", "*"),
        ("Zhang Sanfeng", "Z************"),
        ("NONSENSE", "N*******"),
        ("L999", "L999"),
        ("pi-gd-cz-04", "pi-gd-cz-04"),
        ("zhang.san", "z********"),
        ("wang_wei", "w*******"),
        ("ZhangSan1985", "Z***********"),
        ("E12345678", "E********"),
        ("13812345678", "1**********"),
        ("2016-01-09", "2016-01-09"),
        (RESIDENT, "4" + "*" * 17),
        (" ".join(RESIDENT), "4" + "*" * 34),
    ],
)
def test_a_name_is_covered_and_a_code_is_not(text: str, shown: str) -> None:
    assert mask_name(text) == shown


def test_a_value_is_masked_before_it_is_cut() -> None:
    text = "值" * 70 + RESIDENT
    assert RESIDENT[:6] not in quoted(text)
    assert len(quoted(text)) < 90


def test_an_error_cannot_say_a_number() -> None:
    for error in (InputError(f"no subject {RESIDENT}"), DatasetError(" ".join(PARTS))):
        for text in (
            str(error),
            repr(error),
            *map(str, error.args),
            f"{error}",
            str(pickle.loads(pickle.dumps(error))),
        ):
            assert "0101001" not in plain(text)


def test_a_log_line_cannot_say_a_number() -> None:
    formatter = MaskingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        raise ValueError("-".join(PARTS))
    except ValueError as error:
        trace = (type(error), error, error.__traceback__)
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "subject %s", (RESIDENT,), trace, sinfo=RESIDENT)
    line = formatter.format(record)
    assert "0101001" not in plain(line)
    assert "Traceback" in line
    assert line[:4].isdigit()
    assert "*" not in line[:23]  # the time


@pytest.mark.parametrize("show", [str, repr, "{}".format])
def test_what_holds_cells_does_not_print_them(show: "type[str]") -> None:
    cells = Cells({"identifier": RESIDENT, "name": "张三丰"})
    row = Row(2, cells, {"name": "张三丰"}, {"entity": [(RESIDENT,)]}, RESIDENT)
    for thing in (cells, row, [row], Record(2, [RESIDENT, "张三丰"])):
        assert RESIDENT not in show(thing)
        assert "张三丰" not in show(thing)
    assert pickle.loads(pickle.dumps(row)).cells.clear("name") == "张三丰"


def test_masking_a_masked_text_changes_nothing() -> None:
    for separator, text in product(READ_OVER, [RESIDENT, "row"]):
        shown = mask_text(separator.join(text))
        assert mask_text(shown) is shown
        assert mask_text(str(shown)) == shown
        assert isinstance(shown, Masked)


def test_long_texts_are_masked_in_time() -> None:
    for text in (
        "1" * 200_000,
        "1 " * 100_000,
        "1 2a" * 50_000,
        "1" + " " * 200_000,
        "-" * 200_000,
        "12345678901234a" * 9_999,
    ):
        started = time.process_time()
        mask_text(text)
        holds_resident_id(text)
        assert time.process_time() - started < 2


@pytest.mark.parametrize("number", ["44010680010A001", "440106800101B01"])
def test_a_letter_within_fifteen_characters_hides_no_number(number: str) -> None:
    """The shortest number of a person that is masked although a letter was typed for a digit."""
    assert str(mask_text(number)) == f"4401{'*' * 9}01"
    assert str(mask_text(number[1:])) == number[1:]
