"""The type Region 行政区划."""

import strawberry

from api.schema.enums import AgencyLevel
from api.schema.fields import confidence, fetch_field, property_field, source
from graph.model import Label, Rel
from graph.statements.fetch import Related

from .node import Node
from .references import RegionRef


@strawberry.type(description="Region 行政区划, GB/T 2260.")
class Region(Node):
    """A region."""

    code: str = property_field("code", "Six digits 行政区划代码.")
    name: str = property_field("name", "Name 名称.")
    level: AgencyLevel = property_field("level", "Level 层级.")
    parent: RegionRef | None = fetch_field(
        Related(Rel.PART_OF, "->", Label.REGION, one=True), "The region that it is part of 上级区划."
    )
    children: list[RegionRef] = fetch_field(Related(Rel.PART_OF, "<-", Label.REGION), "The regions in it 下级区划.")
    source: str | None = source()
    confidence: str | None = confidence()
