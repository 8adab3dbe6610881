"""Conflicts: subjects for whom a benefit and a black measure meet, and the power items where they meet."""

from dataclasses import dataclass

from . import rules
from .connections import Keyset, write_connection
from .filters import known_code
from .ids import Part
from .model import Label, ListColor, MeasureNature, Rel
from .statement import Scope, Selected, Writer

_BY_SUBJECT = Keyset(("{entity}.id",), (Part(Label.ENTITY),))


@dataclass(frozen=True)
class Conflicts:
    """Root field `conflicts`: rows `entity`, `rewards`, `others` and `items`, each a list of nodes."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        agency = known_code("agency", Label.AGENCY, selected, writer)
        day = writer.day(selected)

        def source() -> None:
            # Benefits come from red lists alone: few subjects are on them, or hold a role where one is.
            writer.line(f"MATCH (red:{Label.CREDIT_LIST}) WHERE red.color = '{ListColor.RED}'")
            writer.line("WITH DISTINCT red")  # listings come after: there may be more than of anything else
            writer.line(f"MATCH (red)<-[:{Rel.ON_LIST}]-(listed:{Label.LISTING})<-[:{Rel.HAS_LISTING}]-(holder)")
            writer.line(f"WHERE {rules.active_listing('listed', day)}")
            writer.line("WITH DISTINCT holder")
            writer.line(f"""\
CALL (holder) {{
  RETURN holder AS entity
  UNION ALL
  MATCH (holder)<-[held:{Rel.AFFILIATED_WITH}]-(entity:{Label.ENTITY})
  WHERE {rules.active_affiliation("held", day)}
  RETURN entity
}}""")
            writer.line(f"WITH DISTINCT entity WHERE NOT {rules.directly_black('entity', day)}")
            writer.line(rules.grounds("entity", day))
            writer.line("WITH entity, collect(DISTINCT measure) AS measures")
            reward = f"measure.nature = '{MeasureNature.REWARD}'"
            writer.line(f"WITH entity, [measure IN measures WHERE {reward}] AS rewards,")
            writer.line(f"  [measure IN measures WHERE NOT {reward}] AS others")
            writer.line("WHERE size(rewards) > 0 AND size(others) > 0")
            exercised = ""
            if agency:
                exercised = (
                    f" WHERE EXISTS {{ (item)-[:{Rel.EXERCISED_BY}]->(acting:{Label.AGENCY}) "
                    f"WHERE acting.code IN {agency} }}"
                )
            writer.line(f"""\
CALL (rewards, others) {{
  UNWIND rewards AS reward
  MATCH {rules.gates("reward", "item")}{exercised}
  WITH DISTINCT others, item
  UNWIND others AS other
  MATCH {rules.gates("other", "item")}
  RETURN collect(DISTINCT item) AS items
}}""")
            if agency:
                writer.line("WITH * WHERE size(items) > 0")

        return write_connection(selected, [], ["entity", "rewards", "others", "items"], _BY_SUBJECT, source, writer)
