"""What applies to a subject: measures with their grounds, and departments."""

import strawberry

from api.schema.enums import Via
from api.schema.fields import fetched
from graph.model import Label
from graph.queries.subjects import OwnItems
from graph.rules.applicability import GROUND, GROUND_ORDER, gates
from graph.statements.fetch import Bound, Count, Held, Matched, Rows, Variable

from .references import AffiliationRef, AgencyRef, CreditListRef, ListingRef, MeasureRef, MemorandumRef, PowerItemRef


@strawberry.type(description="Ground 依据: why a measure applies (rules 3 and 4).")
class Ground:
    """A ground."""

    via: Via = fetched(Variable("via"), "How it reaches the subject 途径.")
    listing: ListingRef = fetched(Bound("listing"), "The active listing 名单记录.")
    list: CreditListRef = fetched(Bound("list"), "The list 名单.")
    memorandum: MemorandumRef = fetched(Bound("memorandum"), "The memorandum in force 备忘录.")
    affiliation: AffiliationRef | None = fetched(
        Bound("affiliation", {"organization": "organization"}, nullable=True),
        "The role through which it reaches the subject 关联关系; null for a direct ground.",
    )


@strawberry.type(
    description="A measure that applies to the subject 适用措施 (rule 5), answered once, with all its grounds."
)
class ApplicableMeasure:
    """An applicable measure."""

    measure: MeasureRef = fetched(Bound("measure"), "The measure 措施.")
    grounds: list[Ground] = fetched(Rows("grounds", GROUND, GROUND_ORDER), "Why it applies 依据; at least one.")
    power_items: list[PowerItemRef] = fetched(
        Matched(lambda near, far, *_: gates(near, far), Label.POWER_ITEM, near="measure"),
        "The power items that it gates 权责事项 (rule 6).",
    )


@strawberry.type(description="A department that applies to the subject 适用部门 (rule 7).")
class ApplicableAgency:
    """An agency that implements an applicable measure."""

    agency: AgencyRef = fetched(Bound("agency"), "The agency 部门.")
    measure_count: int = fetched(Count("measures"), "How many applicable measures it implements 措施数.")
    measures: list[MeasureRef] = fetched(
        Held("measures", Label.MEASURE), "The applicable measures that it implements 措施."
    )
    power_items: list[PowerItemRef] = fetched(
        OwnItems(), "Its own power items that those measures gate 本部门权责事项."
    )
