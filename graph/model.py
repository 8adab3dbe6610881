"""The names of the graph: labels, relationships, indexed properties, and the enums of the rules.

No other module spells a label or a relationship. The Chinese terms stand beside the names.
"""

from enum import StrEnum


class Label(StrEnum):
    """Node labels. A node's key property is `code`, except Entity (`key`) and Listing (`listingNo`)."""

    REGION = "Region"  # 行政区划
    AGENCY = "Agency"  # 部门
    DIVISION = "Division"  # 处室
    MEMORANDUM = "Memorandum"  # 备忘录
    CREDIT_LIST = "CreditList"  # 红黑名单
    MEASURE = "Measure"  # 措施
    POWER_ITEM = "PowerItem"  # 权责事项
    ENTITY = "Entity"  # 信用主体
    LISTING = "Listing"  # 名单记录
    META = "Meta"  # one node for each fact about the graph itself

    @property
    def key(self) -> str:
        """The property that identifies a node of this label; unique by constraint."""
        return {Label.ENTITY: "key", Label.LISTING: "listingNo", Label.META: "name"}.get(self, "code")


CATALOGUE = frozenset(Label) - {Label.ENTITY, Label.LISTING, Label.META}
"""The labels of the small part of the graph that seldom changes; only a rule leads from it to a subject."""


class Rel(StrEnum):
    """Relationship types, each named in the direction of its arrow."""

    PART_OF = "PART_OF"  # Region -> Region
    IN_REGION = "IN_REGION"  # Agency | PowerItem | Entity -> Region
    SUBORDINATE_TO = "SUBORDINATE_TO"  # Agency -> Agency
    SUCCEEDED_BY = "SUCCEEDED_BY"  # Agency -> Agency
    DIVISION_OF = "DIVISION_OF"  # Division -> Agency
    SIGNED_BY = "SIGNED_BY"  # Memorandum -> Agency
    SUPERSEDES = "SUPERSEDES"  # Memorandum -> Memorandum
    GOVERNS = "GOVERNS"  # Memorandum -> CreditList
    PRESCRIBES = "PRESCRIBES"  # Memorandum -> Measure
    RECOGNIZED_BY = "RECOGNIZED_BY"  # CreditList -> Agency
    IMPLEMENTED_BY = "IMPLEMENTED_BY"  # Measure -> Agency
    ASSIGNED_TO = "ASSIGNED_TO"  # Measure -> Division
    NAMES = "NAMES"  # Measure -> PowerItem
    EMBEDDED_IN = "EMBEDDED_IN"  # Measure -> PowerItem, with step, mode, status, since
    EXERCISED_BY = "EXERCISED_BY"  # PowerItem -> Agency
    HANDLED_BY = "HANDLED_BY"  # PowerItem -> Division
    DEVOLVED_FROM = "DEVOLVED_FROM"  # PowerItem -> PowerItem
    AFFILIATED_WITH = "AFFILIATED_WITH"  # Entity -> Entity, with role, since, until
    HAS_LISTING = "HAS_LISTING"  # Entity -> Listing
    ON_LIST = "ON_LIST"  # Listing -> CreditList


class ListColor(StrEnum):
    """红名单 and 黑名单."""

    RED = "RED"
    BLACK = "BLACK"


class EntityKind(StrEnum):
    """What a subject is 主体类别."""

    LEGAL_PERSON = "LEGAL_PERSON"
    INDIVIDUAL_BUSINESS = "INDIVIDUAL_BUSINESS"
    UNINCORPORATED_ORGANIZATION = "UNINCORPORATED_ORGANIZATION"
    NATURAL_PERSON = "NATURAL_PERSON"


class AffiliationRole(StrEnum):
    """Role of a subject at an organisation 任职或控制关系."""

    LEGAL_REPRESENTATIVE = "LEGAL_REPRESENTATIVE"
    ACTUAL_CONTROLLER = "ACTUAL_CONTROLLER"
    EXECUTIVE = "EXECUTIVE"
    DIRECTLY_RESPONSIBLE = "DIRECTLY_RESPONSIBLE"


class IdentifierScheme(StrEnum):
    """Kind of number that identifies a subject 标识类型."""

    USCC = "USCC"
    ORG_CODE = "ORG_CODE"
    REGISTRATION_NO = "REGISTRATION_NO"
    RESIDENT_ID = "RESIDENT_ID"


class Standing(StrEnum):
    """Result of the direct active listings of a subject (rule 8)."""

    CLEAR = "CLEAR"
    RED = "RED"
    BLACK = "BLACK"
    MIXED = "MIXED"


class MeasureNature(StrEnum):
    """措施性质, mildest first: the order is the severity that rule 9 compares."""

    REWARD = "REWARD"
    ASSISTANCE = "ASSISTANCE"
    PUBLICITY = "PUBLICITY"
    SUPERVISION = "SUPERVISION"
    REFERENCE = "REFERENCE"
    RESTRICTION = "RESTRICTION"
    PROHIBITION = "PROHIBITION"


class MemorandumKind(StrEnum):
    """备忘录类别."""

    REWARD = "REWARD"
    PUNISHMENT = "PUNISHMENT"
    BOTH = "BOTH"


class Advice(StrEnum):
    """Advice to the officer (rule 9)."""

    CLEAR = "CLEAR"
    FACILITATE = "FACILITATE"
    WATCH = "WATCH"
    CAUTION = "CAUTION"
    RESTRICT = "RESTRICT"
    REFUSE = "REFUSE"


class Via(StrEnum):
    """How a ground reaches the subject: it is listed itself (rule 3), or through an organisation (rule 4)."""

    DIRECT = "DIRECT"
    AFFILIATED = "AFFILIATED"


class Scene(StrEnum):
    """业务场景 of a power item."""

    APPROVAL = "APPROVAL"
    SUPERVISION = "SUPERVISION"
    PUBLIC_RESOURCE_TRADING = "PUBLIC_RESOURCE_TRADING"
    FISCAL_FUNDS = "FISCAL_FUNDS"
    AWARD_EVALUATION = "AWARD_EVALUATION"
    PUBLIC_SERVICE = "PUBLIC_SERVICE"


class AgencyLevel(StrEnum):
    """层级 of an agency or a region."""

    NATIONAL = "NATIONAL"
    PROVINCE = "PROVINCE"
    CITY = "CITY"
    COUNTY = "COUNTY"


class EmbeddingMode(StrEnum):
    """嵌入方式 in the business system."""

    API = "API"
    PAGE_EMBED = "PAGE_EMBED"
    MANUAL_QUERY = "MANUAL_QUERY"


class EmbeddingStatus(StrEnum):
    """嵌入状态."""

    PLANNED = "PLANNED"
    LIVE = "LIVE"


class Confidence(StrEnum):
    """How sure a row's source is 可信程度; answered as given in the dataset."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
