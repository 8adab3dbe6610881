"""The identifiers of subjects in a dataset: checked, kept from showing, and noted where they pass no check."""

from contextlib import suppress

from graph.errors import IdentifierError
from graph.identity import IdentityKey, identify, mask, normalise
from graph.model import EntityKind, IdentifierScheme, Label

from .format import Table
from .row import Row
from .well_formed import is_org_code, is_registration_no, is_resident_id, is_uscc

UNREADABLE = "?"
"""What an identifier that cannot be read is noted under, with a keyed hash of its text after it."""
_CODES = (
    ("org_code", IdentifierScheme.ORG_CODE, "orgCode", is_org_code),
    ("registration_no", IdentifierScheme.REGISTRATION_NO, "registrationNo", is_registration_no),
)


def unreadable(text: str, key: IdentityKey) -> str:
    """What a subject is noted under whose identifier passes no check, so that rows that name it can say so."""
    return UNREADABLE + key.hash(normalise(text).encode("ascii", "backslashreplace").decode("ascii"))


def claims(row: Row, table: Table, key: IdentityKey) -> tuple[str, ...]:
    """Every key under which another row may name this one; for noting a refused row."""
    if table.label is not Label.ENTITY:
        return (row.key,) if row.key else ()
    text = row.cells.get("identifier", "")
    if not text:
        return ()
    try:
        guessed = identify(text, key).values
    except IdentifierError:
        guessed = (unreadable(text, key),)
    return tuple({*guessed, row.key} - {""})


def identify_entity(row: Row, key: IdentityKey) -> None:
    """Check the identifiers of an entity by the scheme given, and that scheme, kind and codes fit one another."""
    scheme, kind = row.properties.get("scheme"), row.properties.get("kind")
    person = kind == EntityKind.NATURAL_PERSON
    row.private = True
    text = row.cells["identifier"]
    if scheme == IdentifierScheme.USCC and is_uscc(text):
        row.key = row.properties["key"] = row.properties["identifier"] = text
        row.private = False
    elif scheme == IdentifierScheme.RESIDENT_ID and is_resident_id(text):
        row.key = row.properties["key"] = key.hash(text)
        row.properties["identifier"] = mask(text)
    elif text and scheme:
        try:
            found = identify(text, key, IdentifierScheme(scheme))
        except IdentifierError as error:
            row.problems.append(row.problem("identifier", str(error), _shown(text, scheme)))
        else:
            row.key = found.values[0]
            row.properties["key"], row.properties["identifier"] = row.key, found.shown
            row.private = scheme == IdentifierScheme.RESIDENT_ID
    if row.private and row.problems:
        row.problems = [row.problem(old.column, old.reason, old.value) for old in row.problems]
    if scheme and kind and person != (scheme == IdentifierScheme.RESIDENT_ID):
        row.refuse("scheme", f"a {kind} is known by {'RESIDENT_ID' if person else 'USCC'}")
    for column, wanted, prop, well_formed in _CODES:
        if not (given := row.cells.get(column)):
            continue
        if person:
            row.refuse(column, "a natural person has none: leave the cell empty")
            continue
        if well_formed(given):
            row.properties[prop] = given
            continue
        try:
            found = identify(given, key, wanted)
        except IdentifierError as error:
            row.refuse(column, str(error))
        else:
            row.properties[prop] = found.values[0]
    if row.key and scheme == IdentifierScheme.USCC and not row.cells.get("org_code") and not person:
        if is_org_code(row.key[8:17]):
            row.properties["orgCode"] = row.key[8:17]
            return
        with suppress(IdentifierError):  # the codes of other authorities are not always built on one
            row.properties["orgCode"] = identify(row.key[8:17], key, IdentifierScheme.ORG_CODE).values[0]


def _shown(text: str, scheme: str) -> str:
    return mask(normalise(text)) if scheme == IdentifierScheme.RESIDENT_ID else text
