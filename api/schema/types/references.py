"""Lazy references by which the types refer to each other across files."""

from typing import TYPE_CHECKING, Annotated

import strawberry

if TYPE_CHECKING:
    from .affiliation import Affiliate, Affiliation
    from .agency import Agency
    from .credit_list import CreditList
    from .division import Division
    from .entity import Entity
    from .listing import Listing
    from .measure import Measure
    from .memorandum import Memorandum
    from .power_item import Embedding, PowerItem
    from .region import Region

AffiliateRef = Annotated["Affiliate", strawberry.lazy("api.schema.types.affiliation")]
AffiliationRef = Annotated["Affiliation", strawberry.lazy("api.schema.types.affiliation")]
AgencyRef = Annotated["Agency", strawberry.lazy("api.schema.types.agency")]
CreditListRef = Annotated["CreditList", strawberry.lazy("api.schema.types.credit_list")]
DivisionRef = Annotated["Division", strawberry.lazy("api.schema.types.division")]
EmbeddingRef = Annotated["Embedding", strawberry.lazy("api.schema.types.power_item")]
EntityRef = Annotated["Entity", strawberry.lazy("api.schema.types.entity")]
ListingRef = Annotated["Listing", strawberry.lazy("api.schema.types.listing")]
MeasureRef = Annotated["Measure", strawberry.lazy("api.schema.types.measure")]
MemorandumRef = Annotated["Memorandum", strawberry.lazy("api.schema.types.memorandum")]
PowerItemRef = Annotated["PowerItem", strawberry.lazy("api.schema.types.power_item")]
RegionRef = Annotated["Region", strawberry.lazy("api.schema.types.region")]
