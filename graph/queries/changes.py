"""The differences between two days: memoranda, measures, power items, handovers, and the subjects concerned."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from graph.errors import InputError
from graph.model import Label, Rel
from graph.rules import applicability as rules
from graph.rules import coverage
from graph.statements.arguments import Arguments
from graph.statements.fetch import SELF, Related, parameter_roles, return_rows
from graph.statements.selected import Scope, Selected
from graph.statements.writer import Writer

from .catalogue import write_nodes
from .filters import AGENCY, known_code

FROM, TO, ON, OFF = "from", "to", "on", "off"
"""The roles of the parameters here. A node changed if its rule holds on the day `on` and not on the day `off`."""

HOLDS: dict[Label, tuple[Callable[[str, str], str], str]] = {
    Label.MEMORANDUM: (rules.in_force, f"-[:{Rel.SIGNED_BY}]->"),
    Label.MEASURE: (rules.prescribed_in_force, f"-[:{Rel.IMPLEMENTED_BY}]->"),
    Label.POWER_ITEM: (coverage.covered, f"-[:{Rel.EXERCISED_BY}]->"),
}
"""For each label that can change: the rule that decides, and how a node belongs to an agency."""


@dataclass(frozen=True)
class ChangesBetween:
    """Root field `changes`."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        days = {FROM: writer.parameter_from(selected, _from), TO: writer.argument(selected, TO)}
        if agency := known_code("agency", Label.AGENCY, selected, writer):
            days[AGENCY] = agency
        return writer.map(selected.children(None), days)


def _from(arguments: Arguments) -> dt.date:
    first: dt.date = arguments[FROM]
    if first > arguments[TO]:
        raise InputError(f"from: {first} lies after to: {arguments[TO]}: swap the two")
    return first


@dataclass(frozen=True)
class Side:
    """What holds on the day in the role `on` and not on the day in the role `off`."""

    on: str
    off: str

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        return writer.map(selected.children(None), {**scope, ON: scope[self.on], OFF: scope[self.off]})


@dataclass(frozen=True)
class Changed:
    """The nodes of a label that changed, by code."""

    label: Label

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        node = writer.name(self.label)
        with writer.call("list") as name:
            _write_changed(self.label, node, scope, scope[ON], scope[OFF], writer)
            return_rows(selected, {SELF: node}, f"{node}.{self.label.key}", name, writer)
        return name


def _write_changed(label: Label, node: str, scope: Scope, on: str, off: str, writer: Writer) -> None:
    holds, belongs = HOLDS[label]
    write_nodes(label, node, writer)
    writer.line(f"AND {holds(node, on)}")
    writer.line(f"AND NOT ({holds(node, off)})")
    if AGENCY in scope:
        writer.line(
            f"AND EXISTS {{ ({node}){belongs}(concerned:{Label.AGENCY}) WHERE concerned.code IN {scope[AGENCY]} }}"
        )


@dataclass(frozen=True)
class Handovers:
    """Agencies that ended between the days: rows of `self`, the agency, and `successor`, by code."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        agency, successor = writer.name(Label.AGENCY), writer.name("successor")
        with writer.call("list") as name:
            write_nodes(Label.AGENCY, agency, writer)
            writer.line(f"AND {scope[FROM]} < {agency}.validTo AND {agency}.validTo <= {scope[TO]}")
            writer.line(f"MATCH ({agency})-[:{Rel.SUCCEEDED_BY}]->({successor}:{Label.AGENCY})")
            if AGENCY in scope:
                writer.line(f"WHERE {agency}.code IN {scope[AGENCY]} OR {successor}.code IN {scope[AGENCY]}")
            row = parameter_roles(scope) | {SELF: agency, "successor": successor}
            return_rows(selected, row, f"{agency}.code", name, writer)
        return name


def _in_force_at_end(scope: Scope, selected: Selected, writer: Writer) -> str:
    """The condition that the memorandum of a measure is in force on the last day."""
    return rules.prescribed_in_force(scope[SELF], scope[TO])


MEASURES_AT_END = Related(Rel.IMPLEMENTED_BY, "<-", Label.MEASURE, where=(_in_force_at_end,))
"""The measures of an agency that ended."""


@dataclass(frozen=True)
class SubjectsTouched:
    """How many subjects a measure began or ceased to apply to."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        with writer.call("count") as name:
            with writer.call_as("entity", []):
                for union, on, off in (("", TO, FROM), ("UNION", FROM, TO)):
                    writer.line(union)
                    _write_changed(Label.MEASURE, "measure", scope, scope[on], scope[off], writer)
                    writer.line(rules.subjects_reached_by("measure", scope[on]))
                    writer.line("RETURN entity")
            writer.line(f"RETURN count(entity) AS {name}")
        return name
