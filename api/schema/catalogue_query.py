"""The root fields of the catalogue."""

from typing import Annotated

import strawberry

from graph.model import Label
from graph.queries.catalogue import Catalogue
from graph.queries.filters import (
    exercised_by,
    gating,
    implemented_by,
    in_force_on,
    in_region,
    key_items,
    prescribed_by,
    prescribed_in_force_on,
    signed_by,
)
from graph.statements.fetch import ByCode, equals

from .arguments import (
    After,
    Before,
    ByAgency,
    ByNature,
    ByPowerItem,
    ByRegion,
    Code,
    First,
    InForceOn,
    Last,
    OfScene,
    PrescribedInForceOn,
    described,
)
from .enums import AgencyLevel, ListColor
from .fields import query_field
from .types.agency import Agency
from .types.connection import Connection
from .types.credit_list import CreditList
from .types.measure import Measure
from .types.memorandum import Memorandum
from .types.power_item import PowerItem


@strawberry.type
class CatalogueQuery:
    """The root fields of the catalogue: one node by its code, or pages in the order of codes."""

    @query_field(ByCode(Label.MEMORANDUM), public=True)
    def memorandum(self, code: Code) -> Memorandum | None:
        """A memorandum 备忘录; null if unknown."""

    @query_field(
        Catalogue(Label.MEMORANDUM, where=(in_force_on, signed_by, equals("field", "field"))),
        public=True,
    )
    def memoranda(
        self,
        in_force_on: InForceOn = None,
        signed_by: Annotated[str | None, described("Only those signed by the agency with this code 签署部门.")] = None,
        field: Annotated[str | None, described("Only those of this field 领域, spelled exactly.")] = None,
        first: First = 20,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[Memorandum]:
        """The memoranda 备忘录, by code."""

    @query_field(ByCode(Label.MEASURE), public=True)
    def measure(self, code: Code) -> Measure | None:
        """A measure 措施; null if unknown."""

    @query_field(
        Catalogue(
            Label.MEASURE,
            where=(
                prescribed_by,
                implemented_by,
                gating,
                equals("nature", "nature"),
                prescribed_in_force_on,
            ),
        ),
        public=True,
    )
    def measures(
        self,
        memorandum: Annotated[
            str | None, described("Only those that the memorandum with this code prescribes 备忘录.")
        ] = None,
        agency: ByAgency = None,
        power_item: ByPowerItem = None,
        nature: ByNature = None,
        in_force_on: PrescribedInForceOn = None,
        first: First = 20,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[Measure]:
        """The measures 措施, by code."""

    @query_field(ByCode(Label.AGENCY), public=True)
    def agency(self, code: Code) -> Agency | None:
        """An agency 部门; null if unknown."""

    @query_field(Catalogue(Label.AGENCY, where=(equals("level", "level"), in_region)), public=True)
    def agencies(
        self,
        level: Annotated[AgencyLevel | None, described("Only those of this level 层级.")] = None,
        region: ByRegion = None,
        first: First = 20,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[Agency]:
        """The agencies 部门, by code."""

    @query_field(ByCode(Label.POWER_ITEM), public=True)
    def power_item(self, code: Code) -> PowerItem | None:
        """A power item 权责事项; null if unknown."""

    @query_field(
        Catalogue(Label.POWER_ITEM, where=(exercised_by, in_region, equals("scene", "scene"), key_items)), public=True
    )
    def power_items(
        self,
        agency: Annotated[str | None, described("Only those exercised by the agency with this code 实施部门.")] = None,
        region: ByRegion = None,
        scene: OfScene = None,
        key_items_only: Annotated[bool | None, described("Only key items 重点事项.")] = False,
        first: First = 20,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[PowerItem]:
        """The power items 权责事项, by code."""

    @query_field(ByCode(Label.CREDIT_LIST), public=True)
    def credit_list(self, code: Code) -> CreditList | None:
        """A red or black list 红黑名单; null if unknown."""

    @query_field(Catalogue(Label.CREDIT_LIST, where=(equals("color", "color"),)), public=True)
    def credit_lists(
        self,
        color: Annotated[ListColor | None, described("Only lists of this colour 名单颜色.")] = None,
        first: First = 20,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[CreditList]:
        """The red and black lists 红黑名单, by code."""
