"""All measure paths (rule 10) of the subjects on a list, in pages of limited size."""

import datetime as dt
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any

from graph.errors import InputError, NotFound
from graph.ids import CursorPart, parse_cursor, parse_global_id
from graph.masking import quoted
from graph.model import Label, Rel
from graph.rules import applicability as rules
from graph.rules import handling
from graph.statements.checks import Check
from graph.statements.connections import Keyset
from graph.statements.selected import Path
from graph.statements.statement import Statement
from graph.store.database import Database

from .paths import COLUMNS as BOUND
from .paths import ORDER as PATH_ORDER

SUBJECTS_HELD = 10_000
"""Keys of subjects that one statement reads from a list. Each statement reads the whole list again, so few are best."""
SUBJECTS_PASSED = 50_000
"""Subjects that one statement scans, whether on the list or not, if the list is a large part of all subjects."""
LARGE = 5_600
"""A list is large if the square of its listings exceeds this many times the number of all subjects. Reading it again
for each SUBJECTS_HELD costs 12 us per listing, one scan of all subjects 7 us each."""
SUBJECTS_AT_ONCE = 200
"""Subjects in one statement of paths; it stops before the last of them if they have many paths."""
PATHS_AT_ONCE = 2_000
"""Paths of one page: about 1.5 MB of JSON, and less than 100 ms of the event loop."""

# The columns and their sources. Names and identifiers are those that the API answers, never more.
_VALUES = {
    "subjectId": "subject.id",
    "subjectIdentifier": "subject.identifier",
    "subjectName": "subject.name",
    "via": "via",
    "role": "affiliation.role",
    "organizationId": "organization.id",
    "organizationIdentifier": "organization.identifier",
    "organizationName": "organization.name",
    "listingNo": "listing.listingNo",
    "listCode": "list.code",
    "listName": "list.name",
    "memorandumCode": "memorandum.code",
    "memorandumTitle": "memorandum.title",
    "measureCode": "measure.code",
    "nature": "measure.nature",
    "content": "measure.content",
    "powerItemCode": "item.code",
    "powerItemName": "item.name",
    "divisionCode": "division.code",
    "divisionName": "division.name",
    "agencyCode": "agency.code",
    "agencyName": "agency.name",
    "legalBases": "coalesce(measure.legalBases, [])",
}
COLUMNS = (*_VALUES, "cursor")
"""The values of each path, in order: text or None, except `legalBases`, a list of texts."""
ExportedPath = list[Any]
"""One value for each of COLUMNS."""

_SCOPE = {name: name for name in BOUND}
_FOUND = ", ".join(name for name in BOUND if name != "subject")
_ORDER = Keyset(("{subject}.id", *PATH_ORDER.keys), (CursorPart(Label.ENTITY), *PATH_ORDER.parts))

# One text for the first and all later statements: `$from` is '' at first; `last` is where to continue, or null at the
# end. Keys are ASCII, and sort like ids.
_BEYOND = "entity.key >= $from AND (entity.key > $from OR $including)"
_FROM_LIST = f"""\
MATCH (list:{Label.CREDIT_LIST} {{code: $list}})<-[:{Rel.ON_LIST}]-(listing:{Label.LISTING})
WHERE {rules.active_listing("listing", "$day")}
MATCH (listing)<-[:{Rel.HAS_LISTING}]-(entity:{Label.ENTITY})
WHERE {_BEYOND}
WITH DISTINCT entity.key AS key ORDER BY key LIMIT $size
WITH collect(key) AS keys
RETURN {{keys: keys, last: CASE size(keys) WHEN $size THEN keys[-1] END}} AS data, [] AS known"""
_FROM_ALL = f"""\
MATCH (entity:{Label.ENTITY}) WHERE {_BEYOND}
WITH entity, entity.key AS key ORDER BY key LIMIT $size
WITH key, EXISTS {{
  (entity)-[:{Rel.HAS_LISTING}]->(listing:{Label.LISTING})-[:{Rel.ON_LIST}]->(:{Label.CREDIT_LIST} {{code: $list}})
  WHERE {rules.active_listing("listing", "$day")}
}} AS held
WITH collect(CASE WHEN held THEN key END) AS keys, max(key) AS last, count(*) AS passed
RETURN {{keys: keys, last: CASE passed WHEN $size THEN last END}} AS data, [] AS known"""

# The subjects are read one by one, in order, and LIMIT stops at the one that fills the page. Only one subject's paths
# are ever sorted, and subjects beyond the page are not expanded.
_PATHS = f"""\
UNWIND $keys AS key
MATCH (subject:{Label.ENTITY} {{key: key}})
CALL (subject) {{
{rules.grounds("subject", "$day")}
{handling.path_ends("measure")}
WITH * WHERE ($item IS NULL OR item.code = $item) AND ($agency IS NULL OR agency.code = $agency)
  AND {_ORDER.beyond(_SCOPE, ">", "$after")}
WITH * ORDER BY {PATH_ORDER.order(_SCOPE)}
RETURN {_FOUND}
}}
WITH subject, {_FOUND} LIMIT $size
WITH collect([{", ".join(_VALUES.values())}, {_ORDER.cursor_of(_SCOPE)}]) AS paths
RETURN {{paths: paths}} AS data, [] AS known"""


@dataclass(frozen=True)
class Export:
    """The export of all paths, on `day`, of the subjects that have an active listing (rule 1) on the list `code`
    themselves, not through an organisation. Their paths through other lists are included. The order is by subject, then
    that of rule 10.
    """

    code: str
    day: dt.date
    power_item: str | None = None
    """Only paths to the power item of this code."""
    agency: str | None = None
    """Only paths that end at the agency of this code."""
    after: str | None = None
    """Only paths after the one with this `cursor`."""

    async def pages(self, database: Database) -> AsyncGenerator[list[ExportedPath], None]:
        """The paths, in pages of some thousand.

        Each page is its own statement and shows the graph at that moment. The database keeps no state between pages.
        Raises InputError for an invalid cursor and NotFound for an unknown code, both before the first page, and the
        errors of `Database.answer` at any page.
        """
        after = self._parts()
        found = await _ask(database, self._known())
        large = found["listings"] ** 2 > LARGE * found["subjects"]
        first, including = parse_global_id(after[0])[1] if after else "", True
        while True:
            subjects = await _ask(database, self._subjects(first, including, large=large))
            keys: list[str] = subjects["keys"]
            done = 0
            while done < len(keys):
                chunk = keys[done : done + SUBJECTS_AT_ONCE]
                page: list[ExportedPath] = (await _ask(database, self._paths(chunk, after)))["paths"]
                if page:
                    yield page
                    after = page[-1][-1].split(".")
                # A full page may end inside a subject: go on there.
                full = len(page) == PATHS_AT_ONCE
                done = keys.index(parse_global_id(after[0])[1], done) if full else done + len(chunk)
            if subjects["last"] is None:
                return
            first, including = subjects["last"], False

    def _parts(self) -> list[str]:
        if self.after is None:
            return []
        try:
            return parse_cursor(self.after, _ORDER.parts)
        except InputError:
            raise InputError(
                f"after: {quoted(self.after)} is no cursor of an export: pass the `cursor` of a line as it was given"
            ) from None

    def _known(self) -> Statement:
        """The number of listings that the list has ever had, and the number of subjects; an error for an unknown
        code."""
        codes = [
            ("list", Label.CREDIT_LIST, self.code),
            ("powerItem", Label.POWER_ITEM, self.power_item),
            ("agency", Label.AGENCY, self.agency),
        ]
        lines, found, checks, parameters = [], [], [], {}
        at: list[Path] = [("listings",)]
        for argument, label, code in codes:
            if code is not None:
                lines.append(f"OPTIONAL MATCH ({argument}:{label} {{code: ${argument}}})")
                found.append(f"{argument} IS NOT NULL")
                parameters[argument] = code
                message = f"{argument}: no {label} has the code {quoted(code)}: use a code from an earlier answer"
                checks.append(Check(NotFound(message), at))
        counted = f"listings: COUNT {{ (list)<-[:{Rel.ON_LIST}]-() }}, subjects: COUNT {{ (:{Label.ENTITY}) }}"
        lines.append(f"RETURN {{{counted}}} AS data, [{', '.join(found)}] AS known")
        return Statement("exportKnown", "\n".join(lines), parameters, [], checks)

    def _subjects(self, first: str, including: bool, *, large: bool) -> Statement:
        """The next keys of subjects in order, starting at `first`: read from the list, or from all subjects if it is
        `large`."""
        parameters = {"list": self.code, "day": self.day, "from": first, "including": including}
        if large:
            return Statement("exportSubjects", _FROM_ALL, parameters | {"size": SUBJECTS_PASSED}, [], [])
        return Statement("exportSubjects", _FROM_LIST, parameters | {"size": SUBJECTS_HELD}, [], [])

    def _paths(self, keys: list[str], after: list[str]) -> Statement:
        """The first paths of the subjects with these keys, after the cursor with these parts."""
        parameters = {
            "keys": keys,
            "day": self.day,
            "item": self.power_item,
            "agency": self.agency,
            "after": after,
            "size": PATHS_AT_ONCE,
        }
        return Statement("exportPaths", _PATHS, parameters, [], [])


async def _ask(database: Database, statement: Statement) -> dict[str, Any]:
    data = await database.answer(statement)
    for value in data.values():
        if isinstance(value, Exception):
            raise value
    return data
