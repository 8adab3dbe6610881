"""部门."""

import datetime as dt

import strawberry

from api.schema.arguments import ByNature, OfScene
from api.schema.enums import AgencyLevel
from api.schema.fields import answered, confidence, fetched, source, stored
from graph.model import Label, Rel
from graph.statements.fetch import Related, equals

from .node import Node
from .references import AgencyRef, CreditListRef, DivisionRef, MeasureRef, MemorandumRef, PowerItemRef, RegionRef


@strawberry.type(
    description="Agency 部门: signs memoranda, recognizes lists, implements measures, exercises power items."
)
class Agency(Node):
    """An agency."""

    code: str = stored("code", "Code 编码.")
    name: str = stored("name", "Full name 全称.")
    short_name: str | None = stored("shortName", "Short name 简称.")
    level: AgencyLevel = stored("level", "Level 层级.")
    region: RegionRef = fetched(Related(Rel.IN_REGION, "->", Label.REGION, one=True), "Where it acts 所在区划.")
    parent: AgencyRef | None = fetched(
        Related(Rel.SUBORDINATE_TO, "->", Label.AGENCY, one=True), "The agency above it 上级部门."
    )
    successor: AgencyRef | None = fetched(
        Related(Rel.SUCCEEDED_BY, "->", Label.AGENCY, one=True), "The agency that took its duties over 承继部门."
    )
    predecessors: list[AgencyRef] = fetched(
        Related(Rel.SUCCEEDED_BY, "<-", Label.AGENCY), "The agencies whose duties it took over 原部门."
    )
    valid_to: dt.date | None = stored("validTo", "The day from which it is no more 撤销日期.", date=True)
    children: list[AgencyRef] = fetched(
        Related(Rel.SUBORDINATE_TO, "<-", Label.AGENCY), "The agencies below it 下级部门."
    )
    divisions: list[DivisionRef] = fetched(Related(Rel.DIVISION_OF, "<-", Label.DIVISION), "Its divisions 处室.")
    memoranda: list[MemorandumRef] = fetched(
        Related(Rel.SIGNED_BY, "<-", Label.MEMORANDUM), "The memoranda that it signed 签署的备忘录."
    )
    credit_lists: list[CreditListRef] = fetched(
        Related(Rel.RECOGNIZED_BY, "<-", Label.CREDIT_LIST), "The lists that it keeps 认定的名单."
    )

    @answered(Related(Rel.IMPLEMENTED_BY, "<-", Label.MEASURE, where=(equals("nature", "nature"),)))
    def measures(self, nature: ByNature = None) -> list[MeasureRef]:
        """The measures that it implements 实施的措施."""

    @answered(Related(Rel.EXERCISED_BY, "<-", Label.POWER_ITEM, where=(equals("scene", "scene"),)))
    def power_items(self, scene: OfScene = None) -> list[PowerItemRef]:
        """The power items that it exercises 权责事项."""

    source: str | None = source()
    confidence: str | None = confidence()
