"""All measure paths (rule 10) of the subjects of a list, in pages of a bounded size."""

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
"""Keys of subjects that one statement reads of a list: each reads the whole list again, so there must be few."""
SUBJECTS_PASSED = 50_000
"""Subjects that one statement looks at, on the list or not, where the list is a large part of all."""
LARGE = 5_600
"""A list is large where the square of its listings is that many times the number of all subjects: to read it for each
SUBJECTS_HELD costs 12 us a listing, to pass all subjects by once 7 us each."""
SUBJECTS_AT_ONCE = 200
"""Subjects that one statement is asked for; it stops before the last of them where they have many paths."""
PATHS_AT_ONCE = 2_000
"""Paths of one page: about 1.5 MB of JSON, and less than 100 ms of the event loop."""

# Columns and where each comes from; what a person is called and known by is what the API answers, never more.
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
"""What each path says, in order: text or None, but for `legalBases`, a list of texts."""
ExportedPath = list[Any]
"""A value for each of COLUMNS."""

_SCOPE = {name: name for name in BOUND}
_FOUND = ", ".join(name for name in BOUND if name != "subject")
_ORDER = Keyset(("{subject}.id", *PATH_ORDER.keys), (CursorPart(Label.ENTITY), *PATH_ORDER.parts))

# One text, whether it begins or goes on: `$from` is '' at first; `last` is where to go on, null at the end. Keys are
# ASCII, and in the order of ids.
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

# The subjects are taken one by one, in order, and LIMIT stops at the one that fills the page: only one subject's paths
# are ever sorted, and what a subject beyond the page has is not asked.
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
    """What is exported: the paths, on `day`, of the subjects that have an active listing (rule 1) on the list `code`
    itself, not through an organisation. All their paths are, by whatever list; in order of subject, then of rule 10.
    """

    code: str
    day: dt.date
    power_item: str | None = None
    """Only paths to the item of this code."""
    agency: str | None = None
    """Only paths that end at the agency of this code."""
    after: str | None = None
    """Only paths beyond that one, by its `cursor`."""

    async def pages(self, database: Database) -> AsyncGenerator[list[ExportedPath], None]:
        """The paths, some thousand at a time.

        Each page is a statement of its own, and shows the graph of its moment. Nothing is held in the database between
        two pages. Raises InputError for a cursor that is none of an export and NotFound for an unknown code, both
        before the first page, and what `Database.answer` raises at any.
        """
        after = self._parts()
        found = await _ask(database, self._known())
        large = found["listings"] ** 2 > LARGE * found["subjects"]
        first, including = parse_global_id(after[0])[1] if after else "", True
        while True:
            held = await _ask(database, self._subjects(first, including, large=large))
            keys: list[str] = held["keys"]
            done = 0
            while done < len(keys):
                asked = keys[done : done + SUBJECTS_AT_ONCE]
                page: list[ExportedPath] = (await _ask(database, self._paths(asked, after)))["paths"]
                if page:
                    yield page
                    after = page[-1][-1].split(".")
                # A full page may end inside a subject: go on there.
                full = len(page) == PATHS_AT_ONCE
                done = keys.index(parse_global_id(after[0])[1], done) if full else done + len(asked)
            if held["last"] is None:
                return
            first, including = held["last"], False

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
        """How many listings the list has ever had, and how many subjects there are; an error for an unknown code."""
        given = [
            ("list", Label.CREDIT_LIST, self.code),
            ("powerItem", Label.POWER_ITEM, self.power_item),
            ("agency", Label.AGENCY, self.agency),
        ]
        lines, found, checks, parameters = [], [], [], {}
        at: list[Path] = [("listings",)]
        for argument, label, code in given:
            if code is not None:
                lines.append(f"OPTIONAL MATCH ({argument}:{label} {{code: ${argument}}})")
                found.append(f"{argument} IS NOT NULL")
                parameters[argument] = code
                message = f"{argument}: no {label} has the code {quoted(code)}: take a code that an answer gave"
                checks.append(Check(NotFound(message), at))
        counted = f"listings: COUNT {{ (list)<-[:{Rel.ON_LIST}]-() }}, subjects: COUNT {{ (:{Label.ENTITY}) }}"
        lines.append(f"RETURN {{{counted}}} AS data, [{', '.join(found)}] AS known")
        return Statement("exportKnown", "\n".join(lines), parameters, [], checks)

    def _subjects(self, first: str, including: bool, *, large: bool) -> Statement:
        """The next keys of subjects, in order, from `first` on: by way of the list, or of all subjects."""
        parameters = {"list": self.code, "day": self.day, "from": first, "including": including}
        if large:
            return Statement("exportSubjects", _FROM_ALL, parameters | {"size": SUBJECTS_PASSED}, [], [])
        return Statement("exportSubjects", _FROM_LIST, parameters | {"size": SUBJECTS_HELD}, [], [])

    def _paths(self, keys: list[str], after: list[str]) -> Statement:
        """The first paths of the subjects of those keys beyond the cursor of those parts."""
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
