"""Global ids and cursors: opaque, stable over reloads, with the type of their node.

A global id is `Label:key` in base32hex without padding (RFC 4648, section 7), which keeps the order of bytes; the bytes
of UTF-8 keep the order of code points. The loader stores it on the node as `id`, and statements return it unchanged. A
cursor joins the ids that identify its row by dots. Ids and cursors are ASCII, so they sort alike everywhere. Codes do
not: Neo4j compares a stored text with a parameter by UTF-16 unit.
"""

import base64
import binascii
import re
from dataclasses import dataclass

from .errors import InputError
from .masking import quoted
from .model import Label


@dataclass(frozen=True)
class CursorPart:
    """One part of a cursor: the id of a node of `label`, or, if that is None, a text that matches `form`."""

    label: Label | None
    optional: bool = False
    """Whether it may be empty, for a value that a row does not have."""
    form: str = ""
    """A regular expression."""


def global_id(label: Label, key: str) -> str:
    """The id of the node of `label` whose key property is `key`."""
    return base64.b32hexencode(f"{label}:{key}".encode()).rstrip(b"=").decode("ascii")


def parse_global_id(text: str) -> tuple[Label, str]:
    """Label and key of a global id. Raises InputError for any text that `global_id` does not return."""
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 8)
        label, separator, key = base64.b32hexdecode(padded).decode().partition(":")
        found = Label(label)
    except (ValueError, binascii.Error):
        separator = ""
    if not separator or found is Label.META or global_id(found, key) != text:
        raise InputError(f"{quoted(text)} is no id of this graph: pass an `id` from an earlier answer")
    return found, key


def parse_cursor(text: str, parts: tuple[CursorPart, ...]) -> list[str]:
    """The parts of a cursor, checked. Raises InputError for a cursor of another connection and for an invalid one."""
    values = text.split(".")
    if len(values) != len(parts) or not all(_fits(value, part) for value, part in zip(values, parts, strict=True)):
        raise InputError(
            f"{quoted(text)} is no cursor of this connection: pass an `endCursor` or `cursor` from an earlier answer"
        )
    return values


def _fits(value: str, part: CursorPart) -> bool:
    if not value:
        return part.optional
    if part.label is None:
        return re.fullmatch(part.form, value, re.ASCII) is not None
    try:
        return parse_global_id(value)[0] is part.label
    except InputError:
        return False
