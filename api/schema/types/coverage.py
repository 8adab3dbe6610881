"""覆盖情况."""

import strawberry

from api.schema.arguments import After, Before, First, Last
from api.schema.fields import fetch_field, query_field
from graph.queries.coverage import (
    COVERED_ITEMS,
    COVERED_KEY_ITEMS,
    EMBEDDED_ITEMS,
    ITEMS,
    KEY_ITEMS,
    LISTS_WITHOUT_MEMORANDA,
    MEASURES_WITHOUT_ITEMS,
    Uncovered,
)

from .connection import Connection
from .power_item import PowerItem
from .references import CreditListRef, MeasureRef


@strawberry.type(description="The power items that measures reach, and what reaches nothing 覆盖情况 (rule 11).")
class Coverage:
    """Coverage of everything, of an agency, or of a region."""

    power_item_count: int = fetch_field(ITEMS, "How many power items there are 权责事项数.")
    covered_count: int = fetch_field(COVERED_ITEMS, "How many a measure of a memorandum in force gates 已覆盖事项数.")
    embedded_count: int = fetch_field(EMBEDDED_ITEMS, "In how many such a measure is embedded and live 已嵌入事项数.")
    key_item_count: int = fetch_field(KEY_ITEMS, "How many are key items 重点事项数.")
    covered_key_item_count: int = fetch_field(COVERED_KEY_ITEMS, "How many key items are covered 已覆盖重点事项数.")

    @query_field(Uncovered())
    def uncovered_power_items(
        self, first: First = 20, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[PowerItem]:
        """The items that are not covered 未覆盖事项, by code."""

    measures_without_power_items: list[MeasureRef] = fetch_field(
        MEASURES_WITHOUT_ITEMS,
        "Measures of memoranda in force that gate no item 无权责事项的措施.",
    )
    lists_without_memoranda: list[CreditListRef] = fetch_field(
        LISTS_WITHOUT_MEMORANDA,
        "Lists that no memorandum in force governs 无备忘录的名单.",
    )
