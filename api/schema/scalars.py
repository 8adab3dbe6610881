"""The scalar Date: an ISO calendar day, which statements return as text."""

import datetime as dt
import re
from typing import Any

import strawberry
from graphql import GraphQLError

_FORM = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _parse(value: Any) -> dt.date:
    if isinstance(value, str) and _FORM.fullmatch(value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            pass
    raise GraphQLError(f"Date cannot represent {value!r}: a day such as 2018-08-30 is expected")


DATE = strawberry.scalar(
    name="Date",
    description="A calendar day 日期, YYYY-MM-DD (RFC 3339 full-date).",
    specified_by_url="https://www.rfc-editor.org/rfc/rfc3339",
    serialize=lambda value: value,
    parse_value=_parse,
)
