"""Pinyin of names, compared with pypinyin's own readings, and with the oracle's."""

import csv
import unicodedata

import pytest
from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PHRASES_DICT

from loaders.reading.pinyin import initials, pinyin
from tests.conftest import SEEDS
from tests.oracle import search as oracle


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("深圳市市场监督管理局", "szsscjdglj"),
        ("重庆银行", "cqyh"),
        ("中国银行长沙分行", "zgyhcsfh"),
        ("电力行业", "dlhy"),
        ("会计师事务所", "kjssws"),
        ("厦门", "xm"),
        ("示例甲贸易有限公司（虚构）", "sljmyyxgsxg"),
        ("ＡＢＣ（深圳）２号", "abcsz2h"),
        ("“诚信” A级", "cxaj"),
        ("", ""),
    ],
)
def test_of_names(name: str, expected: str) -> None:
    assert initials(pinyin(name)) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("重庆银行", "ChongQingYinHang"),
        ("电力行业", "DianLiHangYe"),
        ("行政许可", "XingZhengXuKe"),
        ("长沙市旅游局", "ChangShaShiLvYouJu"),
        ("ＡＢＣ（深圳）２号", "ABCShenZhen2Hao"),
        ("財政廳", "CaiZhengTing"),
        ("", ""),
    ],
)
def test_in_full(name: str, expected: str) -> None:
    assert pinyin(name) == expected


def test_every_phrase_reads_as_pypinyin_reads_it() -> None:
    phrases = [phrase for phrase in PHRASES_DICT if unicodedata.is_normalized("NFKC", phrase)][::7]
    expected = {phrase: "".join(lazy_pinyin(phrase, style=Style.FIRST_LETTER)) for phrase in phrases}
    different = [
        phrase
        for phrase, read in expected.items()
        if initials(pinyin(phrase)) != "".join(c for c in read if c.isalnum())
    ]
    assert len(phrases) > 5000
    spelled = {phrase: "".join(lazy_pinyin(phrase, v_to_u=False)) for phrase in phrases}
    other = [phrase for phrase, read in spelled.items() if pinyin(phrase).lower() != "".join(filter(str.isalnum, read))]
    assert len(other) / len(phrases) < 0.002, other
    assert len(different) / len(phrases) < 0.002, different


def test_names_of_the_seeds_read_as_the_oracle_reads_them() -> None:
    names = set()
    for path in SEEDS.glob("*/*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            names |= {row[column] for row in csv.DictReader(file) for column in ("name", "title") if row.get(column)}
    assert len(names) > 300
    assert {name: pinyin(name) for name in names} == {name: "".join(oracle.pinyin(name)) for name in names}
