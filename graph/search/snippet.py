"""Snippets of search hits: the text that fits, as HTML, with what fits in `<mark>`."""

from dataclasses import dataclass

from graph.statements.selected import Scope, Selected
from graph.statements.writer import Writer

from .match import SearchField

_BEFORE, _AFTER = 40, 80
"""Characters that are shown beside what fits."""
_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"))


@dataclass(frozen=True)
class Snippet:
    """The snippet of the hit that plays `hit`. The text is shown as it is stored; where its folded form is of another
    length, so that places in one are not those in the other, the folded form is shown."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        hit = scope["hit"]
        with writer.call("one", [hit]) as name:
            writer.line(f"WITH {hit} AS hit, size(split({hit}.text, {hit}.mark)[0]) AS start")
            # The letters of initials stand for characters one to one, unless signs that have none stand before them.
            aligned = "left(hit.shown, start + size(hit.mark)) =~ '[\\\\p{L}\\\\p{N}]*'"
            writer.line(f"WITH *, hit.field = '{SearchField.INITIALS}' AS initials, {aligned} AS aligned")
            writer.line("WITH CASE WHEN initials OR size(hit.shown) = size(hit.text) THEN hit.shown ELSE hit.text END")
            writer.line("AS shown, CASE WHEN initials AND NOT aligned THEN 0 ELSE start END AS start,")
            writer.line(
                "CASE WHEN initials AND NOT aligned THEN size(hit.shown) ELSE start + size(hit.mark) END AS end"
            )
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


def _escaped(text: str) -> str:
    for character, entity in _ESCAPES:
        text = f"replace({text}, '{character}', '{entity}')"
    return text
