"""The types of `conflicts` 红黑冲突: subjects to whom rewards and other measures apply at once."""

import strawberry

from api.schema.fields import fetch_field
from graph.model import Label
from graph.queries.conflicts import CommonItems
from graph.statements.fetch import BoundNode, NodeList

from .references import EntityRef, MeasureRef, PowerItemRef


@strawberry.type(description="A subject to whom both a reward and a black measure apply 红黑冲突.")
class Conflict:
    """A conflict."""

    subject: EntityRef = fetch_field(BoundNode("entity"), "The subject 信用主体.")
    rewards: list[MeasureRef] = fetch_field(
        NodeList("rewards", Label.MEASURE), "The applicable measures that reward 激励措施."
    )
    others: list[MeasureRef] = fetch_field(NodeList("others", Label.MEASURE), "The other applicable measures 惩戒措施.")
    power_items: list[PowerItemRef] = fetch_field(CommonItems(), "The power items that one of each gates 冲突事项.")
