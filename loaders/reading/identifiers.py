"""The identifiers of subjects in a dataset: checked, masked in messages, and recorded if they fail their checks."""

from graph.check_digits import is_org_code
from graph.errors import IdentifierError
from graph.identity.identifiers import identify
from graph.identity.key import IdentityKey
from graph.identity.text import normalise
from graph.masking import holds_resident_id
from graph.model import EntityKind, IdentifierScheme, Label
from loaders.format.cells import RESIDENT_ID_IN_CLEAR
from loaders.format.tables import Table

from .row import Row

_SCHEMES = {str(scheme): scheme for scheme in IdentifierScheme}
_PERSON, _RESIDENT_ID, _USCC = (
    str(word) for word in (EntityKind.NATURAL_PERSON, IdentifierScheme.RESIDENT_ID, IdentifierScheme.USCC)
)
UNREADABLE = "?"
"""Prefix of the key for an identifier that cannot be read; a keyed hash of its text follows."""
_CODES = (
    ("org_code", IdentifierScheme.ORG_CODE, "orgCode"),
    ("registration_no", IdentifierScheme.REGISTRATION_NO, "registrationNo"),
)


def unreadable(text: str, key: IdentityKey) -> str:
    """The key for a subject whose identifier fails its checks, so that rows that refer to it can say so."""
    return UNREADABLE + key.hash(normalise(text).encode("ascii", "backslashreplace").decode("ascii"))


def claims(row: Row, table: Table, key: IdentityKey) -> tuple[str, ...]:
    """All keys under which another row may refer to this one; they are recorded if the row is refused."""
    if table.label is not Label.ENTITY:
        return (row.key,) if row.key else ()
    text = row.cells.clear("identifier")
    if not text:
        return ()
    try:
        guessed = identify(text, key).values
    except IdentifierError:
        guessed = (unreadable(text, key),)
    return tuple({*guessed, row.key} - {""})


def identify_entity(row: Row, key: IdentityKey) -> None:
    """Check the identifiers of an entity, and that scheme, kind and codes fit each other."""
    scheme, kind = row.properties.get("scheme"), row.properties.get("kind")
    person = kind == _PERSON
    text = row.cells.clear("identifier")
    if text and scheme:
        try:
            found = identify(text, key, _SCHEMES[scheme])
        except IdentifierError as error:
            row.refuse("identifier", str(error))
        else:
            row.key = found.values[0]
            row.properties["key"], row.properties["identifier"] = row.key, found.shown
    if scheme and kind and person != (scheme == _RESIDENT_ID):
        row.refuse("scheme", f"a {kind} is known by {'RESIDENT_ID' if person else 'USCC'}")
    for column, wanted, prop in _CODES:
        if not (number := row.cells.clear(column)):
            continue
        if person:
            row.refuse(column, "a natural person has none: leave the cell empty")
            continue
        try:
            found = identify(number, key, wanted)
        except IdentifierError as error:
            row.refuse(column, str(error))
        else:
            if wanted is IdentifierScheme.REGISTRATION_NO and holds_resident_id(number):
                row.refuse(column, RESIDENT_ID_IN_CLEAR)
            row.properties[prop] = found.values[0]
    # The codes of other authorities do not always contain an organisation code.
    built_on = row.key[8:17] if scheme == _USCC and not person else ""
    if not row.cells.clear("org_code") and is_org_code(built_on):
        row.properties["orgCode"] = built_on
