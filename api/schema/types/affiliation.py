"""The type Affiliation 任职或控制关系, seen from either side."""

import datetime as dt

import strawberry

from api.schema.enums import AffiliationRole
from api.schema.fields import confidence, fetch_field, property_field, source
from graph.statements.fetch import BoundNode

from .references import EntityRef


@strawberry.type(description="A role that the subject holds at an organisation 任职或控制关系.")
class Affiliation:
    """An affiliation, from the holder's side."""

    role: AffiliationRole = property_field("role", "Role 关系.")
    organization: EntityRef = fetch_field(BoundNode("organization"), "The organisation 机构.")
    since: dt.date = property_field("since", "First day 起始日期.", date=True)
    until: dt.date | None = property_field("until", "The day from which it is no longer held 终止日期.", date=True)
    source: str | None = source()
    confidence: str | None = confidence()


@strawberry.type(description="A role that a subject holds at this organisation 任职或控制人员.")
class Affiliate:
    """An affiliation, from the organisation's side."""

    role: AffiliationRole = property_field("role", "Role 关系.")
    holder: EntityRef = fetch_field(BoundNode("holder"), "Who holds it 任职或控制主体.")
    since: dt.date = property_field("since", "First day 起始日期.", date=True)
    until: dt.date | None = property_field("until", "The day from which it is no longer held 终止日期.", date=True)
    source: str | None = source()
    confidence: str | None = confidence()
