"""Rule 12 over the reading: the agencies that are linked on a day, and their network."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from tests.oracle.rules import Reading, known

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class AgencyLink:
    """The other agency, the memoranda that both signed, by code, and how many measures both implement."""

    agency: str
    memoranda: list[str]
    measures: int


@dataclass(frozen=True, slots=True)
class Node:
    """An agency, the number of its edges, and the sum of their shared memoranda."""

    agency: str
    degree: int
    strength: int


@dataclass(frozen=True, slots=True)
class Edge:
    """Two agencies, source before target by code, and the numbers of memoranda and measures that they share."""

    source: str
    target: str
    memoranda: int
    measures: int


@dataclass(frozen=True, slots=True)
class Network:
    """The nodes by code; the edges by source, then target."""

    nodes: list[Node]
    edges: list[Edge]


def agency_links(reading: Reading, agency: str, day: date) -> list[AgencyLink]:
    """Rule 12: the agencies that share a memorandum or a measure with this one; by memoranda, then measures, most
    first."""
    known(reading.tables.agencies, agency)
    links = []
    for (one, other), (memoranda, measures) in _shared(reading, day).items():
        if agency in (one, other):
            links.append(AgencyLink(other if one == agency else one, sorted(memoranda), len(measures)))
    return sorted(links, key=lambda link: (-len(link.memoranda), -link.measures, link.agency))


def agency_network(reading: Reading, day: date, min_shared_memoranda: int = 1, level: str | None = None) -> Network:
    """The edges with at least that many shared memoranda and both ends on the level, and the agencies with an edge."""
    edges = []
    for (source, target), (memoranda, measures) in sorted(_shared(reading, day).items()):
        levels = {reading.tables.agencies[source].level, reading.tables.agencies[target].level}
        if len(memoranda) >= min_shared_memoranda and (level is None or levels == {level}):
            edges.append(Edge(source, target, len(memoranda), len(measures)))
    at: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        at[edge.source].append(edge)
        at[edge.target].append(edge)
    nodes = [Node(agency, len(own), sum(edge.memoranda for edge in own)) for agency, own in sorted(at.items())]
    return Network(nodes, edges)


def _shared(reading: Reading, day: date) -> dict[Pair, tuple[set[str], set[str]]]:
    """The memoranda and measures that two agencies share on the day, for every such pair; the lower code first."""
    shared: dict[Pair, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for memorandum in reading.tables.memoranda.values():
        if reading.in_force(memorandum.code, day):
            for pair in combinations(sorted(set(memorandum.signatories)), 2):
                shared[pair][0].add(memorandum.code)
    for measure in reading.tables.measures.values():
        if reading.in_force(measure.memorandum, day):
            for pair in combinations(sorted(set(measure.agencies)), 2):
                shared[pair][1].add(measure.code)
    return shared
