"""The types of `measurePaths` and `shortestPath` 措施路径."""

import strawberry

from api.schema.fields import fetch_field
from graph.queries.paths import Steps
from graph.queries.shortest_path import GraphSteps, Length
from graph.statements.fetch import BoundNode, Property, SameScope

from .applicable import Ground
from .node import Node
from .references import AgencyRef, DivisionRef, MeasureRef, PowerItemRef


@strawberry.type(description="One node of a path 路径节点.")
class PathStep:
    """A step. The fetch of a path returns its steps with all their parts."""

    relationship: str | None = strawberry.field(
        description="How this node was reached 关系类型; null for the first. GATES is rule 6, the others are stored."
    )
    node: Node = strawberry.field(description="The node 节点.")


@strawberry.type(
    description="Measure path 措施路径 (rule 10): subject, ground, measure, power item, and the office that acts."
)
class MeasurePath:
    """A measure path."""

    steps: list[PathStep] = fetch_field(Steps(), "The nodes from the subject to the agency 路径.")
    ground: Ground = fetch_field(SameScope(), "Why the measure applies 依据.")
    measure: MeasureRef = fetch_field(BoundNode("measure"), "The measure 措施.")
    power_item: PowerItemRef | None = fetch_field(
        BoundNode("item", nullable=True), "The power item that it gates 权责事项; null where it gates none."
    )
    division: DivisionRef | None = fetch_field(
        BoundNode("division", nullable=True), "The division that handles it 承办处室."
    )
    agency: AgencyRef = fetch_field(BoundNode("agency"), "The agency that acts 实施部门.")
    legal_bases: list[str] = fetch_field(
        Property("legalBases", role="measure", many=True), "Legal bases of the measure 相关依据."
    )


@strawberry.type(description="Path between two nodes of the catalogue 图路径.")
class GraphPath:
    """A path of any kind."""

    length: int = fetch_field(Length(), "How many relationships it has 步数.")
    steps: list[PathStep] = fetch_field(GraphSteps(), "The nodes from one end to the other 路径.")
