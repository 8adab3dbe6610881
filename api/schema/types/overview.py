"""部门概览."""

import strawberry

from api.schema.arguments import After, Before, First, Last
from api.schema.enums import MeasureNature, Scene
from api.schema.fields import fetch_field, query_field
from graph.queries.agency_links import AgencyLinks
from graph.queries.coverage import CoverageOf
from graph.queries.overview import (
    ITEMS_BY_SCENE,
    MEASURES_BY_CATEGORY,
    MEASURES_BY_NATURE,
    MEMORANDA_IN_FORCE,
    ListsThatReach,
)
from graph.statements.fetch import SELF, BoundNode, Variable

from .connection import Connection
from .coverage import Coverage
from .links import AgencyLink
from .references import AgencyRef, CreditListRef, MemorandumRef


@strawberry.type(description="Measures of one nature, counted 按性质统计.")
class NatureCount:
    """A count by nature."""

    nature: MeasureNature = fetch_field(Variable("value"), "The nature 措施性质.")
    count: int = fetch_field(Variable("count"), "How many 数量.")


@strawberry.type(description="Measures of one category, counted 按类别统计.")
class CategoryCount:
    """A count by category."""

    category: str = fetch_field(Variable("value"), "The category 措施类别.")
    count: int = fetch_field(Variable("count"), "How many 数量.")


@strawberry.type(description="Power items of one scene, counted 按场景统计.")
class SceneCount:
    """A count by scene."""

    scene: Scene = fetch_field(Variable("value"), "The scene 业务场景.")
    count: int = fetch_field(Variable("count"), "How many 数量.")


@strawberry.type(description="The overview of a department 部门概览.")
class AgencyOverview:
    """An overview of an agency on a day."""

    agency: AgencyRef = fetch_field(BoundNode(SELF), "The agency 部门.")
    memoranda: list[MemorandumRef] = fetch_field(
        MEMORANDA_IN_FORCE, "The memoranda in force that it signed 签署的有效备忘录."
    )
    measures_by_nature: list[NatureCount] = fetch_field(
        MEASURES_BY_NATURE,
        "The measures of memoranda in force that it implements 措施, by nature, most first.",
    )
    measures_by_category: list[CategoryCount] = fetch_field(
        MEASURES_BY_CATEGORY, "The same 措施, by category, most first."
    )
    items_by_scene: list[SceneCount] = fetch_field(
        ITEMS_BY_SCENE, "The power items that it exercises 权责事项, by scene."
    )
    coverage: Coverage = fetch_field(CoverageOf(bound=True), "Coverage of its power items 覆盖情况 (rule 11).")
    lists: list[CreditListRef] = fetch_field(
        ListsThatReach(), "The lists that bring a measure it implements 涉及的名单, by code."
    )

    @query_field(AgencyLinks(bound=True))
    def links(
        self, first: First = 5, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[AgencyLink]:
        """Its links with other agencies 部门关联 (rule 12), strongest first."""
