"""权责事项, and the measures embedded in its handling."""

import datetime as dt

import strawberry

from api.schema.arguments import PrescribedInForceOn
from api.schema.enums import Scene
from api.schema.fields import confidence, fetch_field, property_field, query_field, source
from graph.model import Label, Rel
from graph.queries.neighbours import EMBEDDINGS_IN_ITEM, GATING_MEASURES
from graph.statements.fetch import BoundNode, Related

from .node import Node
from .references import AgencyRef, DivisionRef, MeasureRef, PowerItemRef, RegionRef


@strawberry.type(description="Embedding 嵌入: a measure built into one step of the handling of a power item.")
class Embedding:
    """An embedding."""

    measure: MeasureRef = fetch_field(BoundNode("measure"), "The measure 措施.")
    power_item: PowerItemRef = fetch_field(BoundNode("powerItem"), "The power item 权责事项.")
    step: str = property_field("step", "Step of the handling 嵌入环节.")
    mode: str = property_field("mode", "How 嵌入方式: API, PAGE_EMBED or MANUAL_QUERY.")
    status: str = property_field("status", "PLANNED or LIVE 嵌入状态.")
    since: dt.date = property_field("since", "Since when 启用日期.", date=True)
    source: str | None = source()
    confidence: str | None = confidence()


@strawberry.type(description="Power item 权责事项: what an agency may decide or must do.")
class PowerItem(Node):
    """A power item."""

    code: str = property_field("code", "Code 编码.")
    name: str = property_field("name", "Name 名称.")
    type: str = property_field("type", "Type 事项类型.")
    scene: Scene = property_field("scene", "Business scene 业务场景.")
    agency: AgencyRef = fetch_field(
        Related(Rel.EXERCISED_BY, "->", Label.AGENCY, one=True), "The agency that exercises it 实施部门."
    )
    division: DivisionRef | None = fetch_field(
        Related(Rel.HANDLED_BY, "->", Label.DIVISION, one=True), "The division that handles it 承办处室."
    )
    region: RegionRef = fetch_field(
        Related(Rel.IN_REGION, "->", Label.REGION, one=True), "Where it is exercised 实施区划."
    )
    devolved_from: PowerItemRef | None = fetch_field(
        Related(Rel.DEVOLVED_FROM, "->", Label.POWER_ITEM, one=True), "The item that it was devolved from 下放自."
    )
    devolved_to: list[PowerItemRef] = fetch_field(
        Related(Rel.DEVOLVED_FROM, "<-", Label.POWER_ITEM), "The items devolved from it 下放至."
    )
    is_key_item: bool = property_field("isKeyItem", "Whether it is a key item 重点事项.")

    @query_field(GATING_MEASURES)
    def measures(self, in_force_on: PrescribedInForceOn = None) -> list[MeasureRef]:
        """The measures that gate it 适用措施 (rule 6)."""

    embeddings: list[Embedding] = fetch_field(EMBEDDINGS_IN_ITEM, "The measures built into its handling 嵌入.")
    source: str | None = source()
    confidence: str | None = confidence()
