"""覆盖情况."""

import strawberry

from api.schema.arguments import After, Before, First, Last
from api.schema.fields import fetch_field, query_field
from graph.model import Label, Rel
from graph.queries.coverage import ItemCount, Unattached, Uncovered, list_without_memoranda, measure_without_items

from .connection import Connection
from .power_item import PowerItem
from .references import CreditListRef, MeasureRef


@strawberry.type(description="The power items that measures reach, and what reaches nothing 覆盖情况 (rule 11).")
class Coverage:
    """Coverage of everything, of an agency, or of a region."""

    power_item_count: int = fetch_field(ItemCount(), "How many power items there are 权责事项数.")
    covered_count: int = fetch_field(
        ItemCount("row.covered"), "How many a measure of a memorandum in force gates 已覆盖事项数."
    )
    embedded_count: int = fetch_field(
        ItemCount("row.embedded"), "In how many such a measure is embedded and live 已嵌入事项数."
    )
    key_item_count: int = fetch_field(ItemCount("row.item.isKeyItem"), "How many are key items 重点事项数.")
    covered_key_item_count: int = fetch_field(
        ItemCount("row.covered AND row.item.isKeyItem"), "How many key items are covered 已覆盖重点事项数."
    )

    @query_field(Uncovered())
    def uncovered_power_items(
        self, first: First = 20, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[PowerItem]:
        """The items that are not covered 未覆盖事项, by code."""

    measures_without_power_items: list[MeasureRef] = fetch_field(
        Unattached(Label.MEASURE, Rel.IMPLEMENTED_BY, measure_without_items),
        "Measures of memoranda in force that gate no item 无权责事项的措施.",
    )
    lists_without_memoranda: list[CreditListRef] = fetch_field(
        Unattached(Label.CREDIT_LIST, Rel.RECOGNIZED_BY, list_without_memoranda),
        "Lists that no memorandum in force governs 无备忘录的名单.",
    )
