"""The enums of the schema, with a description for every value."""

from enum import StrEnum

import strawberry

from graph.model import (
    Advice,
    AffiliationRole,
    AgencyLevel,
    EntityKind,
    IdentifierScheme,
    ListColor,
    MeasureNature,
    MemorandumKind,
    Scene,
    Standing,
    Via,
)

__all__ = [
    "Advice",
    "AffiliationRole",
    "AgencyLevel",
    "EntityKind",
    "IdentifierScheme",
    "ListColor",
    "MeasureNature",
    "MemorandumKind",
    "Scene",
    "Standing",
    "Via",
]


def describe(enum: type[StrEnum], description: str, **values: str) -> None:
    """Make a GraphQL enum of an enum of the graph; every value needs a description."""
    strawberry.enum(enum, description=description)
    definition = enum.__strawberry_definition__  # type: ignore[attr-defined]
    for value in definition.values:
        value.description = values[value.name]


describe(
    ListColor,
    "Colour of a list 名单颜色.",
    RED="红名单: the trustworthy.",
    BLACK="黑名单: those in serious default.",
)
describe(
    EntityKind,
    "Kind of a subject 主体类别.",
    LEGAL_PERSON="法人.",
    INDIVIDUAL_BUSINESS="个体工商户.",
    UNINCORPORATED_ORGANIZATION="非法人组织.",
    NATURAL_PERSON="自然人.",
)
describe(
    AffiliationRole,
    "Role of a subject at an organisation 任职或控制关系.",
    LEGAL_REPRESENTATIVE="法定代表人.",
    ACTUAL_CONTROLLER="实际控制人.",
    EXECUTIVE="董事、监事、高级管理人员.",
    DIRECTLY_RESPONSIBLE="直接责任人员.",
)
describe(
    IdentifierScheme,
    "Kind of number that identifies a subject 标识类型.",
    USCC="统一社会信用代码, GB 32100-2015.",
    ORG_CODE="组织机构代码, GB 11714.",
    REGISTRATION_NO="工商注册号.",
    RESIDENT_ID="居民身份证号, GB 11643; found by a keyed hash, shown masked.",
)
describe(
    Standing,
    "The result of the direct active listings of a subject 信用状态 (rule 8).",
    CLEAR="On no list 无记录.",
    RED="On red lists only 守信.",
    BLACK="On black lists only 失信.",
    MIXED="On lists of both colours 红黑并存.",
)
describe(
    MeasureNature,
    "Nature of a measure 措施性质, mildest first.",
    REWARD="激励.",
    ASSISTANCE="协助类惩戒: helps another body.",
    PUBLICITY="公示类惩戒.",
    SUPERVISION="监管类惩戒.",
    REFERENCE="参考类惩戒: to be considered, 审慎性参考.",
    RESTRICTION="限制类惩戒.",
    PROHIBITION="禁止类惩戒.",
)
describe(
    MemorandumKind,
    "Kind of the measures of a memorandum 备忘录类别.",
    REWARD="联合激励.",
    PUNISHMENT="联合惩戒.",
    BOTH="Both 激励与惩戒.",
)
describe(
    Advice,
    "Advice of the applicable measures to the officer 办理建议 (rule 9). The officer decides, and gives the reason.",
    CLEAR="No measure opposes it 正常办理.",
    FACILITATE="Make it easier 便利办理.",
    WATCH="Handle it, and watch 加强监管.",
    CAUTION="Weigh the record 审慎办理.",
    RESTRICT="Restrict 限制办理.",
    REFUSE="Refuse 不予办理.",
)
describe(
    Via,
    "How a ground reaches the subject 依据途径.",
    DIRECT="The subject itself is listed 直接 (rule 3).",
    AFFILIATED="An organisation at which it holds a role is listed 关联 (rule 4).",
)
describe(
    Scene,
    "Business scene of a power item 业务场景.",
    APPROVAL="行政审批.",
    SUPERVISION="事中事后监管.",
    PUBLIC_RESOURCE_TRADING="公共资源交易.",
    FISCAL_FUNDS="财政资金.",
    AWARD_EVALUATION="评先评优.",
    PUBLIC_SERVICE="公共服务.",
)
describe(
    AgencyLevel,
    "Level of an agency or a region 层级.",
    NATIONAL="国家级.",
    PROVINCE="省级.",
    CITY="市级.",
    COUNTY="县级.",
)
