"""信用主体."""

from typing import Annotated

import strawberry

from api.schema.arguments import (
    After,
    AsOf,
    Before,
    ByAgency,
    ByPowerItem,
    ByScene,
    ByVia,
    Color,
    First,
    Last,
    Natures,
    described,
)
from api.schema.enums import Advice, EntityKind, ListColor, MeasureNature, Standing
from api.schema.fields import confidence, fetch_field, property_field, query_field, source
from graph.model import Label, Rel
from graph.queries.applicable_measures import AdviceFor, ApplicableAgencies, ApplicableMeasures, StandingOf
from graph.queries.neighbours import AFFILIATES, AFFILIATIONS, LISTINGS
from graph.statements.fetch import Related

from .applicable import ApplicableAgency, ApplicableMeasure
from .connection import Connection
from .node import Node
from .references import AffiliateRef, AffiliationRef, ListingRef, RegionRef


@strawberry.type(description="Subject 信用主体: an organisation or a person.")
class Entity(Node):
    """A subject."""

    kind: EntityKind = property_field("kind", "What it is 主体类别.")
    name: str = property_field("name", "Name 名称.")
    identifier: str = property_field(
        "identifier", "Unified social credit code 统一社会信用代码, or, masked, the resident ID 居民身份证号."
    )
    org_code: str | None = property_field("orgCode", "Organisation code 组织机构代码.")
    registration_no: str | None = property_field("registrationNo", "Registration number 工商注册号.")
    region: RegionRef | None = fetch_field(
        Related(Rel.IN_REGION, "->", Label.REGION, one=True), "Where it is 所在区划."
    )

    @query_field(StandingOf())
    def standing(self, as_of: AsOf = None) -> Standing:
        """The result of its direct active listings 信用状态 (rule 8)."""

    @query_field(LISTINGS)
    def listings(
        self,
        as_of: AsOf = None,
        color: Annotated[ListColor | None, described("Only listings on lists of this colour 名单颜色.")] = None,
        include_inactive: Annotated[
            bool | None, described("Also those that ended or have not begun 含失效记录.")
        ] = False,
    ) -> list[ListingRef]:
        """Its listings that are active on the day 名单记录 (rule 1)."""

    @query_field(AFFILIATIONS)
    def affiliations(self, as_of: AsOf = None) -> list[AffiliationRef]:
        """The roles that it holds at organisations on the day 任职或控制的机构."""

    @query_field(AFFILIATES)
    def affiliates(self, as_of: AsOf = None) -> list[AffiliateRef]:
        """The subjects with a role at it on the day 任职或控制人员."""

    @query_field(ApplicableMeasures())
    def applicable_measures(
        self,
        as_of: AsOf = None,
        color: Color = None,
        natures: Natures = None,
        agency: ByAgency = None,
        power_item: ByPowerItem = None,
        scene: ByScene = None,
        via: ByVia = None,
        first: First = 20,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[ApplicableMeasure]:
        """The measures that apply to it on the day 适用措施 (rule 5), each once, by code."""

    @query_field(ApplicableAgencies())
    def applicable_agencies(
        self,
        as_of: AsOf = None,
        color: Annotated[
            ListColor | None, described("Only for measures with a ground on a list of this colour 名单颜色.")
        ] = None,
        natures: Annotated[
            list[MeasureNature] | None, described("Only for measures of these natures 措施性质.")
        ] = None,
    ) -> list[ApplicableAgency]:
        """The departments that carry out those measures 适用部门 (rule 7), by code."""

    @query_field(AdviceFor())
    def advice(
        self,
        power_item: Annotated[str, described("Code of the power item that is handled 办理事项.")],
        as_of: AsOf = None,
    ) -> Advice:
        """The advice for handling an item 办理建议 (rule 9). The officer decides, and gives the reason."""

    source: str | None = source()
    confidence: str | None = confidence()
