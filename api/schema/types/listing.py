"""The type Listing 名单记录."""

import datetime as dt

import strawberry

from api.schema.fields import confidence, fetch_field, property_field, source
from graph.model import Label, Rel
from graph.statements.fetch import Related

from .node import Node
from .references import CreditListRef, EntityRef


@strawberry.type(description="Listing 名单记录: a subject on a list for a time.")
class Listing(Node):
    """A listing."""

    listing_no: str = property_field("listingNo", "Number 记录编号.")
    list: CreditListRef = fetch_field(Related(Rel.ON_LIST, "->", Label.CREDIT_LIST, one=True), "The list 名单.")
    entity: EntityRef = fetch_field(Related(Rel.HAS_LISTING, "<-", Label.ENTITY, one=True), "The subject 信用主体.")
    reason: str = property_field("reason", "Why 列入事由.")
    document_no: str = property_field("documentNo", "Number of the document that decided it 文书号, unchanged.")
    listed_on: dt.date = property_field("listedOn", "First day 列入日期.", date=True)
    expires_on: dt.date | None = property_field(
        "expiresOn", "The day from which it no longer counts 届满日期.", date=True
    )
    removed_on: dt.date | None = property_field("removedOn", "The day from which it is removed 移出日期.", date=True)
    removal_reason: str | None = property_field("removalReason", "Why it was removed 移出事由.")
    source: str | None = source()
    confidence: str | None = confidence()
