"""Global ids and cursors: opaque, stable over reloads, tagged with what they name.

A global id is base64url without padding of `Label:key`; the loader stores it on the node as `id`, so that a statement
answers it as it stands. A cursor is made of the ids of the row it points at, joined by dots.
"""

import base64
import binascii

from .errors import InputError
from .model import Label


def global_id(label: Label, key: str) -> str:
    """The id of the node of `label` whose key property is `key`."""
    return base64.urlsafe_b64encode(f"{label}:{key}".encode()).rstrip(b"=").decode("ascii")


def parse_global_id(text: str) -> tuple[Label, str]:
    """Label and key of a global id. Raises InputError for anything that `global_id` does not make."""
    try:
        label, separator, key = base64.b64decode(_padded(text), altchars=b"-_", validate=True).decode().partition(":")
        found = Label(label)
    except (ValueError, binascii.Error):
        separator = ""
    if not separator or found is Label.META or global_id(found, key) != text:
        raise InputError(f"{text[:80]!r} is no id of this graph: pass an `id` as an earlier answer gave it")
    return found, key


def parse_cursor(text: str, labels: tuple[Label | None, ...]) -> tuple[str, ...]:
    """The keys that a cursor stands for, one for each of `labels`: the key of the id at that place, or, where None, the
    text itself; an absent node is the empty text. Raises InputError for a cursor of another connection or of nobody."""
    parts = text.split(".")
    try:
        if len(parts) != len(labels):
            raise InputError("wrong number of parts")
        return tuple(
            part if label is None or not part else _key(part, label) for part, label in zip(parts, labels, strict=True)
        )
    except InputError:
        raise InputError(
            f"{text[:80]!r} is no cursor of this connection: pass an `endCursor` or `cursor` as an answer gave it"
        ) from None


def _key(text: str, label: Label) -> str:
    found, key = parse_global_id(text)
    if found is not label:
        raise InputError(f"an id of {found}, not of {label}")
    return key


def _padded(text: str) -> bytes:
    return text.encode() + b"=" * (-len(text) % 4)
