"""Conflicts: subjects for whom both a reward and a black measure apply, and the power items where they meet."""

from dataclasses import dataclass

from graph.ids import CursorPart
from graph.model import Label, Rel
from graph.rules import applicability as rules
from graph.rules import handling
from graph.statements.connections import Keyset, Page, write_connection
from graph.statements.fetch import SELF, NodeList, return_rows
from graph.statements.selected import Scope, Selected
from graph.statements.writer import Writer

from .filters import known_code

_REWARDING = rules.is_reward("measure.nature")
_BY_SUBJECT = Keyset(("{entity}.key",), (CursorPart(None, form="[0-9A-Z]{18}|[0-9a-f]{64}"),))


@dataclass(frozen=True)
class Conflicts:
    """Root field `conflicts`: rows of `entity`, `rewards` and `others`, the last two lists of nodes. With an agency
    also `items`, those that it exercises."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        agency = known_code("agency", Label.AGENCY, selected, writer)
        day = writer.day(selected)

        def source(page: Page) -> None:
            if agency or selected.child("totalCount"):
                _write_rewarded(agency, day, writer)
            else:
                _write_bounded(page, writer)
            writer.line(f"WITH entity WHERE {rules.black_through_others('entity', day)}")
            writer.line(f"WITH entity ORDER BY entity.key{' DESC' * page.backward}")  # LIMIT ends it
            with writer.call_as("measures", ["entity"]):
                writer.line(rules.grounds("entity", day))
                writer.line("RETURN collect(DISTINCT measure) AS measures")
            writer.line(f"WITH entity, [measure IN measures WHERE {_REWARDING}] AS rewards,")
            writer.line(f"  [measure IN measures WHERE NOT {_REWARDING}] AS others")
            writer.line("WHERE size(rewards) > 0 AND size(others) > 0")
            if agency:
                exercised = f"(item)-[:{Rel.EXERCISED_BY}]->(acting:{Label.AGENCY}) WHERE acting.code IN {agency}"
                with writer.call_as("items", ["rewards", "others"]):
                    _write_common_items("item", "rewards", "others", f" WHERE EXISTS {{ {exercised} }}", writer)
                    writer.line("RETURN collect(item) AS items")
                writer.line("WITH * WHERE size(items) > 0")

        columns = ["entity", "rewards", "others", *(["items"] if agency else [])]
        return write_connection(selected, [], columns, _BY_SUBJECT, source, writer)


def _write_rewarded(agency: str | None, day: str, writer: Writer) -> None:
    """Write a row `entity` for each subject that would have a reward; with an `agency`, only rewards that gate its own
    items. Rewards come only from red lists, and few subjects are on them or hold a role at a listed organisation."""
    if agency:
        writer.line(f"MATCH (acting:{Label.AGENCY}) WHERE acting.code IN {agency}")
        writer.line(f"MATCH (acting)<-[:{Rel.EXERCISED_BY}]-(own:{Label.POWER_ITEM})")
        writer.line(f"MATCH {handling.gates('measure', 'own')}")
        writer.line("WITH DISTINCT measure")
    else:
        writer.line(f"MATCH (measure:{Label.MEASURE})")
    writer.line(f"WHERE {_REWARDING} AND {rules.prescribed_in_force('measure', day)}")
    writer.line(rules.subjects_reached_by("measure", day))
    writer.line("WITH DISTINCT entity")


def _write_bounded(page: Page, writer: Writer) -> None:
    """Write a row `entity` for each subject between the cursors of the page, in the order of the index, so that no more
    subjects are read than the page needs."""
    bounds = page.bounds(_BY_SUBJECT, {"entity": "entity"}) or ["entity.key > ''"]
    writer.line(f"MATCH (entity:{Label.ENTITY}) WHERE {' AND '.join(bounds)}")


@dataclass(frozen=True)
class CommonItems:
    """The power items that one of `rewards` and one of `others` gate; from `items` if those are already bound."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        if "items" in scope:
            return NodeList("items", Label.POWER_ITEM).write(selected, scope, writer)
        node = writer.name(Label.POWER_ITEM)
        with writer.call("list", [scope["rewards"], scope["others"]]) as name:
            _write_common_items(node, scope["rewards"], scope["others"], "", writer)
            return_rows(selected, {SELF: node}, f"{node}.{Label.POWER_ITEM.key}", name, writer)
        return name


def _write_common_items(item: str, rewards: str, others: str, where: str, writer: Writer) -> None:
    writer.line(f"UNWIND {rewards} AS reward")
    writer.line(f"MATCH {handling.gates('reward', item)}{where}")
    writer.line(f"WITH DISTINCT {others}, {item}")
    writer.line(f"UNWIND {others} AS other")
    writer.line(f"MATCH {handling.gates('other', item)}")
    writer.line(f"WITH DISTINCT {item}")
