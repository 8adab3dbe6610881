"""Rules 11 and 12: items that are covered and embedded, agencies that are linked."""

from graph.model import EmbeddingStatus, Label, Rel
from graph.rules.applicability import color_fits_nature, in_force
from graph.rules.handling import gates


def _prescribed_for_a_list(measure: str, day: str) -> str:
    """Rule 11, the measure: its memorandum is in force and governs a list."""
    return (
        f"EXISTS {{ ({measure})<-[:{Rel.PRESCRIBES}]-(rule11of:{Label.MEMORANDUM})-[:{Rel.GOVERNS}]->"
        f"(:{Label.CREDIT_LIST}) WHERE {in_force('rule11of', day)} }}"
    )


def covered(item: str, day: str) -> str:
    """Rule 11: a measure gates the item whose memorandum is in force and governs a list."""
    return f"EXISTS {{ MATCH {gates('rule11', item)} WHERE {_prescribed_for_a_list('rule11', day)} }}"


def embedded(item: str, day: str) -> str:
    """Rule 11, the second half: such a measure is embedded in the item itself."""
    return (
        f"EXISTS {{ MATCH ({item})<-[rule11at:{Rel.EMBEDDED_IN}]-(rule11:{Label.MEASURE}) "
        f"WHERE rule11at.status = '{EmbeddingStatus.LIVE}' AND rule11at.since <= {day} "
        f"AND {_prescribed_for_a_list('rule11', day)} AND EXISTS {{ {gates('rule11', item)} }} }}"
    )


def links(agency: str, day: str) -> str:
    """Rule 12: a row for each agency that is linked with this one. Binds `other`, `memoranda`, the list of those that
    both signed, and `sharedMeasures`, the number of measures that both implement."""
    return f"""\
CALL ({agency}) {{
  MATCH ({agency})<-[:{Rel.SIGNED_BY}]-(memorandum:{Label.MEMORANDUM})
  WHERE {in_force("memorandum", day)}
  MATCH (memorandum)-[:{Rel.SIGNED_BY}]->(other:{Label.AGENCY})
  WHERE other <> {agency}
  RETURN other, memorandum, null AS measure
  UNION ALL
  MATCH ({agency})<-[:{Rel.IMPLEMENTED_BY}]-(measure:{Label.MEASURE})
  MATCH (measure)<-[:{Rel.PRESCRIBES}]-(memorandum:{Label.MEMORANDUM})
  WITH {agency}, memorandum, collect(measure) AS measures
  WHERE {in_force("memorandum", day)}
  UNWIND measures AS measure
  MATCH (measure)-[:{Rel.IMPLEMENTED_BY}]->(other:{Label.AGENCY})
  WHERE other <> {agency}
  RETURN other, null AS memorandum, measure
}}
WITH {agency}, other, collect(DISTINCT memorandum) AS memoranda, count(DISTINCT measure) AS sharedMeasures"""


def lists_that_reach(agency: str, day: str) -> str:
    """Rules 2 and 3 for an agency: a row for each list that brings a measure it implements. Binds `list`; a list may
    appear more than once."""
    return f"""\
MATCH ({agency})<-[:{Rel.IMPLEMENTED_BY}]-(measure:{Label.MEASURE})<-[:{Rel.PRESCRIBES}]-(memorandum:{Label.MEMORANDUM})
WITH memorandum, collect(DISTINCT measure.nature) AS natures
WHERE {in_force("memorandum", day)}
MATCH (memorandum)-[:{Rel.GOVERNS}]->(list:{Label.CREDIT_LIST})
WHERE any(nature IN natures WHERE {color_fits_nature("list.color", "nature")})"""
