"""Filters of catalogue nodes by their relationships: conditions for `graph.statements.fetch`."""

from collections.abc import Callable

from graph.errors import NotFound
from graph.identity.text import normalise
from graph.masking import quoted
from graph.model import Label, Rel
from graph.rules import handling
from graph.rules.applicability import (
    active_affiliation,
    active_listing,
    in_force,
    on_list_of_color,
    prescribed_in_force,
)
from graph.rules.handling import gated_items
from graph.statements.arguments import Arguments
from graph.statements.fetch import SELF, Condition
from graph.statements.selected import Scope, Selected
from graph.statements.writer import Writer

AGENCY, REGION, DAY = "ofAgency", "ofRegion", "day"
"""The roles of parameters for a whole answer: the codes that limit it, each a list, and its day."""


def known_code(argument: str, label: Label, selected: Selected, writer: Writer) -> str | None:
    """The parameter, a list, of the code in a filter; None if the filter is not set. The code must exist."""
    if not writer.has(selected, argument):
        return None

    def error(arguments: Arguments) -> NotFound:
        return NotFound(
            f"{argument}: no {label} has the code {quoted(arguments[argument])}: use a code from an earlier answer"
        )

    return writer.checks.add(
        label, label.key, selected, argument, lambda arguments: [normalise(arguments[argument])], error
    )


def related(argument: str, rel: Rel, label: Label, *, incoming: bool = False) -> Condition:
    """The condition that `self` has the relationship with the node whose code is the argument, if it is set."""
    left, right = ("<-", "-") if incoming else ("-", "->")

    def condition(scope: Scope, selected: Selected, writer: Writer) -> str | None:
        code = known_code(argument, label, selected, writer)
        return code and f"EXISTS {{ ({scope[SELF]}){left}[:{rel}]{right}(far:{label}) WHERE far.code IN {code} }}"

    return condition


implemented_by = related("agency", Rel.IMPLEMENTED_BY, Label.AGENCY)
exercised_by = related("agency", Rel.EXERCISED_BY, Label.AGENCY)
in_region = related("region", Rel.IN_REGION, Label.REGION)
signed_by = related("signedBy", Rel.SIGNED_BY, Label.AGENCY)
prescribed_by = related("memorandum", Rel.PRESCRIBES, Label.MEMORANDUM, incoming=True)


def gating(scope: Scope, selected: Selected, writer: Writer) -> str | None:
    """The measure gates the power item of the argument `powerItem` (rule 6)."""
    item = known_code("powerItem", Label.POWER_ITEM, selected, writer)
    return item and handling.gates_an_item(scope[SELF], f"rule6.code IN {item}")


def on_day(argument: str, rule: Callable[[str, str], str]) -> Condition:
    """The condition that a rule holds for `self` on the day of the argument, if it is set."""

    def condition(scope: Scope, selected: Selected, writer: Writer) -> str | None:
        return rule(scope[SELF], writer.day(selected, argument)) if writer.has(selected, argument) else None

    return condition


in_force_on = on_day("inForceOn", in_force)
prescribed_in_force_on = on_day("inForceOn", prescribed_in_force)


def key_items(scope: Scope, selected: Selected, writer: Writer) -> str | None:
    """The condition that the power item is a key item, if `keyItemsOnly` is true."""
    return f"{scope[SELF]}.isKeyItem" if writer.guard(selected, _key_items_only) else None


def _key_items_only(arguments: Arguments) -> bool:
    return bool(arguments.get("keyItemsOnly"))


def _inactive_too(arguments: Arguments) -> bool:
    return bool(arguments.get("includeInactive"))


def listing_is_active(scope: Scope, selected: Selected, writer: Writer) -> str | None:
    """The condition that the listing is active on the day (rule 1), unless `includeInactive` is true."""
    if writer.guard(selected, _inactive_too):
        return None
    return active_listing(scope[SELF], writer.day(selected))


def listing_has_color(scope: Scope, selected: Selected, writer: Writer) -> str | None:
    """The condition that the listing is on a list of the colour in the argument `color`, if it is set."""
    if not writer.has(selected, "color"):
        return None
    return on_list_of_color(scope[SELF], writer.argument(selected, "color"))


def affiliation_is_active(scope: Scope, selected: Selected, writer: Writer) -> str:
    """The condition that the affiliation is active on the day (rule 4)."""
    return active_affiliation(scope[SELF], writer.day(selected))


def _devolved(arguments: Arguments) -> bool:
    return arguments.get("includeDevolved") is not False


def items_gated(near: str, far: str, selected: Selected, writer: Writer) -> str:
    """The condition that the measure gates the item (rule 6), including devolved items unless `includeDevolved` is
    false."""
    return gated_items(near, far, devolved=writer.guard(selected, _devolved))
