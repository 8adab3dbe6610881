"""红黑名单."""

import strawberry

from api.schema.enums import ListColor
from api.schema.fields import confidence, fetched, source, stored
from graph.model import Label, Rel
from graph.statements.fetch import Related

from .node import Node
from .references import AgencyRef, MemorandumRef


@strawberry.type(description="Red or black list 红黑名单.")
class CreditList(Node):
    """A list."""

    code: str = stored("code", "Code 编码.")
    name: str = stored("name", "Name 名称.")
    color: ListColor = stored("color", "Colour 颜色.")
    recognizing_agency: AgencyRef = fetched(
        Related(Rel.RECOGNIZED_BY, "->", Label.AGENCY, one=True), "The agency that keeps it 认定部门."
    )
    memoranda: list[MemorandumRef] = fetched(
        Related(Rel.GOVERNS, "<-", Label.MEMORANDUM), "The memoranda that govern it 适用的备忘录."
    )
    is_public: bool = stored("isPublic", "Whether it is published 是否公开.")
    validity_months: int | None = stored("validityMonths", "Months that a listing lasts 有效期（月）.")
    source: str | None = source()
    confidence: str | None = confidence()
