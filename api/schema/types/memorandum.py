"""备忘录."""

import datetime as dt
from typing import Annotated

import strawberry

from api.schema.arguments import ByNature, described
from api.schema.enums import MemorandumKind
from api.schema.fields import confidence, fetch_field, property_field, query_field, source
from graph.model import Label, Rel
from graph.queries.neighbours import MEMORANDUM_IN_FORCE
from graph.statements.fetch import Related, equals

from .node import Node
from .references import AgencyRef, CreditListRef, MeasureRef, MemorandumRef


@strawberry.type(description="Memorandum 合作备忘录: attaches measures to lists.")
class Memorandum(Node):
    """A memorandum."""

    code: str = property_field("code", "Code 编码.")
    title: str = property_field("title", "Title 标题.")
    doc_number: str = property_field("docNumber", "Document number 文号, as given.")
    kind: MemorandumKind = property_field("kind", "Whether it rewards, punishes or both 类别.")
    field: str = property_field("field", "Field 领域.")
    issued_on: dt.date = property_field("issuedOn", "Date of issue 印发日期.", date=True)
    effective_from: dt.date = property_field("effectiveFrom", "First day of effect 施行日期.", date=True)
    effective_to: dt.date | None = property_field(
        "effectiveTo", "The day from which it has no effect 失效日期.", date=True
    )
    supersedes: MemorandumRef | None = fetch_field(
        Related(Rel.SUPERSEDES, "->", Label.MEMORANDUM, one=True), "The memorandum that it replaces 所替代的备忘录."
    )
    superseded_by: MemorandumRef | None = fetch_field(
        Related(Rel.SUPERSEDES, "<-", Label.MEMORANDUM, one=True),
        "The memorandum that replaces it 替代它的备忘录; the first by code where several do.",
    )
    signatories: list[AgencyRef] = fetch_field(
        Related(Rel.SIGNED_BY, "->", Label.AGENCY), "The agencies that signed it 签署部门."
    )
    lists: list[CreditListRef] = fetch_field(
        Related(Rel.GOVERNS, "->", Label.CREDIT_LIST), "The lists that it governs 所辖名单."
    )

    @query_field(Related(Rel.PRESCRIBES, "->", Label.MEASURE, where=(equals("nature", "nature"),)))
    def measures(self, nature: ByNature = None) -> list[MeasureRef]:
        """The measures that it prescribes 措施."""

    @query_field(MEMORANDUM_IN_FORCE)
    def in_force(
        self,
        on: Annotated[dt.date | None, described("The day 时点; today by default.")] = None,
    ) -> bool:
        """Whether it is in force 是否有效 (rule 2)."""

    source: str | None = source()
    confidence: str | None = confidence()
