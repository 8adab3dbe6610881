"""The overview of a department, in one answer."""

from collections.abc import Callable
from dataclasses import dataclass

from graph.identity.text import normalise
from graph.model import Label, Rel
from graph.rules import applicability as rules
from graph.rules import coverage
from graph.statements.fetch import SELF, Related, return_rows
from graph.statements.selected import Scope, Selected
from graph.statements.writer import Writer

from .filters import AGENCY, DAY


@dataclass(frozen=True)
class AgencyOverview:
    """Root field `agencyOverview`: the agency with a code, or null. It has the role `self`, and `agency` in the
    coverage."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        agency = writer.name(Label.AGENCY)
        code = writer.parameter_from(selected, lambda arguments: [normalise(arguments["code"])])
        day = writer.day(selected)
        with writer.call("one") as name:
            writer.line(f"MATCH ({agency}:{Label.AGENCY}) WHERE {agency}.code IN {code}")
            return_rows(selected, {SELF: agency, AGENCY: code, DAY: day}, None, name, writer, one=True)
        return name


@dataclass(frozen=True)
class Tally:
    """The number of nodes of `label` that belong to the agency by `rel`, for each value of `prop`: rows of `value` and
    `count`, largest count first, then by value."""

    label: Label
    rel: Rel
    prop: str
    holds: Callable[[str, str], str] | None = None
    """A rule over the node and the day."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        with writer.call("list", [scope[SELF]]) as name:
            writer.line(f"MATCH ({scope[SELF]})<-[:{self.rel}]-(node:{self.label})")
            if self.holds:
                writer.line(f"WHERE {self.holds('node', scope[DAY])}")
            writer.line(f"WITH node.{self.prop} AS value, count(*) AS count")
            return_rows(selected, {"value": "value", "count": "count"}, "count DESC, value", name, writer)
        return name


MEASURES_BY_NATURE = Tally(Label.MEASURE, Rel.IMPLEMENTED_BY, "nature", rules.prescribed_in_force)
MEASURES_BY_CATEGORY = Tally(Label.MEASURE, Rel.IMPLEMENTED_BY, "category", rules.prescribed_in_force)
ITEMS_BY_SCENE = Tally(Label.POWER_ITEM, Rel.EXERCISED_BY, "scene")


@dataclass(frozen=True)
class ListsThatReach:
    """The distinct lists that bring a measure of the agency, by code."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        with writer.call("list", [scope[SELF]]) as name:
            writer.line(coverage.lists_that_reach(scope[SELF], scope[DAY]))
            writer.line("WITH DISTINCT list")
            return_rows(selected, {SELF: "list"}, "list.code", name, writer)
        return name


def _in_force_on_day(scope: Scope, selected: Selected, writer: Writer) -> str:
    """The condition that a memorandum is in force on the day of the answer."""
    return rules.in_force(scope[SELF], scope[DAY])


MEMORANDA_IN_FORCE = Related(Rel.SIGNED_BY, "<-", Label.MEMORANDUM, where=(_in_force_on_day,))
"""The memoranda that the agency signed."""
