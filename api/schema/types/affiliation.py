"""任职或控制关系, seen from either end."""

import datetime as dt

import strawberry

from api.schema.enums import AffiliationRole
from api.schema.fields import confidence, fetched, source, stored
from graph.statements.fetch import Bound

from .references import EntityRef


@strawberry.type(description="A role that the subject holds at an organisation 任职或控制关系.")
class Affiliation:
    """An affiliation, from the holder's side."""

    role: AffiliationRole = stored("role", "Role 关系.")
    organization: EntityRef = fetched(Bound("organization"), "The organisation 机构.")
    since: dt.date = stored("since", "First day 起始日期.", date=True)
    until: dt.date | None = stored("until", "The day from which it is no longer held 终止日期.", date=True)
    source: str | None = source()
    confidence: str | None = confidence()


@strawberry.type(description="A role that another holds at this organisation 任职或控制人员.")
class Affiliate:
    """An affiliation, from the organisation's side."""

    role: AffiliationRole = stored("role", "Role 关系.")
    holder: EntityRef = fetched(Bound("holder"), "Who holds it 任职或控制主体.")
    since: dt.date = stored("since", "First day 起始日期.", date=True)
    until: dt.date | None = stored("until", "The day from which it is no longer held 终止日期.", date=True)
    source: str | None = source()
    confidence: str | None = confidence()
