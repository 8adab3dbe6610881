"""The catalogue as connections: the nodes of a label that pass a filter, in the order of their codes."""

from dataclasses import dataclass

from graph.ids import CursorPart
from graph.model import Label
from graph.statements.connections import Keyset, Page, write_connection
from graph.statements.fetch import SELF, Condition, parameter_roles, write_where
from graph.statements.selected import Scope, Selected
from graph.statements.writer import Writer


def by_id(label: Label) -> Keyset:
    """The order of the nodes of a label by code, which is the order of their ids."""
    return Keyset(("{self}.id",), (CursorPart(label),))


@dataclass(frozen=True)
class Catalogue:
    """A connection over the nodes of `label` that meet all conditions."""

    label: Label
    where: tuple[Condition, ...] = ()

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        def source(_page: Page) -> None:
            write_nodes(self.label, SELF, writer)
            write_where(self.where, parameter_roles(scope) | {SELF: SELF}, selected, writer, begun=True)

        return write_connection(selected, [], [SELF], by_id(self.label), source, writer)


def write_nodes(label: Label, variable: str, writer: Writer) -> None:
    """Bind every node of a label from the index of its ids, and leave the WHERE open for further conditions."""
    writer.line(f"MATCH ({variable}:{label})")
    writer.line(f"WHERE {variable}.id > ''")
