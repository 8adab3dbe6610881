"""Full pinyin 全拼 as people type it: rule S3 of RULES.md. Syllables are stored with capitals: CaiZhengTing."""

import re
import unicodedata
from functools import cache
from itertools import islice

MAX_WAYS = 16
"""Ways of cutting a text into syllables that are looked for."""

# By initial, the finals that it goes with; ü is typed v.
_FINALS = """
-:a ai an ang ao e ei en eng er o ou
b:a o ai ei ao an en ang eng i ie iao ian in ing u
p:a o ai ei ao ou an en ang eng i ie iao ian in ing u
m:a o e ai ei ao ou an en ang eng i ie iao iu ian in ing u
f:a o ei ou an en ang eng u iao
d:a e ai ei ao ou an en ang eng ong i ia ie iao iu ian in ing u uo ui uan un
t:a e ai ei ao ou an ang eng ong i ie iao ian ing u uo ui uan un
n:a e ai ei ao ou an en ang eng ong i ia ie iao iu ian in iang ing u uo uan un v ve
l:a o e ai ei ao ou an en ang eng ong i ia ie iao iu ian in iang ing u uo uan un v ve
g:a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang
k:a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang
h:a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang
j:i ia ie iao iu ian in iang ing iong u ue uan un
q:i ia ie iao iu ian in iang ing iong u ue uan un
x:i ia ie iao iu ian in iang ing iong u ue uan un
zh:a e i ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang
ch:a e i ai ao ou an en ang eng ong u ua uo uai ui uan un uang
sh:a e i ai ei ao ou an en ang eng u ua uo uai ui uan un uang
r:e i ao ou an en ang eng ong u ua uo ui uan un
z:a e i ai ei ao ou an en ang eng ong u uo ui uan un
c:a e i ai ei ao ou an en ang eng ong u uo ui uan un
s:a e i ai ao ou an en ang eng ong u uo ui uan un
y:a o e ai ao ou an in ang ing ong i u ue uan un
w:a o ai ei an en ang eng u
"""
_ALSO = {"nue": "Nve", "lue": "Lve", "nyu": "Nv", "lyu": "Lv"}
"""Other spellings of ü: the one that keyboards take, and that of passports."""
_LONGEST = 6
_VOWELS = frozenset("AEO")
_BETWEEN = re.compile(r"[\s'’\-]+")


def plain_syllable(reading: str) -> str:
    """A reading without its tone, in small letters, ü as v: lüè is lve."""
    letters = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(letter for letter in letters if "a" <= letter <= "z")


def spellings(text: str) -> list[str]:
    """The ways in which a text may be read as pinyin, the likeliest first: FanGan and FangAn for fangan. None where it
    is none. What blanks, apostrophes or hyphens part is cut there; the last syllable may be unfinished, not the only
    one; digits stand for themselves."""
    letters = unicodedata.normalize("NFKC", text).strip().lower().replace("ü", "v")
    parts = [part for part in _BETWEEN.split(letters) if part]
    if not parts or not all(part.isascii() and part.isalnum() for part in parts):
        return []
    ways = [""]
    for place, part in enumerate(parts):
        cut = _ways(part, place == len(parts) - 1)
        ways = list(islice((way + more for way in ways for more in cut), MAX_WAYS))
    return [way for way in ways if _finished(way)]


def _ways(part: str, last: bool) -> list[str]:
    """The ways of cutting a part, the likeliest first: with the fewest syllables within that begin with a vowel, which
    are written behind an apostrophe, then with the fewest syllables."""
    known = syllables()
    # By place, of what follows it: how odd it is, its syllables, the way.
    found: dict[int, list[tuple[int, int, str]]] = {len(part): [(0, 0, "")]}
    for start in range(len(part) - 1, -1, -1):
        ways = []
        for end in range(start + 1, min(len(part), start + _LONGEST) + 1):
            piece = part[start:end]
            syllable = piece if piece.isdigit() and end == start + 1 else known.get(piece)
            if not syllable and last and end == len(part) and piece in _beginnings():
                syllable = piece.capitalize()
            if syllable:
                ways += [(odd + (rest[:1] in _VOWELS), size + 1, syllable + rest) for odd, size, rest in found[end]]
        found[start] = sorted(ways)[:MAX_WAYS]
    return [way for _, _, way in found[0]]


def _finished(way: str) -> bool:
    return any(syllable.lower() in _stored() for syllable in re.findall("[A-Z][a-z]*", way))


@cache
def syllables() -> dict[str, str]:
    """Every syllable of Mandarin as it is typed, and as it is stored."""
    found = dict(_ALSO)
    for line in _FINALS.split("\n"):
        initial, _, finals = line.partition(":")
        for final in finals.split():
            syllable = initial.strip("-") + final
            found[syllable] = syllable.capitalize()
    return found


@cache
def _stored() -> frozenset[str]:
    return frozenset(map(str.lower, syllables().values()))


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(syllable[:length] for syllable in syllables() for length in range(1, len(syllable)))
