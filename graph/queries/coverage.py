"""Coverage (rule 11): the power items that measures reach, and the measures and lists that reach nothing."""

from collections.abc import Callable
from dataclasses import dataclass

from graph.model import Label, Rel
from graph.rules import applicability as rules
from graph.rules import coverage
from graph.rules.handling import gates_nothing
from graph.statements.connections import Page, write_connection
from graph.statements.fetch import SELF, parameter_roles, return_rows
from graph.statements.selected import Scope, Selected
from graph.statements.writer import Writer

from .catalogue import by_id, write_nodes
from .filters import AGENCY, DAY, REGION, known_code


@dataclass(frozen=True)
class CoverageOf:
    """Coverage of the agency and the region in the arguments or, with `bound`, of the scope's agency: the list `items`
    of maps with `item`, `covered` and `embedded`."""

    bound: bool = False

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        limits = parameter_roles(scope)
        if not self.bound:
            limits = {DAY: writer.day(selected)}
            for argument, role, label in (("agency", AGENCY, Label.AGENCY), ("region", REGION, Label.REGION)):
                if code := known_code(argument, label, selected, writer):
                    limits[role] = code
        with writer.call("items") as items:
            within = [_is_in("item", limits)] if REGION in limits else []
            _write_nodes_of(Label.POWER_ITEM, "item", Rel.EXERCISED_BY, within, limits, writer)
            covered, embedded = coverage.covered("item", limits[DAY]), coverage.embedded("item", limits[DAY])
            writer.line(f"WITH item, {covered} AS covered")
            writer.line(f"WITH item, covered, covered AND {embedded} AS embedded")
            writer.line(f"RETURN collect({{item: item, covered: covered, embedded: embedded}}) AS {items}")
        return writer.map(selected.children(None), limits | {"items": items})


@dataclass(frozen=True)
class ItemCount:
    """How many of `items` meet a condition over `row`."""

    condition: str

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        return f"size([row IN {scope['items']} WHERE {self.condition}])"


ITEMS = ItemCount("true")
COVERED_ITEMS = ItemCount("row.covered")
EMBEDDED_ITEMS = ItemCount("row.embedded")
KEY_ITEMS = ItemCount("row.item.isKeyItem")
COVERED_KEY_ITEMS = ItemCount("row.covered AND row.item.isKeyItem")


@dataclass(frozen=True)
class Uncovered:
    """The items that are not covered, as a connection."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        def source(_page: Page) -> None:
            writer.line(f"UNWIND {scope['items']} AS found")
            writer.line(f"WITH found.item AS {SELF} WHERE NOT found.covered")

        return write_connection(selected, [scope["items"]], [SELF], by_id(Label.POWER_ITEM), source, writer)


@dataclass(frozen=True)
class Unattached:
    """The nodes of `label` that meet the condition `lacking`, limited by the agencies at the other end of `rel`."""

    label: Label
    rel: Rel
    lacking: Callable[[str, str], str]
    """Takes the variables of the node and of the day."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        node = writer.name(self.label)
        with writer.call("list") as name:
            conditions = [self.lacking(node, scope[DAY])]
            if REGION in scope:
                acting = f"({node})-[:{self.rel}]->(acting:{Label.AGENCY})"
                conditions.append(f"EXISTS {{ {acting} WHERE {_is_in('acting', scope)} }}")
            _write_nodes_of(self.label, node, self.rel, conditions, scope, writer)
            return_rows(selected, {SELF: node}, f"{node}.{self.label.key}", name, writer)
        return name


def _measure_without_items(measure: str, day: str) -> str:
    """The condition that a measure of a memorandum in force gates no power item."""
    return f"{rules.prescribed_in_force(measure, day)} AND {gates_nothing(measure)}"


def _list_without_memoranda(credit_list: str, day: str) -> str:
    """The condition that no memorandum in force governs a list."""
    return (
        f"NOT EXISTS {{ ({credit_list})<-[:{Rel.GOVERNS}]-(governing:{Label.MEMORANDUM}) "
        f"WHERE {rules.in_force('governing', day)} }}"
    )


MEASURES_WITHOUT_ITEMS = Unattached(Label.MEASURE, Rel.IMPLEMENTED_BY, _measure_without_items)
LISTS_WITHOUT_MEMORANDA = Unattached(Label.CREDIT_LIST, Rel.RECOGNIZED_BY, _list_without_memoranda)


def _write_nodes_of(label: Label, node: str, rel: Rel, conditions: list[str], limits: Scope, writer: Writer) -> None:
    """Bind the nodes of a label that meet the conditions, limited to an agency if there is one."""
    if AGENCY in limits:
        # Start at the agency: it has a few of the thousands that the index would return.
        agency = writer.name(Label.AGENCY)
        writer.line(f"MATCH ({agency}:{Label.AGENCY}) WHERE {agency}.code IN {limits[AGENCY]}")
        writer.line(f"MATCH ({agency})<-[:{rel}]-({node}:{label})")
        if conditions:
            writer.line(f"WHERE {' AND '.join(conditions)}")
    else:
        write_nodes(label, node, writer)
        writer.line("".join(f"AND {condition} " for condition in conditions).rstrip())


def _is_in(node: str, limits: Scope) -> str:
    return f"EXISTS {{ ({node})-[:{Rel.IN_REGION}]->(within:{Label.REGION}) WHERE within.code IN {limits[REGION]} }}"
