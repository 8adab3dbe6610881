"""Links between agencies (rule 12): those of one agency, and the network of all."""

from dataclasses import dataclass

from graph.errors import InputError
from graph.ids import CursorPart
from graph.model import Label
from graph.rules import coverage
from graph.statements.arguments import Arguments
from graph.statements.connections import Keyset, Page, write_connection
from graph.statements.fetch import SELF, MapList, return_rows
from graph.statements.selected import Scope, Selected
from graph.statements.writer import Writer

from .catalogue import write_nodes
from .filters import DAY, known_code

_MOST = 2 * 10**9
"""Larger than any count. The difference to it, in ten digits, sorts as text with the highest count first."""
_STRONGEST = Keyset(
    (f"toString({_MOST} - size({{memoranda}}))", f"toString({_MOST} - {{sharedMeasures}})", "{other}.id"),
    (CursorPart(None, form=r"\d{10}"), CursorPart(None, form=r"\d{10}"), CursorPart(Label.AGENCY)),
)
EDGES = MapList("edges", ("source", "target", "sharedMemoranda", "sharedMeasures"), "{source}.id, {target}.id")
"""The edges of the network, by the codes of their ends."""


@dataclass(frozen=True)
class AgencyLinks:
    """The links of an agency as a connection, strongest first. The agency is that of the argument `agency` or, with
    `bound`, the one in the role `self`, on the day in the role `day`."""

    bound: bool = False

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        code = None if self.bound else known_code("agency", Label.AGENCY, selected, writer)
        agency = scope[SELF] if self.bound else "agency"
        day = scope[DAY] if self.bound else writer.day(selected)

        def source(_page: Page) -> None:
            if code:
                writer.line(f"MATCH (agency:{Label.AGENCY}) WHERE agency.code IN {code}")
            writer.line(coverage.links(agency, day))

        imports = [agency] if self.bound else []
        return write_connection(selected, imports, ["other", "memoranda", "sharedMeasures"], _STRONGEST, source, writer)


@dataclass(frozen=True)
class AgencyNetwork:
    """Root field `agencyNetwork`: the list `edges`, from which both nodes and edges are answered."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        least = writer.parameter_from(selected, _least)
        of_level = writer.argument(selected, "level") if writer.has(selected, "level") else None
        with writer.call("network") as name:
            write_nodes(Label.AGENCY, "agency", writer)
            if of_level:
                writer.line(f"AND agency.level = {of_level}")
            writer.line(coverage.links("agency", writer.day(selected)))
            # Each pair once, the lower code first; ids sort like codes.
            writer.line(f"WHERE agency.id < other.id AND size(memoranda) >= {least}")
            if of_level:
                writer.line(f"AND other.level = {of_level}")
            writer.line("WITH agency AS source, other AS target, memoranda, sharedMeasures")
            writer.line(
                "WITH collect({source: source, target: target, sharedMemoranda: size(memoranda), "
                "sharedMeasures: sharedMeasures}) AS edges"
            )
            writer.line(f"RETURN {writer.map(selected.children(None), {'edges': 'edges'})} AS {name}")
        return name


def _least(arguments: Arguments) -> int:
    least = arguments.get("minSharedMemoranda")
    least = 1 if least is None else least
    if least < 0:
        raise InputError(f"minSharedMemoranda: {least} is negative: 0 shows every link, 1 those of memoranda")
    return int(least)


@dataclass(frozen=True)
class NetworkNodes:
    """The agencies with an edge, by code, with the number of their edges and the sum of their shared memoranda."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        with writer.call("list", [scope["edges"]]) as name:
            writer.line(f"UNWIND {scope['edges']} AS edge")
            writer.line("UNWIND [edge.source, edge.target] AS agency")
            writer.line("WITH agency, count(*) AS degree, sum(edge.sharedMemoranda) AS strength")
            roles = {role: role for role in ("agency", "degree", "strength")}
            return_rows(selected, roles, "agency.id", name, writer)
        return name
