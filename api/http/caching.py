"""What of the answers may be kept by caches: the catalogue, never what tells of a subject."""

import hashlib

from graphql import GraphQLSchema, get_named_type, is_abstract_type
from starlette.requests import Request
from starlette.responses import Response

from graph.calendar import seconds_left_today

NO_STORE = {"Cache-Control": "no-store"}
SUBJECT_TYPES = frozenset({"Entity", "Listing"})
COUNTING = frozenset({"changes"})
"""Root fields that reach no subject and yet tell of subjects: how many there are."""


def personal_fields(schema: GraphQLSchema) -> frozenset[str]:
    """The root fields that tell of subjects 信用主体 or listings 名单记录, whatever is selected."""
    query = schema.query_type
    if query is None:
        raise TypeError("the schema has no query type")
    return COUNTING | frozenset(
        name for name, field in query.fields.items() if SUBJECT_TYPES & _reached(schema, get_named_type(field.type))
    )


def cacheable(request: Request, response: Response, media_type: str, max_age: int) -> Response:
    """The response with an entity tag and its time to live, or 304 where the client has it already. It lives no longer
    than the day in China, which answers default to."""
    max_age = min(max_age, seconds_left_today())
    tag = f'"{hashlib.sha256(media_type.encode() + bytes(response.body)).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": f"public, max-age={max_age}"}
    if _names(request.headers.get("if-none-match", ""), tag):
        response = Response(status_code=304)
    response.headers.update(headers)
    return response


def _names(header: str, tag: str) -> bool:
    """Whether If-None-Match names the tag; weakly compared, as RFC 9110 has it."""
    given = [part.strip().removeprefix("W/") for part in header.split(",")]
    return tag in given or given == ["*"]


def _reached(schema: GraphQLSchema, start: object) -> set[str]:
    """The names of all types that a selection below `start` can come to."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        named = waiting.pop()
        name = getattr(named, "name", "")
        if name in seen:
            continue
        seen.add(name)
        if is_abstract_type(named):
            waiting += schema.get_possible_types(named)
        waiting += [get_named_type(field.type) for field in getattr(named, "fields", {}).values()]
    return seen
