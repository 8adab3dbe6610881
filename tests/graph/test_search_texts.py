"""Rules S1 and S3: which texts are the same, and how a text is read as pinyin."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin.constants import PINYIN_DICT

from graph.search.folding import SEPARATORS, STOPS, fold, fold_document_number
from graph.search.pinyin import MAX_WAYS, plain_syllable, spellings, syllables
from tests.oracle.search import folded

SAME = [
    ("《政府采购法》 第二十二条", "政府采购法第二十二条"),
    ("〈政府采购法〉\u3000［第二十二条］", "政府采购法第二十二条"),
    ("＜＜政府采购法＞＞｛第｝【二】「十」『二』条", "政府采购法第二十二条"),
    ("发改财金〔2016〕 141 号", "发改财金2016141号"),
    ("政府\u200b采\u00a0购\u2009法\ufeff", "政府采购法"),
    ("“财政部”", "财政部"),
    ("'财政部'。", "财政部"),
    ("…财政部……", "财政部"),
    ("財政部", "财政部"),
    ("Acme (Asia) Co., Ltd.", "acme asia co.,ltd"),
    ("ＡＣＭＥ\u3000ＡＳＩＡ", "acme asia"),
    ("ISO 9001", "iso9001"),
    ("腾讯 QQ 音乐", "腾讯qq音乐"),
    ("A & B", "a&b"),
    ("O'Neil", "o neil"),
    ("3.5 吨", "3.5吨"),
    ("a ፩", "a፩"),  # a digit of Ethiopia, which counts as a number but not in tens
    ("。、", ""),
]
OTHER = [("Co Ltd", "CoLtd"), ("A&B", "AB"), ("3.5", "35"), ("税务", "财政"), ("", "a")]


@pytest.mark.parametrize(("text", "expected"), SAME)
def test_the_same_text(text: str, expected: str) -> None:
    assert fold(text) == fold(expected) == expected


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_other_texts(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_document_numbers_keep_their_letters_and_have_no_blanks() -> None:
    assert fold_document_number("（2018） Yue Zhi【7】號。") == "2018YueZhi7号"


def test_separators_and_stops_are_none_but_those() -> None:
    assert [mark for mark in SEPARATORS if fold(f"甲{mark}乙") != "甲乙"] == []
    assert [mark for mark in STOPS if fold(f"甲{mark}") != "甲"] == []


OFTEN = st.sampled_from("甲𠮷財务aZé9 ０（）《》“'。,·-&ｱ㈱…\u200b\u3000")


@given(st.text(OFTEN | st.characters(codec="utf-8", max_codepoint=0xFFFF)))
def test_folding_is_what_the_rule_says_and_once_is_enough(text: str) -> None:
    assert fold(text) == folded(text)
    assert " ".join(fold(text).split()) == fold(text)


READ = [
    ("caizhengting", ["CaiZhengTing"]),
    ("Cai Zheng Ting", ["CaiZhengTing"]),
    ("ＣＡＩ－ＴＩＮＧ", ["CaiTing"]),
    ("caizh", ["CaiZh"]),
    ("xi'an", ["XiAn", "XiAN"]),
    ("3hao", ["3Hao", "3HaO"]),
    ("lüyou", ["LvYou"]),
    ("lvyou", ["LvYou"]),
    ("lyuyou", ["LvYou"]),
    *((text, []) for text in ("szs", "s", "sh", "123", "税务", "shuiwu局", "caizhengting&", "", "cài", "bgongsi")),
]


@pytest.mark.parametrize(("text", "ways"), READ)
def test_how_a_text_is_read(text: str, ways: list[str]) -> None:
    assert spellings(text) == ways


def test_the_likeliest_way_comes_first() -> None:
    assert spellings("xianshi")[:2] == ["XianShi", "XiAnShi"]
    assert {"FanGan", "FangAn"} < set(spellings("fangan"))
    assert len(spellings("xian" * 20)) == MAX_WAYS


def test_the_syllables_are_those_of_pypinyin() -> None:
    usual = {plain_syllable(readings.split(",")[0]) for readings in PINYIN_DICT.values()} - {""}
    assert usual - syllables().keys() == {"biang", "bong", "hm", "m", "n", "wong"}
    assert all(unicodedata.is_normalized("NFKC", syllable) for syllable in syllables())
