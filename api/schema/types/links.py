"""The types of `agencyLinks` and `agencyNetwork` 部门关联: how agencies are linked."""

import strawberry

from api.schema.fields import fetch_field
from graph.model import Label
from graph.queries.agency_links import EDGES, NetworkNodes
from graph.statements.fetch import BoundNode, Count, NodeList, Variable

from .references import AgencyRef, MemorandumRef


@strawberry.type(description="Link of an agency with another 部门关联 (rule 12).")
class AgencyLink:
    """A link, seen from one end."""

    agency: AgencyRef = fetch_field(BoundNode("other"), "The other agency 关联部门.")
    shared_memoranda: int = fetch_field(Count("memoranda"), "How many memoranda in force both signed 共同签署备忘录数.")
    shared_measures: int = fetch_field(
        Variable("sharedMeasures"), "How many measures of memoranda in force both implement 共同实施措施数."
    )
    memoranda: list[MemorandumRef] = fetch_field(
        NodeList("memoranda", Label.MEMORANDUM), "The memoranda that both signed 共同签署的备忘录."
    )


@strawberry.type(description="An agency in the network 网络节点.")
class AgencyNetworkNode:
    """A node of the network."""

    agency: AgencyRef = fetch_field(BoundNode("agency"), "The agency 部门.")
    degree: int = fetch_field(Variable("degree"), "How many edges it has here 关联数.")
    strength: int = fetch_field(Variable("strength"), "The sum of the shared memoranda of those edges 关联强度.")


@strawberry.type(description="A link in the network 网络边; the code of `source` comes before that of `target`.")
class AgencyNetworkEdge:
    """An edge of the network."""

    source: AgencyRef = fetch_field(BoundNode("source"), "One agency 部门.")
    target: AgencyRef = fetch_field(BoundNode("target"), "The other agency 部门.")
    shared_memoranda: int = fetch_field(
        Variable("sharedMemoranda"), "How many memoranda in force both signed 共同签署备忘录数."
    )
    shared_measures: int = fetch_field(
        Variable("sharedMeasures"), "How many measures of memoranda in force both implement 共同实施措施数."
    )


@strawberry.type(description="The network of all agencies 部门网络 (rule 12).")
class AgencyNetwork:
    """The network."""

    nodes: list[AgencyNetworkNode] = fetch_field(NetworkNodes(), "The agencies that have an edge 节点, by code.")
    edges: list[AgencyNetworkEdge] = fetch_field(EDGES, "The links 边, by the codes of their ends.")
