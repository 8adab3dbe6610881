"""The types of `changes` 变化: the differences between two days."""

import datetime as dt

import strawberry

from api.schema.fields import fetch_field
from graph.model import Label, Rel
from graph.queries.changes import FROM, MEASURES_AT_END, TO, Changed, Handovers, Side, SubjectsTouched
from graph.statements.fetch import SELF, BoundNode, Property, Related, Variable

from .references import AgencyRef, MeasureRef, MemorandumRef, PowerItemRef


@strawberry.type(description="What is in effect on one day and not on the other 变化内容.")
class ChangeSet:
    """One side of the changes."""

    memoranda: list[MemorandumRef] = fetch_field(Changed(Label.MEMORANDUM), "Memoranda, by being in force 备忘录.")
    measures: list[MeasureRef] = fetch_field(Changed(Label.MEASURE), "Measures, with their memoranda 措施.")
    power_items: list[PowerItemRef] = fetch_field(
        Changed(Label.POWER_ITEM), "Power items, by being covered 权责事项 (rule 11)."
    )


@strawberry.type(description="Duties that passed from an abolished agency to its successor 职责承继.")
class Handover:
    """A change of hands."""

    agency: AgencyRef = fetch_field(BoundNode(SELF), "The abolished agency 原部门.")
    successor: AgencyRef = fetch_field(BoundNode("successor"), "The agency that took over 承继部门.")
    on: dt.date = fetch_field(Property("validTo", date=True), "The day from which it no longer exists 撤销日期.")
    measures: list[MeasureRef] = fetch_field(
        MEASURES_AT_END, "Its measures of memoranda in force on the later day 措施."
    )
    power_items: list[PowerItemRef] = fetch_field(
        Related(Rel.EXERCISED_BY, "<-", Label.POWER_ITEM), "The power items that it exercised 权责事项."
    )


@strawberry.type(description="The differences between two days 变化; changes undone in between are not included.")
class Changes:
    """The changes between two days."""

    from_: dt.date = fetch_field(Variable(FROM, date=True), "The earlier day 起始日期.", name="from")
    to: dt.date = fetch_field(Variable(TO, date=True), "The later day 截止日期.")
    came_into_force: ChangeSet = fetch_field(Side(TO, FROM), "What is in effect only on the later day 新生效.")
    fell_away: ChangeSet = fetch_field(Side(FROM, TO), "What was in effect only on the earlier day 已失效.")
    changed_hands: list[Handover] = fetch_field(
        Handovers(), "Duties that passed to another agency 承继, by code of the old one."
    )
    subject_count: int = fetch_field(
        SubjectsTouched(),
        "The number of subjects to whom a new measure now applies, or an ended one applied 涉及主体数; takes time "
        "in proportion to the listings concerned.",
    )
