"""Content negotiation: the available media type that the client's Accept header prefers (RFC 9110)."""

from collections.abc import Iterator
from dataclasses import dataclass

JSON = "application/json"
GRAPHQL_RESPONSE = "application/graphql-response+json"
HTML = "text/html"


@dataclass(frozen=True)
class _Range:
    media_type: str
    quality: float
    place: int
    """Position in the header, for ranges of equal quality."""

    def specificity(self, media_type: str) -> int:
        """How exactly the range names a media type; 0 if it does not match."""
        if self.media_type == media_type:
            return 3
        kind = media_type.partition("/")[0]
        return {f"{kind}/*": 2, "*/*": 1}.get(self.media_type, 0)


def accepted(header: str) -> str | None:
    """The media type of the answer, or None if the client accepts neither. An empty header accepts everything. A client
    that accepts both equally without naming one gets application/json, which older clients expect."""
    ranges = list(_ranges(header if header.strip(" ,") else "*/*"))
    preferences = []
    for media_type in (JSON, GRAPHQL_RESPONSE):
        best = _best(ranges, media_type)
        if best is not None and best.quality > 0:
            preferences.append(
                (best.quality, best.specificity(media_type), -best.place, media_type == JSON, media_type)
            )
    return max(preferences)[-1] if preferences else None


def prefers_html(header: str) -> bool:
    """Whether the header is that of a browser that opens a page."""
    ranges = list(_ranges(header))
    html = next((found for found in ranges if found.media_type == HTML), None)
    others = [best.quality for media_type in (JSON, GRAPHQL_RESPONSE) if (best := _best(ranges, media_type))]
    return html is not None and html.quality > max(others, default=0.0)


def _best(ranges: list[_Range], media_type: str) -> _Range | None:
    """The range that applies to the media type: the most specific one, the first of several."""
    fitting = [found for found in ranges if found.specificity(media_type)]
    return max(fitting, key=lambda found: (found.specificity(media_type), -found.place), default=None)


def _ranges(header: str) -> Iterator[_Range]:
    for place, part in enumerate(header.split(",")):
        media_type, *pieces = (piece.strip().lower() for piece in part.split(";"))
        parameters = {name.strip(): value.strip(' "') for name, _, value in (piece.partition("=") for piece in pieces)}
        # Answers are in UTF-8: a range with another charset matches nothing.
        if media_type and parameters.get("charset", "utf-8") in ("utf-8", "utf8"):
            yield _Range(media_type, _quality(parameters.get("q", "1")), place)


def _quality(text: str) -> float:
    try:
        quality = float(text)
    except ValueError:
        return 1.0
    return quality if 0 <= quality <= 1 else 1.0
