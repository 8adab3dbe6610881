"""权责事项, and the measures embedded in its handling."""

import datetime as dt

import strawberry

from api.schema.arguments import PrescribedInForceOn
from api.schema.enums import Scene
from api.schema.fields import answered, confidence, fetched, source, stored
from graph.model import Label, Rel
from graph.rules.applicability import gates, prescribed_in_force
from graph.statements.fetch import SELF, Bound, Matched, Related
from graph.statements.statement import Scope, Selected, Writer

from .node import Node
from .references import AgencyRef, DivisionRef, MeasureRef, PowerItemRef, RegionRef


def _in_force_on(scope: Scope, selected: Selected, writer: Writer) -> str | None:
    if not writer.has(selected, "inForceOn"):
        return None
    return prescribed_in_force(scope[SELF], writer.day(selected, "inForceOn"))


@strawberry.type(description="Embedding 嵌入: a measure built into one step of the handling of a power item.")
class Embedding:
    """An embedding."""

    measure: MeasureRef = fetched(Bound("measure"), "The measure 措施.")
    power_item: PowerItemRef = fetched(Bound("powerItem"), "The power item 权责事项.")
    step: str = stored("step", "Step of the handling 嵌入环节.")
    mode: str = stored("mode", "How 嵌入方式: API, PAGE_EMBED or MANUAL_QUERY.")
    status: str = stored("status", "PLANNED or LIVE 嵌入状态.")
    since: dt.date = stored("since", "Since when 启用日期.", date=True)
    source: str | None = source()
    confidence: str | None = confidence()


@strawberry.type(description="Power item 权责事项: what an agency may decide or must do.")
class PowerItem(Node):
    """A power item."""

    code: str = stored("code", "Code 编码.")
    name: str = stored("name", "Name 名称.")
    type: str = stored("type", "Type 事项类型.")
    scene: Scene = stored("scene", "Business scene 业务场景.")
    agency: AgencyRef = fetched(
        Related(Rel.EXERCISED_BY, "->", Label.AGENCY, one=True), "The agency that exercises it 实施部门."
    )
    division: DivisionRef | None = fetched(
        Related(Rel.HANDLED_BY, "->", Label.DIVISION, one=True), "The division that handles it 承办处室."
    )
    region: RegionRef = fetched(Related(Rel.IN_REGION, "->", Label.REGION, one=True), "Where it is exercised 实施区划.")
    devolved_from: PowerItemRef | None = fetched(
        Related(Rel.DEVOLVED_FROM, "->", Label.POWER_ITEM, one=True), "The item that it was devolved from 下放自."
    )
    devolved_to: list[PowerItemRef] = fetched(
        Related(Rel.DEVOLVED_FROM, "<-", Label.POWER_ITEM), "The items devolved from it 下放至."
    )
    is_key_item: bool = stored("isKeyItem", "Whether it is a key item 重点事项.")

    @answered(Matched(lambda near, far, *_: gates(far, near), Label.MEASURE, where=(_in_force_on,)))
    def measures(self, in_force_on: PrescribedInForceOn = None) -> list[MeasureRef]:
        """The measures that gate it 适用措施 (rule 6)."""

    embeddings: list[Embedding] = fetched(
        Related(
            Rel.EMBEDDED_IN,
            "<-",
            Label.MEASURE,
            through="measure",
            near="powerItem",
            order=("{measure}.code", "{self}.step"),
        ),
        "The measures built into its handling 嵌入.",
    )
    source: str | None = source()
    confidence: str | None = confidence()
