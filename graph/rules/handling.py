"""Rules 6 to 10: the power items that measures gate, standing, advice and the ends of paths."""

from graph.model import Advice, Label, MeasureNature, Rel, Standing
from graph.rules.applicability import active_listing


def gates(measure: str, item: str) -> str:
    """Rule 6 as a pattern from a measure to the items it gates: those it names, and all that were devolved from them. A
    pair may match more than once; use DISTINCT."""
    return f"({measure})-[:{Rel.NAMES}]->(:{Label.POWER_ITEM})<-[:{Rel.DEVOLVED_FROM}*0..]-({item}:{Label.POWER_ITEM})"


def gated_items(measure: str, item: str, *, devolved: bool) -> str:
    """The pattern of rule 6; without `devolved`, only the items that the measure itself names."""
    if not devolved:
        return f"({measure})-[:{Rel.NAMES}]->({item}:{Label.POWER_ITEM})"
    return gates(measure, item)


def gates_an_item(measure: str, condition: str) -> str:
    """Rule 6 as a predicate: the measure gates an item, called `rule6`, that meets `condition`."""
    return f"EXISTS {{ {gates(measure, 'rule6')} WHERE {condition} }}"


def gates_nothing(measure: str) -> str:
    """Rule 6 as a predicate: the measure names no item, and so gates none. Without a label at the end Neo4j need only
    look at the degree of the measure."""
    return f"NOT EXISTS {{ ({measure})-[:{Rel.NAMES}]->() }}"


def standing_colors(entity: str, day: str) -> str:
    """Rule 8, the facts: a row for each direct active listing. Binds `list`."""
    return f"""\
MATCH ({entity})-[:{Rel.HAS_LISTING}]->(listing:{Label.LISTING})-[:{Rel.ON_LIST}]->(list:{Label.CREDIT_LIST})
WHERE {active_listing("listing", day)}"""


def standing(colors: str) -> str:
    """Rule 8 as an expression over the list of the distinct colours."""
    return f"CASE size({colors}) WHEN 0 THEN '{Standing.CLEAR}' WHEN 1 THEN {colors}[0] ELSE '{Standing.MIXED}' END"


ADVICE_OF_NATURE = {
    MeasureNature.PROHIBITION: Advice.REFUSE,
    MeasureNature.RESTRICTION: Advice.RESTRICT,
    MeasureNature.REFERENCE: Advice.CAUTION,
    MeasureNature.SUPERVISION: Advice.WATCH,
    MeasureNature.REWARD: Advice.FACILITATE,
}


def advice(natures: str) -> str:
    """Rule 9 as an expression over the list of the natures of the applicable measures that gate the item."""
    severest_first = reversed(MeasureNature)
    cases = " ".join(
        f"WHEN '{nature}' IN {natures} THEN '{ADVICE_OF_NATURE.get(nature, Advice.CLEAR)}'" for nature in severest_first
    )
    return f"CASE {cases} ELSE '{Advice.CLEAR}' END"


def path_ends(measure: str) -> str:
    """Rule 10, the ends: a row for each power item that the measure gates, or, if it gates none, for each agency that
    implements it. Binds `item`, `division` (each may be null) and `agency`."""
    return f"""\
CALL ({measure}) {{
  MATCH {gates(measure, "item")}
  WITH DISTINCT item
  MATCH (item)-[:{Rel.EXERCISED_BY}]->(agency:{Label.AGENCY})
  OPTIONAL MATCH (item)-[:{Rel.HANDLED_BY}]->(division:{Label.DIVISION})
  RETURN item, division, agency
  UNION ALL
  MATCH ({measure})-[:{Rel.IMPLEMENTED_BY}]->(agency:{Label.AGENCY})
  WHERE {gates_nothing(measure)}
  RETURN null AS item, null AS division, agency
}}"""
