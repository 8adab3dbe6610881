"""The schema: every type, bound to the executor that answers it."""

import datetime as dt

import strawberry
from graphql import GraphQLError
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext

from . import execution, scalars
from .types.agency import Agency
from .types.credit_list import CreditList
from .types.division import Division
from .types.entity import Entity
from .types.listing import Listing
from .types.measure import Measure
from .types.memorandum import Memorandum
from .types.power_item import PowerItem
from .types.query import Query
from .types.region import Region


class Schema(strawberry.Schema):
    """Strawberry's, but for its log: that would quote the document, in which identifiers of natural persons may stand.
    api.errors logs what operators need."""

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Log nothing here."""


def build() -> Schema:
    """Build the schema. Every field of it, but for the parts of connections and steps, declares its fetch."""
    schema = Schema(
        query=Query,
        types=[Agency, CreditList, Division, Entity, Listing, Measure, Memorandum, PowerItem, Region],
        config=StrawberryConfig(scalar_map={dt.date: scalars.DATE}),
    )
    execution.bind(schema._schema)
    return schema


schema = build()
