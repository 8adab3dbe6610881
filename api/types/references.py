"""Names by which the types refer to each other across files."""

from typing import TYPE_CHECKING, Annotated

import strawberry

if TYPE_CHECKING:
    from .affiliation import Affiliate, Affiliation
    from .agency import Agency
    from .applicable import ApplicableAgency, Ground
    from .credit_list import CreditList
    from .division import Division
    from .entity import Entity
    from .listing import Listing
    from .measure import Measure
    from .memorandum import Memorandum
    from .power_item import Embedding, PowerItem
    from .region import Region

AffiliateRef = Annotated["Affiliate", strawberry.lazy("api.types.affiliation")]
AffiliationRef = Annotated["Affiliation", strawberry.lazy("api.types.affiliation")]
AgencyRef = Annotated["Agency", strawberry.lazy("api.types.agency")]
ApplicableAgencyRef = Annotated["ApplicableAgency", strawberry.lazy("api.types.applicable")]
CreditListRef = Annotated["CreditList", strawberry.lazy("api.types.credit_list")]
DivisionRef = Annotated["Division", strawberry.lazy("api.types.division")]
EmbeddingRef = Annotated["Embedding", strawberry.lazy("api.types.power_item")]
EntityRef = Annotated["Entity", strawberry.lazy("api.types.entity")]
GroundRef = Annotated["Ground", strawberry.lazy("api.types.applicable")]
ListingRef = Annotated["Listing", strawberry.lazy("api.types.listing")]
MeasureRef = Annotated["Measure", strawberry.lazy("api.types.measure")]
MemorandumRef = Annotated["Memorandum", strawberry.lazy("api.types.memorandum")]
PowerItemRef = Annotated["PowerItem", strawberry.lazy("api.types.power_item")]
RegionRef = Annotated["Region", strawberry.lazy("api.types.region")]
