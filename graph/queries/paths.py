"""Measure paths (rule 10): from a subject through a ground and a measure to a power item and its agency."""

from dataclasses import dataclass

from graph.ids import CursorPart
from graph.model import AffiliationRole, Label, Rel
from graph.rules import applicability as rules
from graph.rules import handling
from graph.statements.connections import Keyset, Page, write_connection
from graph.statements.fetch import SELF
from graph.statements.selected import Scope, Selected
from graph.statements.writer import Writer

from .filters import known_code
from .subjects import each_subject, require_subject

COLUMNS = (
    "subject", "via", "listing", "list", "memorandum", "affiliation", "organization",
    "measure", "item", "division", "agency",
)  # fmt: skip
"""The names in a row of a path."""
ORDER = Keyset(
    (
        "{listing}.id",
        "{memorandum}.id",
        "{measure}.id",
        "coalesce({item}.id, '')",
        "{agency}.id",
        "coalesce({affiliation}.role, '')",
        "coalesce(toString({affiliation}.since), '')",
    ),
    (
        CursorPart(Label.LISTING),
        CursorPart(Label.MEMORANDUM),
        CursorPart(Label.MEASURE),
        CursorPart(Label.POWER_ITEM, optional=True),
        CursorPart(Label.AGENCY),
        CursorPart(None, optional=True, form="|".join(AffiliationRole)),
        CursorPart(None, optional=True, form=r"\d{4}-\d\d-\d\d"),
    ),
)
"""The order of paths: that of rule 10, then what distinguishes the paths of one ground."""
# How each node of a path is reached: its role, its label, and the relationship as an expression over the roles.
_STEPS = (
    ("subject", Label.ENTITY, "null"),
    ("organization", Label.ENTITY, f"'{Rel.AFFILIATED_WITH}'"),
    ("listing", Label.LISTING, f"'{Rel.HAS_LISTING}'"),
    ("list", Label.CREDIT_LIST, f"'{Rel.ON_LIST}'"),
    ("memorandum", Label.MEMORANDUM, f"'{Rel.GOVERNS}'"),
    ("measure", Label.MEASURE, f"'{Rel.PRESCRIBES}'"),
    ("item", Label.POWER_ITEM, "'GATES'"),
    ("division", Label.DIVISION, f"'{Rel.HANDLED_BY}'"),
    (
        "agency",
        Label.AGENCY,
        f"CASE WHEN {{division}} IS NOT NULL THEN '{Rel.DIVISION_OF}' "
        f"WHEN {{item}} IS NOT NULL THEN '{Rel.EXERCISED_BY}' ELSE '{Rel.IMPLEMENTED_BY}' END",
    ),
)
_OPTIONAL = {"organization", "item", "division"}


@dataclass(frozen=True)
class MeasurePaths:
    """Root field `measurePaths`. An unknown subject is an error; a filter keeps only the paths that end there."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        prop, values = require_subject("subject", selected, writer)
        subject = f"MATCH (subject:{Label.ENTITY}) WHERE subject.{prop} IN {values}"
        return _write_paths(selected, [], subject, writer)


@dataclass(frozen=True)
class MeasurePathsFor:
    """The paths of up to 500 subjects in the argument, a batch, in order, null where unknown."""

    argument: str

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        with writer.call("list") as name:
            with each_subject(self.argument, selected, writer) as (entity, one):
                paths = _write_paths(selected, [entity], f"WITH {entity} AS subject", writer)
                writer.line(f"RETURN collect({paths})[0] AS {one}")
            writer.line(f"RETURN [held IN collect([{one}]) | held[0]] AS {name}")
        return name


def _write_paths(selected: Selected, imports: list[str], subject: str, writer: Writer) -> str:
    """Write the connection of the paths of the entity that the clause `subject` binds as `subject`."""
    item = known_code("powerItem", Label.POWER_ITEM, selected, writer)
    agency = known_code("agency", Label.AGENCY, selected, writer)

    def source(_page: Page) -> None:
        writer.line(subject)
        writer.line(rules.grounds("subject", writer.day(selected)))
        writer.line(handling.path_ends("measure"))
        conditions = [f"{role}.code IN {code}" for role, code in (("item", item), ("agency", agency)) if code]
        if conditions:
            writer.line("WITH * WHERE " + " AND ".join(conditions))

    return write_connection(selected, imports, COLUMNS, ORDER, source, writer)


@dataclass(frozen=True)
class Steps:
    """The nodes of a path, starting at the subject, each with the relationship that leads to it."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        steps = []
        for role, label, relationship in _STEPS:
            entries = []
            for part in selected.children(None):
                value = relationship.format_map(scope)
                if part.name == "node":
                    value = writer.node(part, {SELF: scope[role]}, label)
                entries.append((part.key, value))
            step = writer.object(entries)
            steps.append(f"CASE WHEN {scope[role]} IS NULL THEN null ELSE {step} END" if role in _OPTIONAL else step)
        return f"[step IN [{', '.join(steps)}] WHERE step IS NOT NULL]"
