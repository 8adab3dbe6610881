"""Measure paths (rule 10): from a subject through a ground and a measure to a power item and the agency of it."""

from dataclasses import dataclass

from . import rules
from .connections import Keyset, write_connection
from .fetch import SELF
from .identity import identify, scrub
from .ids import Part
from .model import IdentifierScheme, Label, Rel
from .statement import Scope, Selected, Writer
from .subjects import SHARED, known_code

_COLUMNS = (
    "subject", "via", "listing", "list", "memorandum", "affiliation", "organization",
    "measure", "item", "division", "agency",
)  # fmt: skip
_ORDER = Keyset(
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
        Part(Label.LISTING),
        Part(Label.MEMORANDUM),
        Part(Label.MEASURE),
        Part(Label.POWER_ITEM, optional=True),
        Part(Label.AGENCY),
        Part(None, optional=True),
        Part(None, optional=True),
    ),
)
# How each node of a path is reached: role, label, relationship as an expression.
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
        f"CASE WHEN division IS NOT NULL THEN '{Rel.DIVISION_OF}' "
        f"WHEN item IS NOT NULL THEN '{Rel.EXERCISED_BY}' ELSE '{Rel.IMPLEMENTED_BY}' END",
    ),
)
_OPTIONAL = {"organization", "item", "division"}


@dataclass(frozen=True)
class MeasurePaths:
    """Root field `measurePaths`. An unknown subject is an error; a filter keeps the paths that end there."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        text = selected.arguments["subject"]
        found = identify(text, writer.request.key)
        if found.scheme is IdentifierScheme.REGISTRATION_NO:
            writer.require_one(Label.ENTITY, found.property, found.values, selected, SHARED.format(scrub(found.shown)))
        message = f"subject: the graph holds no subject {scrub(found.shown)!r}"
        values = writer.require(Label.ENTITY, found.property, found.values, selected, message)
        item = known_code("powerItem", Label.POWER_ITEM, selected, writer)
        agency = known_code("agency", Label.AGENCY, selected, writer)

        def source() -> None:
            writer.line(f"MATCH (subject:{Label.ENTITY}) WHERE subject.{found.property} IN {values}")
            writer.line(rules.grounds("subject", writer.day(selected)))
            writer.line(rules.path_ends("measure"))
            asked = [f"{role}.code IN {code}" for role, code in (("item", item), ("agency", agency)) if code]
            if asked:
                writer.line("WITH * WHERE " + " AND ".join(asked))

        return write_connection(selected, [], _COLUMNS, _ORDER, source, writer)


@dataclass(frozen=True)
class Steps:
    """The nodes of a path from the subject on, each with the relationship by which it was reached."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        steps = []
        for role, label, relationship in _STEPS:
            entries = []
            for part in selected.children(None):
                value = relationship
                if part.name == "node":
                    value = writer.map(part.children(label), {SELF: scope[role]}, label)
                entries.append(f"`{part.key}`: {value}")
            step = "{" + ", ".join(entries) + "}"
            steps.append(f"CASE WHEN {scope[role]} IS NULL THEN null ELSE {step} END" if role in _OPTIONAL else step)
        return f"[step IN [{', '.join(steps)}] WHERE step IS NOT NULL]"
