"""Cache headers: which responses caches may keep. Only those about the catalogue, never those about a subject."""

import hashlib

from starlette.requests import Request
from starlette.responses import Response

from graph.calendar import seconds_left_today

NO_STORE = {"Cache-Control": "no-store"}


def cacheable(request: Request, response: Response, media_type: str, max_age: int) -> Response:
    """The response with an entity tag and its time to live, or 304 if the client has it already. It expires at midnight
    in China at the latest, because answers default to the current day there."""
    max_age = min(max_age, seconds_left_today())
    tag = f'"{hashlib.sha256(media_type.encode() + bytes(response.body)).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": f"public, max-age={max_age}"}
    if _names(request.headers.get("if-none-match", ""), tag):
        response = Response(status_code=304)
    response.headers.update(headers)
    return response


def _names(header: str, tag: str) -> bool:
    """Whether If-None-Match names the tag, by the weak comparison of RFC 9110."""
    tags = [part.strip().removeprefix("W/") for part in header.split(",")]
    return tag in tags or tags == ["*"]
