"""Builds the schema from its root fields and types."""

import datetime as dt

import strawberry
from strawberry.schema.config import StrawberryConfig

from api.schema import resolvers

from . import scalars
from .query import Query
from .types.agency import Agency
from .types.credit_list import CreditList
from .types.division import Division
from .types.entity import Entity
from .types.listing import Listing
from .types.measure import Measure
from .types.memorandum import Memorandum
from .types.power_item import PowerItem
from .types.region import Region


def build() -> strawberry.Schema:
    """Build the schema. Every field declares its fetch, except the parts of connections and steps."""
    schema = strawberry.Schema(
        query=Query,
        types=[Agency, CreditList, Division, Entity, Listing, Measure, Memorandum, PowerItem, Region],
        config=StrawberryConfig(scalar_map={dt.date: scalars.DATE}),
    )
    resolvers.read_from_rows(schema._schema)
    return schema


schema = build()
