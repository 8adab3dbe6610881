"""The type CreditList 红黑名单."""

import strawberry

from api.schema.enums import ListColor
from api.schema.fields import confidence, fetch_field, property_field, source
from graph.model import Label, Rel
from graph.statements.fetch import Related

from .node import Node
from .references import AgencyRef, MemorandumRef


@strawberry.type(description="Red or black list 红黑名单.")
class CreditList(Node):
    """A list."""

    code: str = property_field("code", "Code 编码.")
    name: str = property_field("name", "Name 名称.")
    color: ListColor = property_field("color", "Colour 颜色.")
    recognizing_agency: AgencyRef = fetch_field(
        Related(Rel.RECOGNIZED_BY, "->", Label.AGENCY, one=True), "The agency that keeps it 认定部门."
    )
    memoranda: list[MemorandumRef] = fetch_field(
        Related(Rel.GOVERNS, "<-", Label.MEMORANDUM), "The memoranda that govern it 适用的备忘录."
    )
    is_public: bool = property_field("isPublic", "Whether it is published 是否公开.")
    validity_months: int | None = property_field("validityMonths", "Months that a listing lasts 有效期（月）.")
    source: str | None = source()
    confidence: str | None = confidence()
