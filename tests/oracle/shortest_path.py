"""The shortest path between two nodes, over the reading: along relationships in both directions, through the catalogue
only."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.oracle.rows import Tables
from tests.oracle.rules import UnknownCode

Node = tuple[str, str]  # label and key: the code, the listing number, the identifier

BETWEEN = {"Memorandum", "Measure", "PowerItem", "CreditList", "Agency"}


@dataclass(frozen=True, slots=True)
class GraphPath:
    """The nodes from the first to the last, and the types of the relationships between them, one fewer."""

    nodes: list[Node]
    relationships: list[str]


class Neighbours:
    """The nodes and relationships of the rows in `tables`; built once, used often."""

    def __init__(self, tables: Tables) -> None:
        self.types: dict[Node, dict[Node, list[str]]] = defaultdict(lambda: defaultdict(list))
        for start, relationship, end in _relationships(tables):
            self.types[start][end].append(relationship)
            self.types[end][start].append(relationship)
        self.nodes = set(_nodes(tables))


def shortest_path(graph: Neighbours, start: Node, end: Node, max_hops: int = 6) -> GraphPath | None:
    """The shortest path of at most that many steps, or None. The path from a node to itself has no steps.

    Of several of one length, the one whose nodes come first, step by step, by the UTF-8 bytes of "Label:key"; of two
    relationships between two nodes, the type that comes first. Raises ValueError unless max_hops is 0 to 10,
    UnknownCode for an unknown node.
    """
    if not 0 <= max_hops <= 10:
        raise ValueError(f"max_hops is 0 to 10, not {max_hops}")
    for node in (start, end):
        if node not in graph.nodes:
            raise UnknownCode(":".join(node))
    left = _distances(graph, start, end)
    if start not in left or left[start] > max_hops:
        return None
    nodes = [start]
    relationships = []
    while nodes[-1] != end:
        here = nodes[-1]
        nearer = [n for n in graph.types[here] if left.get(n) == left[here] - 1 and (n == end or n[0] in BETWEEN)]
        nodes.append(min(nearer, key=lambda n: ":".join(n).encode()))
        relationships.append(min(graph.types[here][nodes[-1]]))
    return GraphPath(nodes, relationships)


def _distances(graph: Neighbours, start: Node, end: Node) -> dict[Node, int]:
    """The number of steps to the end, from the start and from all nodes that may lie between."""
    left = {end: 0}
    frontier = [end]
    while frontier and start not in left:
        found = []
        for node in frontier:
            for other in graph.types[node]:
                if other not in left and (other == start or other[0] in BETWEEN):
                    left[other] = left[node] + 1
                    found.append(other)
        frontier = found
    return left


def _nodes(t: Tables) -> Iterator[Node]:
    tables: dict[str, Iterable[str]] = {
        "Region": t.regions,
        "Agency": t.agencies,
        "Division": t.divisions,
        "Memorandum": t.memoranda,
        "CreditList": t.lists,
        "Measure": t.measures,
        "PowerItem": t.power_items,
        "Entity": t.entities,
        "Listing": t.listings,
    }
    for label, table in tables.items():
        for key in table:
            yield label, key


def _relationships(t: Tables) -> Iterator[tuple[Node, str, Node]]:
    for region in t.regions.values():
        if region.parent:
            yield ("Region", region.code), "PART_OF", ("Region", region.parent)
    for agency in t.agencies.values():
        here = ("Agency", agency.code)
        if agency.region:
            yield here, "IN_REGION", ("Region", agency.region)
        if agency.parent:
            yield here, "SUBORDINATE_TO", ("Agency", agency.parent)
        if agency.successor:
            yield here, "SUCCEEDED_BY", ("Agency", agency.successor)
    for division in t.divisions.values():
        yield ("Division", division.code), "DIVISION_OF", ("Agency", division.agency)
    for memorandum in t.memoranda.values():
        here = ("Memorandum", memorandum.code)
        if memorandum.supersedes:
            yield here, "SUPERSEDES", ("Memorandum", memorandum.supersedes)
        for code in memorandum.signatories:
            yield here, "SIGNED_BY", ("Agency", code)
    for row in t.lists.values():
        here = ("CreditList", row.code)
        if row.recognizing_agency:
            yield here, "RECOGNIZED_BY", ("Agency", row.recognizing_agency)
        for code in row.memoranda:
            yield ("Memorandum", code), "GOVERNS", here
    for measure in t.measures.values():
        here = ("Measure", measure.code)
        yield ("Memorandum", measure.memorandum), "PRESCRIBES", here
        for code in measure.agencies:
            yield here, "IMPLEMENTED_BY", ("Agency", code)
        for code in measure.divisions:
            yield here, "ASSIGNED_TO", ("Division", code)
        for code in measure.power_items:
            yield here, "NAMES", ("PowerItem", code)
    for embedding in t.embeddings.values():
        yield ("Measure", embedding.measure), "EMBEDDED_IN", ("PowerItem", embedding.power_item)
    for item in t.power_items.values():
        here = ("PowerItem", item.code)
        yield here, "EXERCISED_BY", ("Agency", item.agency)
        if item.division:
            yield here, "HANDLED_BY", ("Division", item.division)
        if item.devolved_from:
            yield here, "DEVOLVED_FROM", ("PowerItem", item.devolved_from)
        if item.region:
            yield here, "IN_REGION", ("Region", item.region)
    for entity in t.entities.values():
        if entity.region:
            yield ("Entity", entity.identifier), "IN_REGION", ("Region", entity.region)
    for affiliation in t.affiliations.values():
        yield ("Entity", affiliation.person), "AFFILIATED_WITH", ("Entity", affiliation.organization)
    for listing in t.listings.values():
        here = ("Listing", listing.listing_no)
        yield ("Entity", listing.entity), "HAS_LISTING", here
        yield here, "ON_LIST", ("CreditList", listing.list)
