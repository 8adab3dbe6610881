"""What applies to a subject: measures with their grounds, and the departments that implement them."""

import strawberry

from api.schema.enums import Via
from api.schema.fields import fetch_field
from graph.model import Label
from graph.queries.applicable_measures import GATED_ITEMS, GROUNDS, OwnItems
from graph.statements.fetch import BoundNode, Count, NodeList, Variable

from .references import AffiliationRef, AgencyRef, CreditListRef, ListingRef, MeasureRef, MemorandumRef, PowerItemRef


@strawberry.type(description="Ground 依据: why a measure applies (rules 3 and 4).")
class Ground:
    """A ground."""

    via: Via = fetch_field(Variable("via"), "How it reaches the subject 途径.")
    listing: ListingRef = fetch_field(BoundNode("listing"), "The active listing 名单记录.")
    list: CreditListRef = fetch_field(BoundNode("list"), "The list 名单.")
    memorandum: MemorandumRef = fetch_field(BoundNode("memorandum"), "The memorandum in force 备忘录.")
    affiliation: AffiliationRef | None = fetch_field(
        BoundNode("affiliation", {"organization": "organization"}, nullable=True),
        "The role through which it reaches the subject 关联关系; null for a direct ground.",
    )


@strawberry.type(
    description="A measure that applies to the subject 适用措施 (rule 5), answered once, with all its grounds."
)
class ApplicableMeasure:
    """An applicable measure."""

    measure: MeasureRef = fetch_field(BoundNode("measure"), "The measure 措施.")
    grounds: list[Ground] = fetch_field(GROUNDS, "Why it applies 依据; at least one.")
    power_items: list[PowerItemRef] = fetch_field(GATED_ITEMS, "The power items that it gates 权责事项 (rule 6).")


@strawberry.type(description="A department that applies to the subject 适用部门 (rule 7).")
class ApplicableAgency:
    """An agency that implements an applicable measure."""

    agency: AgencyRef = fetch_field(BoundNode("agency"), "The agency 部门.")
    measure_count: int = fetch_field(Count("measures"), "How many applicable measures it implements 措施数.")
    measures: list[MeasureRef] = fetch_field(
        NodeList("measures", Label.MEASURE), "The applicable measures that it implements 措施."
    )
    power_items: list[PowerItemRef] = fetch_field(
        OwnItems(), "Its own power items that those measures gate 本部门权责事项."
    )
