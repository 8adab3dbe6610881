"""How a search text meets a node: which texts of each label are compared (rule S2 of RULES.md), and how well the best
of them fits (rule S4)."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from graph.model import Label
from graph.search.stored_text import INITIALS, MORE, NAME, PINYIN, SEARCHED


class SearchMatch(StrEnum):
    """How well a text fits, worst first: the places, counted from 1, are the whole part of a score."""

    PARTIAL = "PARTIAL"
    PHRASE = "PHRASE"
    PREFIX = "PREFIX"
    EXACT = "EXACT"


class SearchField(StrEnum):
    """What of a node fits."""

    CODE = "CODE"
    IDENTIFIER = "IDENTIFIER"
    DOCUMENT_NUMBER = "DOCUMENT_NUMBER"
    NAME = "NAME"
    SHORT_NAME = "SHORT_NAME"
    SUBSTANCE = "SUBSTANCE"
    LEGAL_BASIS = "LEGAL_BASIS"
    INITIALS = "INITIALS"


_FIELDS = {
    "name": SearchField.NAME,
    "title": SearchField.NAME,
    "content": SearchField.SUBSTANCE,
    "field": SearchField.SUBSTANCE,
    "category": SearchField.SUBSTANCE,
    "type": SearchField.SUBSTANCE,
    "shortName": SearchField.SHORT_NAME,
}
# What names nothing is at most contained: a hundred items are of one type; a hundred names have the same initials.
_AT_MOST = {
    SearchField.SUBSTANCE: SearchMatch.PHRASE,
    SearchField.LEGAL_BASIS: SearchMatch.PHRASE,
    SearchField.INITIALS: SearchMatch.PREFIX,
}
_BEGINNINGS = {(Label.ENTITY, SearchField.INITIALS), (Label.ENTITY, SearchField.DOCUMENT_NUMBER)}
PLACE = rf"[6-9]\d\d[0-{len(SEARCHED) - 1}]"
"""A hit's place in the order, which its cursor holds: 1,000 less its score, which is 100 to 400, and its label's place
in SEARCHED, one digit."""
_Row = tuple[SearchField, str, str, str]
"""Field, text as shown, text as compared, and the form of the search text that it is compared with."""
_IDENTIFIERS = ("identifier", "orgCode", "registrationNo")


def best_match(labels: Sequence[Label], sought: Mapping[str, str]) -> str:
    """A subquery that binds to `hit` how `node`, of one of the labels, fits best; no row where it does not fit.

    `listings` are those by whose document numbers a subject was found; `sought` has the expressions of the forms of the
    text (terms.Sought)."""
    cases = " ".join(f"WHEN node:{label} THEN {_texts(label, sought)}" for label in labels)
    exact, prefix, phrase, partial = (list(SearchMatch).index(match) + 1 for match in reversed(SearchMatch))
    words = ", ".join(f"'{match}'" for match in SearchMatch)
    stored = " OR ".join(f"coalesce(node.{name} CONTAINS word, false)" for name in ("searchName", "searchText"))
    return "\n".join(
        (
            f"WITH node, listings, all(word IN {sought['words']} WHERE {stored}) AS whole",
            "CALL (node, listings, whole) {",
            f"  UNWIND CASE {cases} END AS candidate",
            "  WITH candidate, [word IN candidate.words WHERE candidate.text CONTAINS word] AS words, CASE",
            f"    WHEN candidate.text = candidate.sought AND candidate.bestMatch >= {exact} THEN {exact}",
            f"    WHEN candidate.text STARTS WITH candidate.sought AND candidate.bestMatch >= {prefix} THEN {prefix}",
            f"    WHEN candidate.text CONTAINS candidate.sought AND candidate.worstMatch <= {phrase} THEN {phrase}",
            "    WHEN whole AND any(word IN candidate.words WHERE candidate.text CONTAINS word) "
            f"THEN {partial} END AS band",
            "  WHERE band IS NOT NULL",
            f"  WITH candidate, band, CASE band WHEN {partial} THEN words ELSE [candidate.sought] END AS marks",
            f"  WITH candidate, band, marks, CASE band WHEN {exact} THEN 0",
            "    ELSE 100 * reduce(sum = 0, mark IN marks | sum + size(mark)) / size(candidate.text) END AS share",
            "  WITH candidate, band, marks, 100 * band + CASE WHEN share > 99 THEN 99 ELSE share END AS score",
            "  ORDER BY band DESC, size(marks) DESC, score DESC, candidate.rank, candidate.text LIMIT 1",
            f"  RETURN {{score: score, matched: [{words}][band - 1], field: candidate.field, shown: candidate.shown, "
            "text: candidate.text, mark: marks[0]} AS hit",
            "}",
        )
    )


def place_of_hit() -> str:
    """The expression of a hit's place in the order, in the form of `PLACE`."""
    ranks = " ".join(f"WHEN node:{label} THEN '{rank}'" for rank, label in enumerate(SEARCHED))
    return f"toString(1000 - hit.score) + CASE {ranks} END"


def _texts(label: Label, sought: Mapping[str, str]) -> str:
    """The list of the texts of a node of the label that are compared, and with what."""
    text, words = sought["text"], sought["words"]
    code, document = f"toLower({sought['code']})", f"toLower({sought['document']})"
    lines = "split(node.searchText, '\\n')"
    rows: list[_Row] = []
    if label is Label.ENTITY:
        rows += [(SearchField.IDENTIFIER, f"node.{name}", f"node.{name}", sought["number"]) for name in _IDENTIFIERS]
    else:
        rows.append((SearchField.CODE, "node.code", "toLower(node.code)", code))
    rows.append((_FIELDS[NAME[label]], f"node.{NAME[label]}", "node.searchName", text))
    for line, name in enumerate(MORE.get(label, ())):
        if name == "docNumberKey":
            rows.append((SearchField.DOCUMENT_NUMBER, "node.docNumber", f"{lines}[{line}]", document))
        elif name != "legalBases":
            rows.append((_FIELDS[name], f"node.{name}", f"{lines}[{line}]", text))
    initials, full = INITIALS.get(label, ()), PINYIN.get(label)
    for word, name in enumerate(initials):
        rows.append((SearchField.INITIALS, f"node.{name}", f"split(node.initials, ' ')[{word}]", sought["letters"]))
    listed = "[" + ", ".join(_candidate(label, rank, row, words) for rank, row in enumerate(rows)) + "]"
    for word, name in enumerate(initials):
        read = "node.pinyin" if full else f"split(node.initials, ' ')[{len(initials) + word}]"
        row = (SearchField.INITIALS, f"node.{name}", read, "spelled")
        listed += f" + [spelled IN {sought['spellings']} | {_candidate(label, len(rows) + 1 + word, row, words)}]"
    if label is Label.ENTITY:
        row = (SearchField.DOCUMENT_NUMBER, "listing.documentNo", "toLower(listing.documentNoKey)", document)
        listed += f" + [listing IN listings | {_candidate(label, len(rows), row, words)}]"
    if label is Label.MEASURE:
        row = (SearchField.LEGAL_BASIS, "node.legalBases[place]", f"{lines}[place + {len(MORE[label]) - 1}]", text)
        places = "range(0, size(coalesce(node.legalBases, [])) - 1)"
        listed += f" + [place IN {places} | {_candidate(label, len(rows), row, words)}]"
    return listed


def _candidate(label: Label, rank: int, row: _Row, words: str) -> str:
    field, shown, text, sought = row
    best = list(SearchMatch).index(_AT_MOST.get(field, SearchMatch.EXACT)) + 1
    # Codes are looked up by their beginnings, and of subjects all but the name.
    begins = field in (SearchField.CODE, SearchField.IDENTIFIER) or (label, field) in _BEGINNINGS
    worst = list(SearchMatch).index(SearchMatch.PREFIX if begins else SearchMatch.PARTIAL) + 1
    free = "[]" if begins or field is SearchField.INITIALS else words
    parts = f"shown: {shown}, text: {text}, sought: {sought}, words: {free}"
    return f"{{rank: {rank}, worstMatch: {worst}, bestMatch: {best}, field: '{field}', {parts}}}"
