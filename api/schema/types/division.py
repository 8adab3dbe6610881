"""The type Division 处室."""

import strawberry

from api.schema.fields import confidence, fetch_field, property_field, source
from graph.model import Label, Rel
from graph.statements.fetch import Related

from .node import Node
from .references import AgencyRef, MeasureRef, PowerItemRef


@strawberry.type(description="Division 处室 of an agency.")
class Division(Node):
    """A division."""

    code: str = property_field("code", "Code 编码.")
    name: str = property_field("name", "Name 名称.")
    agency: AgencyRef = fetch_field(
        Related(Rel.DIVISION_OF, "->", Label.AGENCY, one=True), "The agency that it belongs to 所属部门."
    )
    measures: list[MeasureRef] = fetch_field(
        Related(Rel.ASSIGNED_TO, "<-", Label.MEASURE), "The measures that name it 关联措施."
    )
    power_items: list[PowerItemRef] = fetch_field(
        Related(Rel.HANDLED_BY, "<-", Label.POWER_ITEM), "The power items that it handles 承办权责事项."
    )
    source: str | None = source()
    confidence: str | None = confidence()
