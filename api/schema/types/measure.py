"""措施."""

from typing import Annotated

import strawberry

from api.schema.arguments import described
from api.schema.enums import MeasureNature
from api.schema.fields import confidence, fetch_field, property_field, query_field, source
from graph.model import Label, Rel
from graph.queries.neighbours import EMBEDDINGS_OF_MEASURE, ITEMS_GATED
from graph.statements.fetch import Related

from .node import Node
from .references import AgencyRef, DivisionRef, EmbeddingRef, MemorandumRef, PowerItemRef


@strawberry.type(description="Measure 措施: what agencies do to or for a listed subject.")
class Measure(Node):
    """A measure, with the seven columns that the plan prescribes."""

    code: str = property_field("code", "Code 编码.")
    number: int = property_field("number", "Its number in the memorandum 序号.")
    category: str = property_field("category", "Category 措施类别.")
    nature: MeasureNature = property_field("nature", "Nature 措施性质.")
    content: str = property_field("content", "Content 措施内容.")
    targets: list[str] = property_field(
        "targets", "Whom it targets 激励/惩戒对象: entity kinds and affiliation roles, in the order of the dataset."
    )
    memorandum: MemorandumRef = fetch_field(
        Related(Rel.PRESCRIBES, "<-", Label.MEMORANDUM, one=True), "The memorandum that prescribes it 备忘录."
    )
    agencies: list[AgencyRef] = fetch_field(
        Related(Rel.IMPLEMENTED_BY, "->", Label.AGENCY), "The agencies that implement it 实施部门."
    )
    divisions: list[DivisionRef] = fetch_field(
        Related(Rel.ASSIGNED_TO, "->", Label.DIVISION), "The divisions that it names 关联处室."
    )

    @query_field(ITEMS_GATED)
    def power_items(
        self,
        include_devolved: Annotated[
            bool | None, described("Also the items devolved from those it names 含下放事项.")
        ] = True,
    ) -> list[PowerItemRef]:
        """The power items that it gates 权责事项 (rule 6)."""

    embeddings: list[EmbeddingRef] = fetch_field(
        EMBEDDINGS_OF_MEASURE, "Where it is built into the handling of an item 嵌入."
    )
    legal_bases: list[str] = property_field("legalBases", "Legal bases 相关依据, as given.", many=True)
    source: str | None = source()
    confidence: str | None = confidence()
