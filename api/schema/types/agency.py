"""The type Agency 部门."""

import datetime as dt

import strawberry

from api.schema.arguments import ByNature, OfScene
from api.schema.enums import AgencyLevel
from api.schema.fields import confidence, fetch_field, property_field, query_field, source
from graph.model import Label, Rel
from graph.statements.fetch import Related, equals

from .node import Node
from .references import AgencyRef, CreditListRef, DivisionRef, MeasureRef, MemorandumRef, PowerItemRef, RegionRef


@strawberry.type(
    description="Agency 部门: signs memoranda, recognizes lists, implements measures, exercises power items."
)
class Agency(Node):
    """An agency."""

    code: str = property_field("code", "Code 编码.")
    name: str = property_field("name", "Full name 全称.")
    short_name: str | None = property_field("shortName", "Short name 简称.")
    level: AgencyLevel = property_field("level", "Level 层级.")
    region: RegionRef = fetch_field(Related(Rel.IN_REGION, "->", Label.REGION, one=True), "Where it acts 所在区划.")
    parent: AgencyRef | None = fetch_field(
        Related(Rel.SUBORDINATE_TO, "->", Label.AGENCY, one=True), "The agency above it 上级部门."
    )
    successor: AgencyRef | None = fetch_field(
        Related(Rel.SUCCEEDED_BY, "->", Label.AGENCY, one=True), "The agency that took over its duties 承继部门."
    )
    predecessors: list[AgencyRef] = fetch_field(
        Related(Rel.SUCCEEDED_BY, "<-", Label.AGENCY), "The agencies whose duties it took over 原部门."
    )
    valid_to: dt.date | None = property_field("validTo", "The day from which it no longer exists 撤销日期.", date=True)
    children: list[AgencyRef] = fetch_field(
        Related(Rel.SUBORDINATE_TO, "<-", Label.AGENCY), "The agencies below it 下级部门."
    )
    divisions: list[DivisionRef] = fetch_field(Related(Rel.DIVISION_OF, "<-", Label.DIVISION), "Its divisions 处室.")
    memoranda: list[MemorandumRef] = fetch_field(
        Related(Rel.SIGNED_BY, "<-", Label.MEMORANDUM), "The memoranda that it signed 签署的备忘录."
    )
    credit_lists: list[CreditListRef] = fetch_field(
        Related(Rel.RECOGNIZED_BY, "<-", Label.CREDIT_LIST), "The lists that it keeps 认定的名单."
    )

    @query_field(Related(Rel.IMPLEMENTED_BY, "<-", Label.MEASURE, where=(equals("nature", "nature"),)))
    def measures(self, nature: ByNature = None) -> list[MeasureRef]:
        """The measures that it implements 实施的措施."""

    @query_field(Related(Rel.EXERCISED_BY, "<-", Label.POWER_ITEM, where=(equals("scene", "scene"),)))
    def power_items(self, scene: OfScene = None) -> list[PowerItemRef]:
        """The power items that it exercises 权责事项."""

    source: str | None = source()
    confidence: str | None = confidence()
