"""What a node shows of the nodes around it by a rule, or in an order of its own."""

from graph.model import Label, Rel
from graph.queries import filters
from graph.rules.applicability import in_force
from graph.rules.handling import gates
from graph.statements.fetch import SELF, PatternNodes, Predicate, Related

MEMORANDUM_IN_FORCE = Predicate(lambda scope, selected, writer: in_force(scope[SELF], writer.day(selected, "on")))
"""Whether the memorandum is in force on the day of the argument `on`."""

LISTINGS = Related(Rel.HAS_LISTING, "->", Label.LISTING, where=(filters.listing_is_active, filters.listing_has_color))
"""The listings of a subject."""

AFFILIATIONS = Related(
    Rel.AFFILIATED_WITH,
    "->",
    Label.ENTITY,
    where=(filters.affiliation_is_active,),
    through="organization",
    near="holder",
    order=("{self}.role", "{organization}.key", "{self}.since"),
)
"""The roles that a subject holds: `self` is the relationship, `organization` its other end."""

AFFILIATES = Related(
    Rel.AFFILIATED_WITH,
    "<-",
    Label.ENTITY,
    where=(filters.affiliation_is_active,),
    through="holder",
    near="organization",
    order=("{self}.role", "{holder}.key", "{self}.since"),
)
"""The roles held at a subject: `self` is the relationship, `holder` its other end."""

ITEMS_GATED = PatternNodes(filters.items_gated, Label.POWER_ITEM)
"""The power items that the measure gates, with the argument `includeDevolved`."""

GATING_MEASURES = PatternNodes(
    lambda near, far, *_: gates(far, near), Label.MEASURE, where=(filters.prescribed_in_force_on,)
)
"""The measures that gate the power item."""

EMBEDDINGS_OF_MEASURE = Related(
    Rel.EMBEDDED_IN,
    "->",
    Label.POWER_ITEM,
    through="powerItem",
    near="measure",
    order=("{powerItem}.code", "{self}.step"),
)
"""Where the measure is embedded: `self` is the relationship, `powerItem` and `measure` its ends."""

EMBEDDINGS_IN_ITEM = Related(
    Rel.EMBEDDED_IN,
    "<-",
    Label.MEASURE,
    through="measure",
    near="powerItem",
    order=("{measure}.code", "{self}.step"),
)
"""What is embedded in the power item, with the same roles."""
