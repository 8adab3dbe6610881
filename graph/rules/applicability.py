"""Rules 1 to 5: which listings are active, and which measures of memoranda in force they bring to a subject.

A fragment takes the names of the variables that it uses and `day`, the parameter that holds the date. Variables inside
a predicate are called `rule…`. A fragment of rows documents the variables that it binds; none of them may be bound
before.
"""

from dataclasses import dataclass

from graph.model import Label, ListColor, MeasureNature, Rel, Via


@dataclass(frozen=True)
class Term:
    """A time, half-open: from `first` up to, but not including, the earliest of `ends`; a null end never comes."""

    first: str
    ends: tuple[str, ...]

    def holds(self, day: str) -> str:
        """The day lies within it."""
        return " AND ".join([f"{self.first} <= {day}", *(f"coalesce({day} < {end}, true)" for end in self.ends)])

    def begins_after(self, day: str) -> str:
        """It has not begun."""
        return f"{day} < {self.first}"

    def ended_by(self, end: str, day: str) -> str:
        """It has come to this one of its ends."""
        return f"{end} <= {day}"


def listing_term(listing: str) -> Term:
    """Rule 1, the bounds: the listing expires or is removed."""
    return Term(f"{listing}.listedOn", (f"{listing}.expiresOn", f"{listing}.removedOn"))


def active_listing(listing: str, day: str) -> str:
    """Rule 1."""
    return listing_term(listing).holds(day)


def on_list_of_color(listing: str, color: str) -> str:
    """The condition that the listing is on a list of the colour in a parameter."""
    return f"EXISTS {{ ({listing})-[:{Rel.ON_LIST}]->(rule1:{Label.CREDIT_LIST}) WHERE rule1.color = {color} }}"


def memorandum_term(memorandum: str) -> Term:
    """Rule 2, the bounds."""
    return Term(f"{memorandum}.effectiveFrom", (f"{memorandum}.effectiveTo",))


def superseders(memorandum: str, superseder: str, day: str) -> str:
    """Rule 2, the last part, as a pattern with its WHERE: the memoranda that have superseded this one by the day."""
    return (
        f"({memorandum})<-[:{Rel.SUPERSEDES}]-({superseder}:{Label.MEMORANDUM}) "
        f"WHERE {superseder}.effectiveFrom <= {day}"
    )


def in_force(memorandum: str, day: str) -> str:
    """Rule 2."""
    return f"{memorandum_term(memorandum).holds(day)} AND NOT EXISTS {{ {superseders(memorandum, 'rule2', day)} }}"


def affiliation_term(affiliation: str) -> Term:
    """Rule 4, the bounds of the role."""
    return Term(f"{affiliation}.since", (f"{affiliation}.until",))


def active_affiliation(affiliation: str, day: str) -> str:
    """Rule 4, the first half: the role is held on the day."""
    return affiliation_term(affiliation).holds(day)


def direct_black_listings(entity: str, listing: str, day: str) -> str:
    """Rule 5, the second half, as a pattern with its WHERE: the active direct listings on black lists."""
    return (
        f"({entity})-[:{Rel.HAS_LISTING}]->({listing}:{Label.LISTING})-[:{Rel.ON_LIST}]->"
        f"(:{Label.CREDIT_LIST} {{color: '{ListColor.BLACK}'}}) WHERE {active_listing(listing, day)}"
    )


def directly_black(entity: str, day: str) -> str:
    """Rule 5, the second half: an active direct listing on a black list, which beats red."""
    return f"EXISTS {{ {direct_black_listings(entity, 'rule5', day)} }}"


def black_beats(reward: str, black: str) -> str:
    """Rule 5, the second half, of two conditions: a reward would apply, but the subject is black itself."""
    return f"{reward} AND {black}"


def reward_blocked(entity: str, credit_list: str, day: str) -> str:
    """Rule 5, the second half, for a list: it brings rewards, and black beats red. Test it once per list, before the
    measures that the list brings."""
    return f"({black_beats(brings_rewards(f'{credit_list}.color'), directly_black(entity, day))})"


def black_through_others(entity: str, day: str) -> str:
    """Rules 1 and 4: the subject holds a role at an organisation with an active listing on a black list."""
    return (
        f"EXISTS {{ ({entity})-[rule4:{Rel.AFFILIATED_WITH}]->(rule4at:{Label.ENTITY})-[:{Rel.HAS_LISTING}]->"
        f"(rule1:{Label.LISTING})-[:{Rel.ON_LIST}]->(:{Label.CREDIT_LIST} {{color: '{ListColor.BLACK}'}}) "
        f"WHERE {active_affiliation('rule4', day)} AND {active_listing('rule1', day)} }}"
    )


def brings_rewards(color: str) -> str:
    """The colour of a list is red."""
    return f"{color} = '{ListColor.RED}'"


def is_reward(nature: str) -> str:
    """The nature of a measure is reward."""
    return f"{nature} = '{MeasureNature.REWARD}'"


def color_fits_nature(color: str, nature: str) -> str:
    """Rule 3, the last part: a red list brings rewards only, a black list all others."""
    return f"({brings_rewards(color)}) = ({is_reward(nature)})"


def is_target(target: str, measure: str) -> str:
    """Rules 3 and 4: the measure targets this kind of subject, or this role."""
    return f"{target} IN {measure}.targets"


def prescribed_in_force(measure: str, day: str) -> str:
    """Rule 2 for a measure: the memorandum that prescribes it is in force."""
    return (
        f"EXISTS {{ ({measure})<-[:{Rel.PRESCRIBES}]-(rule2of:{Label.MEMORANDUM}) WHERE {in_force('rule2of', day)} }}"
    )


def listing_routes(entity: str, day: str | None) -> str:
    """Rules 3 and 4, the listings: a row for each active listing of the subject and of the organisations where it holds
    a role on the day. Binds `via`, `listing`, `list`, `target` (the kind or role that a measure must target) and, for
    an affiliated listing, `affiliation` and `organization`. Without `day`: on any date."""
    listed = f"(listing:{Label.LISTING})-[:{Rel.ON_LIST}]->(list:{Label.CREDIT_LIST})"
    active = f"\n  WHERE {active_listing('listing', day)}" if day else ""
    role_filter = f"\n  WHERE {active_affiliation('affiliation', day)}" if day else ""
    return f"""\
CALL ({entity}) {{
  MATCH ({entity})-[:{Rel.HAS_LISTING}]->{listed}{active}
  RETURN '{Via.DIRECT}' AS via, listing, list, null AS affiliation, null AS organization, {entity}.kind AS target
  UNION ALL
  MATCH ({entity})-[affiliation:{Rel.AFFILIATED_WITH}]->(organization:{Label.ENTITY}){role_filter}
  MATCH (organization)-[:{Rel.HAS_LISTING}]->{listed}{active}
  RETURN '{Via.AFFILIATED}' AS via, listing, list, affiliation, organization, affiliation.role AS target
}}"""


def grounds(entity: str, day: str) -> str:
    """Rules 3, 4 and 5: a row for each ground of each applicable measure. Binds `measure`, `via`, `listing`, `list`,
    `memorandum` and, for an affiliated ground, `affiliation` and `organization`."""
    return f"""\
{listing_routes(entity, day)}
MATCH (list)<-[:{Rel.GOVERNS}]-(memorandum:{Label.MEMORANDUM})
WHERE {in_force("memorandum", day)}
  AND NOT {reward_blocked(entity, "list", day)}
MATCH (memorandum)-[:{Rel.PRESCRIBES}]->(measure:{Label.MEASURE})
WHERE {is_target("target", "measure")}
  AND {color_fits_nature("list.color", "measure.nature")}"""


def subjects_reached_by(measure: str, day: str) -> str:
    """Rules 3, 4 and 5 in reverse, over rows of measures: a row for each subject to which one of them would apply on
    the day if its memorandum were in force. Binds `entity`; a subject may appear more than once."""
    return f"""\
MATCH ({measure})<-[:{Rel.PRESCRIBES}]-(:{Label.MEMORANDUM})-[:{Rel.GOVERNS}]->(list:{Label.CREDIT_LIST})
WHERE {color_fits_nature("list.color", f"{measure}.nature")}
UNWIND {measure}.targets AS target
WITH list, collect(DISTINCT target) AS targets
MATCH (list)<-[:{Rel.ON_LIST}]-(listing:{Label.LISTING})<-[:{Rel.HAS_LISTING}]-(holder:{Label.ENTITY})
WHERE {active_listing("listing", day)}
CALL (holder, targets) {{
  WITH holder WHERE holder.kind IN targets
  RETURN holder AS entity
  UNION ALL
  MATCH (holder)<-[affiliation:{Rel.AFFILIATED_WITH}]-(entity:{Label.ENTITY})
  WHERE affiliation.role IN targets AND {active_affiliation("affiliation", day)}
  RETURN entity
}}
WITH DISTINCT entity, list
WHERE NOT {reward_blocked("entity", "list", day)}"""


GROUND = ("via", "listing", "list", "memorandum", "affiliation", "organization")
"""The variables of a ground, except its measure."""
GROUND_ORDER = (
    "{via} DESC, {listing}.listingNo, {memorandum}.code, {affiliation}.role, {organization}.key, {affiliation}.since"
)
"""The order of grounds, a template: DIRECT before AFFILIATED, then by listing, memorandum, role, organisation."""
