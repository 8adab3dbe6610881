"""The types of `explain` 适用说明: why a measure applies or does not apply."""

import datetime as dt

import strawberry

from api.schema.enums import Via, describe
from api.schema.fields import fetch_field
from graph.queries.explanation import ATTEMPTS, CHECKS
from graph.queries.explanation_text import Fact, Sentence
from graph.statements.fetch import BoundNode, Variable

from .references import AffiliationRef, CreditListRef, EntityRef, ListingRef, MeasureRef, MemorandumRef

describe(
    Fact,
    "What decided a check 判定事实.",
    IN_FORCE="The memorandum is in force 备忘录有效.",
    NOT_YET_IN_FORCE="The memorandum takes effect later 尚未施行.",
    NO_LONGER_IN_FORCE="It ended 已失效.",
    SUPERSEDED="Another memorandum superseded it 已被替代.",
    GOVERNS_A_LIST="The memorandum governs a list 有对应名单.",
    GOVERNS_NO_LIST="It governs no list 无对应名单.",
    LISTED="The subject, or an organisation it has a role at, was ever on such a list 曾列入名单.",
    NOT_LISTED="Neither was ever on such a list 从未列入名单.",
    NOT_A_REWARD="The measure is no reward, so black lists do not exclude it 非激励措施.",
    NOT_BLACK="The subject itself is on no black list 无黑名单记录.",
    BLACK_BEATS_RED="The subject is on a black list, so no reward applies 黑名单排除激励.",
    ACTIVE="The listing is active 记录有效.",
    NOT_YET_LISTED="The listing begins later 尚未列入.",
    EXPIRED="It expired 已到期.",
    REMOVED="The listing was removed 已移出.",
    ROLE_HELD="The role is held 任职有效.",
    ROLE_NOT_YET_HELD="The role begins later 尚未任职.",
    ROLE_ENDED="It ended 已卸任.",
    TARGETED="The measure reaches this kind of subject, or this role 属于措施对象.",
    NOT_TARGETED="The measure does not reach it 不属于措施对象.",
    COLOR_FITS="The colour of the list brings measures of this nature 颜色相符.",
    COLOR_DOES_NOT_FIT="The colour of the list does not bring them 颜色不符.",
)


@strawberry.type(description="A rule that was checked 规则判定, and the fact that decided it.")
class RuleCheck:
    """A check."""

    rule: int = fetch_field(Variable("rule"), "Number of the rule 规则编号.")
    holds: bool = fetch_field(Variable("holds"), "Whether it holds 是否成立.")
    fact: Fact = fetch_field(Variable("fact"), "The fact that decided it 判定事实.")
    date: dt.date | None = fetch_field(Variable("date", date=True), "The day of the fact 相关日期.")
    memorandum: MemorandumRef | None = fetch_field(
        BoundNode("memorandum", nullable=True), "The memorandum that superseded 替代的备忘录."
    )
    listing: ListingRef | None = fetch_field(
        BoundNode("listing", nullable=True), "The black listing that excludes rewards 排除激励的黑名单记录."
    )
    sentence: str = fetch_field(Sentence(), "The check as a Chinese sentence 说明.")


@strawberry.type(description="A listing through which the measure may apply 可能的依据, and its checks.")
class GroundAttempt:
    """An attempt at a ground."""

    checks: list[RuleCheck] = fetch_field(CHECKS, "Rules 1, 4 (a role only), 3 (target) and 3 (colour) 判定.")
    via: Via = fetch_field(Variable("via"), "How it would reach the subject 途径.")
    listing: ListingRef = fetch_field(BoundNode("listing"), "The listing 名单记录.")
    list: CreditListRef = fetch_field(BoundNode("list"), "The list 名单.")
    affiliation: AffiliationRef | None = fetch_field(
        BoundNode("affiliation", {"organization": "organization"}, nullable=True),
        "The role through which it would reach the subject 关联关系; null for a direct one.",
    )
    holds: bool = fetch_field(Variable("holds"), "Whether all its checks hold 是否成立.")


@strawberry.type(description="Why a measure applies to a subject on a day, or does not 适用说明.")
class Explanation:
    """An explanation."""

    applies: bool = fetch_field(
        Variable("applies"), "Whether it applies 是否适用: all checks and at least one attempt hold."
    )
    subject: EntityRef = fetch_field(BoundNode("entity"), "The subject 信用主体.")
    measure: MeasureRef = fetch_field(BoundNode("measure"), "The measure 措施.")
    checks: list[RuleCheck] = fetch_field(CHECKS, "Rules 2, 3 (a list is governed, and was reached) and 5 总体判定.")
    attempts: list[GroundAttempt] = fetch_field(
        ATTEMPTS, "Every listing through which it may apply 逐条依据, regardless of dates, in order."
    )
