"""Snippets of search hits: the text that fits, as HTML, with what fits in `<mark>`."""

from dataclasses import dataclass

from graph.statements.selected import Scope, Selected
from graph.statements.writer import Writer

from .folding import SEPARATORS, STOPS
from .match import SearchField

_BEFORE, _AFTER = 40, 80
"""Characters that are shown beside what fits."""
_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"))


@dataclass(frozen=True)
class Snippet:
    """The snippet of the hit that plays `hit`. The text is shown as it is stored. Where the compared one is of another
    length, places are counted in characters that are no separators, of which both have the same number, but for the
    stops at the end (rule S1); where they have not, because NFKC makes several characters of one, the compared text is
    shown."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        hit = scope["hit"]
        separators = writer.parameter(list(SEPARATORS))
        with writer.call("one", [hit]) as name:
            writer.line(f"WITH {hit} AS hit, split({hit}.text, {hit}.mark)[0] AS before, CASE")
            writer.line(f"  WHEN {hit}.field = '{SearchField.INITIALS}' THEN 'read'")
            writer.line(f"  WHEN size({hit}.shown) = size({hit}.text) THEN 'same' ELSE 'folded' END AS way")
            writer.line(f"WITH *, {_counted('before')} AS start, {_counted('hit.mark')} AS length,")
            writer.line(f"CASE way WHEN 'folded' THEN split(hit.shown, {separators}) ELSE [] END AS pieces")
            writer.line("WITH *, hit.mark = hit.text AS whole, size(replace(hit.text, ' ', '')) AS needed,")
            writer.line("reduce(kept = '', piece IN pieces | kept + piece) AS kept,")
            writer.line("reduce(ends = [], piece IN pieces | ends + [coalesce(ends[-1], 0) + size(piece)]) AS ends")
            writer.line("WITH *, CASE way WHEN 'same' THEN true")
            # The letters of pinyin stand for characters one to one, unless signs that have none stand before them.
            writer.line("  WHEN 'read' THEN left(hit.shown, start + length) =~ '[\\\\p{L}\\\\p{N}]*'")
            writer.line(f"  ELSE {_ALIKE} END AS aligned")
            writer.line("WITH CASE WHEN aligned OR way = 'read' THEN hit.shown ELSE hit.text END AS shown,")
            writer.line("CASE WHEN whole OR way = 'read' AND NOT aligned THEN 0")
            writer.line(f"  WHEN aligned THEN {_shown('start')} ELSE size(before) END AS start,")
            writer.line("CASE WHEN way = 'read' AND NOT aligned OR whole AND aligned THEN size(hit.shown)")
            writer.line(f"  WHEN aligned THEN {_shown('start + length - 1')} + 1")
            writer.line("  ELSE size(before) + size(hit.mark) END AS end")
            writer.line(f"WITH *, CASE WHEN start > {_BEFORE} THEN start - {_BEFORE} ELSE 0 END AS begin")
            cut = f"CASE WHEN size(shown) > end + {_AFTER} THEN '…' ELSE '' END"
            parts = (
                "CASE WHEN begin > 0 THEN '…' ELSE '' END",
                _escaped("substring(shown, begin, start - begin)"),
                "'<mark>'",
                _escaped("substring(shown, start, end - start)"),
                "'</mark>'",
                _escaped(f"substring(shown, end, {_AFTER})"),
                cut,
            )
            writer.line(f"RETURN {' + '.join(parts)} AS {name}")
        return name


_ALIKE = (
    "CASE WHEN size(kept) < needed THEN false WHEN size(kept) = needed THEN true "
    f"ELSE right(kept, size(kept) - needed) =~ '[{STOPS}]*' END"
)
"""Whether the shown text, its separators left out, is as long as the compared one, but for stops at its end."""


def _counted(text: str) -> str:
    """How many characters of the shown text a compared one stands for: of full pinyin the capitals, and where the shown
    text is of another length all but the blanks."""
    capitals = f"size([letter IN split({text}, '') WHERE letter <> '' AND NOT 'a' <= letter <= 'z'])"
    spelled = f"WHEN way = 'read' AND hit.mark <> toLower(hit.mark) THEN {capitals}"
    return f"CASE WHEN way = 'folded' THEN size(replace({text}, ' ', '')) {spelled} ELSE size({text}) END"


def _shown(place: str) -> str:
    """Where the character that is no separator stands in the shown text: behind the separators of the pieces before."""
    return f"{place} + size([end IN ends WHERE end <= {place}])"


def _escaped(text: str) -> str:
    for character, entity in _ESCAPES:
        text = f"replace({text}, '{character}', '{entity}')"
    return text
