"""What applies to a subject: its standing, measures, agencies and advice."""

from dataclasses import dataclass

from graph.ids import CursorPart
from graph.model import Label, Rel
from graph.queries.filters import gating, implemented_by, known_code
from graph.rules import applicability as rules
from graph.rules import handling
from graph.statements.connections import Keyset, Page, write_connection
from graph.statements.fetch import SELF, MapList, PatternNodes, return_rows
from graph.statements.selected import Scope, Selected
from graph.statements.writer import Writer

_BY_MEASURE = Keyset(("{measure}.id",), (CursorPart(Label.MEASURE),))


@dataclass(frozen=True)
class StandingOf:
    """Rule 8."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        with writer.call("colors", [scope[SELF]]) as name:
            writer.line(handling.standing_colors(scope[SELF], writer.day(selected)))
            writer.line(f"RETURN collect(DISTINCT list.color) AS {name}")
        return handling.standing(name)


@dataclass(frozen=True)
class AdviceFor:
    """Rule 9."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        item = known_code("powerItem", Label.POWER_ITEM, selected, writer)
        with writer.call("natures", [scope[SELF]]) as name:
            writer.line(rules.grounds(scope[SELF], writer.day(selected)))
            writer.line(f"WITH DISTINCT measure WHERE {handling.gates_an_item('measure', f'rule6.code IN {item}')}")
            writer.line(f"RETURN collect(DISTINCT measure.nature) AS {name}")
        return handling.advice(name)


@dataclass(frozen=True)
class ApplicableMeasures:
    """Rule 5 with the filters, as a connection with rows of `measure` and `grounds`."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        def source(_page: Page) -> None:
            _write_grounds(selected, scope[SELF], writer)
            writer.line(
                "WITH measure, collect({via: via, listing: listing, list: list, memorandum: memorandum, "
                "affiliation: affiliation, organization: organization}) AS grounds"
            )

        return write_connection(selected, [scope[SELF]], ["measure", "grounds"], _BY_MEASURE, source, writer)


GROUNDS = MapList("grounds", rules.GROUND, rules.GROUND_ORDER)
"""The grounds of an applicable measure."""
GATED_ITEMS = PatternNodes(lambda near, far, *_: handling.gates(near, far), Label.POWER_ITEM, near="measure")
"""The power items that it gates."""


@dataclass(frozen=True)
class ApplicableAgencies:
    """Rule 7: rows of `agency`, `measures` and, if power items are selected, `items`. `measures` are the applicable
    measures that the agency implements; `items` has a list for each of them, the agency's own items that it gates."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        roles = {"agency": "agency", "measures": "measures"}
        with writer.call("list", [scope[SELF]]) as name:
            _write_grounds(selected, scope[SELF], writer)
            writer.line("WITH DISTINCT measure")
            if selected.child("powerItems"):
                # Once per measure, not for each agency that implements it.
                with writer.call_as("gated", ["measure"]):
                    writer.line(f"MATCH {handling.gates('measure', 'item')}")
                    writer.line("WITH DISTINCT item")
                    writer.line(f"MATCH (item)-[:{Rel.EXERCISED_BY}]->(acting:{Label.AGENCY})")
                    writer.line("RETURN collect({item: item, acting: acting}) AS gated")
                roles["items"] = "items"
            writer.line(f"MATCH (measure)-[:{Rel.IMPLEMENTED_BY}]->(agency:{Label.AGENCY})")
            collected = ["agency", "collect(measure) AS measures"]
            if "items" in roles:
                collected.append("collect([pair IN gated WHERE pair.acting = agency | pair.item]) AS items")
            writer.line(f"WITH {', '.join(collected)}")
            return_rows(selected, roles, "agency.code", name, writer)
        return name


@dataclass(frozen=True)
class OwnItems:
    """The distinct power items of an agency that its measures gate (rule 7), from the lists in `items`."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        node = writer.name(Label.POWER_ITEM)
        with writer.call("list", [scope["items"]]) as name:
            writer.line(f"UNWIND {scope['items']} AS own")
            writer.line(f"UNWIND own AS {node}")
            writer.line(f"WITH DISTINCT {node}")
            return_rows(selected, {SELF: node}, f"{node}.{Label.POWER_ITEM.key}", name, writer)
        return name


_LEFT = {"via": "via = {}", "color": "list.color = {}", "natures": "measure.nature IN {}"}
"""By argument, the condition on grounds."""


def _write_grounds(selected: Selected, entity: str, writer: Writer) -> None:
    """Write the grounds that pass the filters of RULES.md: first those on grounds, then those on their measures."""
    writer.line(rules.grounds(entity, writer.day(selected)))
    conditions = [
        condition.format(writer.argument(selected, argument))
        for argument, condition in _LEFT.items()
        if writer.has(selected, argument)
    ]
    for condition in (implemented_by, gating):
        if text := condition({SELF: "measure"}, selected, writer):
            conditions.append(text)
    if writer.has(selected, "scene"):
        conditions.append(handling.gates_an_item("measure", f"rule6.scene = {writer.argument(selected, 'scene')}"))
    if conditions:
        writer.line("WITH * WHERE " + " AND ".join(conditions))
