"""The root fields for analysts: links between departments, changes, explanations and conflicts."""

import datetime as dt
from typing import Annotated

import strawberry

from graph.queries.agency_links import AgencyLinks
from graph.queries.agency_links import AgencyNetwork as Network
from graph.queries.changes import ChangesBetween
from graph.queries.conflicts import Conflicts
from graph.queries.coverage import CoverageOf
from graph.queries.explanation import ExplainMeasure
from graph.queries.overview import AgencyOverview as Overview
from graph.queries.shortest_path import ShortestPath

from .arguments import After, AsOf, Before, Code, First, Last, described
from .enums import AgencyLevel
from .fields import query_field
from .types.changes import Changes
from .types.conflict import Conflict
from .types.connection import Connection
from .types.coverage import Coverage
from .types.explanation import Explanation
from .types.links import AgencyLink, AgencyNetwork
from .types.overview import AgencyOverview
from .types.path import GraphPath


@strawberry.type
class AnalysisQuery:
    """What analysts can ask."""

    @query_field(AgencyLinks(), public=True)
    def agency_links(
        self,
        agency: Annotated[str, described("Code of the agency 部门.")],
        as_of: AsOf = None,
        first: First = 20,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[AgencyLink]:
        """The agencies linked with one 部门关联 (rule 12): shared memoranda, then shared measures, most first."""

    @query_field(Network(), public=True)
    def agency_network(
        self,
        as_of: AsOf = None,
        min_shared_memoranda: Annotated[
            int | None, described("Only edges with at least this many shared memoranda 共同备忘录数.")
        ] = 1,
        level: Annotated[AgencyLevel | None, described("Only agencies of this level 层级.")] = None,
    ) -> AgencyNetwork:
        """The network of all agencies 部门网络 (rule 12)."""

    @query_field(ShortestPath())
    def shortest_path(
        self,
        from_: Annotated[strawberry.ID, described("Global id of one end 起点.", name="from")],
        to: Annotated[strawberry.ID, described("Global id of the other end 终点.")],
        max_hops: Annotated[int | None, described("Largest number of relationships 最大步数, 0 to 10.")] = 6,
    ) -> GraphPath | None:
        """The shortest path between two nodes 最短路径, through memoranda, measures, power items, lists and agencies;
        null if there is none that short."""

    @query_field(CoverageOf(), public=True)
    def coverage(
        self,
        agency: Annotated[str | None, described("Only what the agency with this code is responsible for 部门.")] = None,
        region: Annotated[str | None, described("Only what belongs to the region with this code 区划.")] = None,
        as_of: AsOf = None,
    ) -> Coverage:
        """The power items that measures reach, and the measures and lists that reach nothing 覆盖情况 (rule 11)."""

    @query_field(ChangesBetween())
    def changes(
        self,
        from_: Annotated[dt.date, described("The earlier day 起始日期.", name="from")],
        to: Annotated[dt.date, described("The later day 截止日期.")],
        agency: Annotated[str | None, described("Only what concerns the agency with this code 部门.")] = None,
    ) -> Changes:
        """The differences between two days 变化: what came into force, ended or changed hands."""

    @query_field(ExplainMeasure())
    def explain(
        self,
        subject: Annotated[str, described("Identifier of the subject, as for `subject` 主体标识.")],
        measure: Annotated[str, described("Code of the measure 措施编码.")],
        as_of: AsOf = None,
    ) -> Explanation:
        """Why a measure applies to a subject, or does not 适用说明: every rule checked, with the deciding fact."""

    @query_field(Conflicts())
    def conflicts(
        self,
        as_of: AsOf = None,
        agency: Annotated[
            str | None,
            described("Only those with a conflict at an item that the agency with this code exercises 部门."),
        ] = None,
        first: First = 20,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[Conflict]:
        """Subjects to whom both a reward and a black measure apply 红黑冲突, in order of their ids."""

    @query_field(Overview(), public=True)
    def agency_overview(self, code: Code, as_of: AsOf = None) -> AgencyOverview | None:
        """The overview of a department 部门概览; null if unknown."""
