"""Why a measure applies to a subject on a day, or does not: every rule tried, with the fact that decided it."""

import re
from dataclasses import dataclass
from enum import StrEnum

from graph.model import Label, MeasureNature, Rel
from graph.rules import applicability as rules
from graph.statements.fetch import return_rows
from graph.statements.statement import Scope, Selected, Writer

from .filters import known_code
from .subjects import require_subject

CHECK = ("rule", "holds", "fact", "date", "memorandum", "listing", "expected", "actual")
"""What a check binds; `expected` is a list of words and `actual` a word, where words are compared."""
ATTEMPT = ("via", "listing", "list", "affiliation", "organization", "holds", "checks")
"""What an attempt binds."""


class Fact(StrEnum):
    """What decided a check 判定事实; the first of each group is the one that lets the rule hold."""

    IN_FORCE = "IN_FORCE"
    NOT_YET_IN_FORCE = "NOT_YET_IN_FORCE"
    NO_LONGER_IN_FORCE = "NO_LONGER_IN_FORCE"
    SUPERSEDED = "SUPERSEDED"
    GOVERNS_A_LIST = "GOVERNS_A_LIST"
    GOVERNS_NO_LIST = "GOVERNS_NO_LIST"
    LISTED = "LISTED"
    NOT_LISTED = "NOT_LISTED"
    NOT_A_REWARD = "NOT_A_REWARD"
    NOT_BLACK = "NOT_BLACK"
    BLACK_BEATS_RED = "BLACK_BEATS_RED"
    ACTIVE = "ACTIVE"
    NOT_YET_LISTED = "NOT_YET_LISTED"
    EXPIRED = "EXPIRED"
    REMOVED = "REMOVED"
    ROLE_HELD = "ROLE_HELD"
    ROLE_NOT_YET_HELD = "ROLE_NOT_YET_HELD"
    ROLE_ENDED = "ROLE_ENDED"
    TARGETED = "TARGETED"
    NOT_TARGETED = "NOT_TARGETED"
    COLOR_FITS = "COLOR_FITS"
    COLOR_DOES_NOT_FIT = "COLOR_DOES_NOT_FIT"


_SENTENCES = {
    Fact.IN_FORCE: "备忘录自{date}起有效",
    Fact.NOT_YET_IN_FORCE: "备忘录自{date}起才施行",
    Fact.NO_LONGER_IN_FORCE: "备忘录已于{date}失效",
    Fact.SUPERSEDED: "备忘录自{date}起被《{title}》替代",
    Fact.GOVERNS_A_LIST: "备忘录适用于红黑名单",
    Fact.GOVERNS_NO_LIST: "备忘录没有对应的红黑名单",
    Fact.LISTED: "主体或其任职、控制的机构曾列入该备忘录适用的名单",
    Fact.NOT_LISTED: "主体及其任职、控制的机构从未列入该备忘录适用的名单",
    Fact.NOT_A_REWARD: "该措施不是激励措施，不受黑名单排除",
    Fact.NOT_BLACK: "主体自身没有有效的黑名单记录",
    Fact.BLACK_BEATS_RED: "主体自身有有效的黑名单记录（{number}），不适用激励措施",
    Fact.ACTIVE: "名单记录自{date}起有效",
    Fact.NOT_YET_LISTED: "名单记录自{date}起才生效",
    Fact.EXPIRED: "名单记录已于{date}到期",
    Fact.REMOVED: "名单记录已于{date}移出",
    Fact.ROLE_HELD: "该任职或控制关系自{date}起成立",
    Fact.ROLE_NOT_YET_HELD: "该任职或控制关系自{date}起才成立",
    Fact.ROLE_ENDED: "该任职或控制关系已于{date}终止",
    Fact.TARGETED: "措施对象包括{actual}",
    Fact.NOT_TARGETED: "措施对象为{expected}，此处为{actual}",
    Fact.COLOR_FITS: "{actual}名单适用{expected}性质的措施",
    Fact.COLOR_DOES_NOT_FIT: "{actual}名单不适用{expected}性质的措施",
}
_PARTS = {
    "date": "toString({date})",
    "title": "{memorandum}.title",
    "number": "{listing}.listingNo",
    "actual": "{words}[{actual}]",
    "expected": "substring(reduce(text = '', word IN {expected} | text + '、' + {words}[word]), 1)",
}
_WORDS = {
    "RED": "红",
    "BLACK": "黑",
    "REWARD": "激励",
    "ASSISTANCE": "协助",
    "PUBLICITY": "公示",
    "SUPERVISION": "监管",
    "REFERENCE": "参考",
    "RESTRICTION": "限制",
    "PROHIBITION": "禁止",
    "LEGAL_PERSON": "法人",
    "INDIVIDUAL_BUSINESS": "个体工商户",
    "UNINCORPORATED_ORGANIZATION": "非法人组织",
    "NATURAL_PERSON": "自然人",
    "LEGAL_REPRESENTATIVE": "法定代表人",
    "ACTUAL_CONTROLLER": "实际控制人",
    "EXECUTIVE": "董事、监事、高级管理人员",
    "DIRECTLY_RESPONSIBLE": "直接责任人员",
}
"""What checks compare, in Chinese."""


def _check(rule: int, holds: str, fact: str, **facts: str) -> str:
    """A map literal of a check; `fact` and `facts` are expressions."""
    entries = {"rule": str(rule), "holds": holds, "fact": fact, **facts}
    return "{" + ", ".join(f"{name}: {value}" for name, value in entries.items()) + "}"


def _either(holds: str, when: Fact, otherwise: Fact) -> str:
    return f"CASE WHEN {holds} THEN '{when}' ELSE '{otherwise}' END"


def _first(cases: list[tuple[str, str]], otherwise: str) -> str:
    return "CASE " + " ".join(f"WHEN {when} THEN {then}" for when, then in cases) + f" ELSE {otherwise} END"


def _dated(cases: list[tuple[str, Fact, str]], otherwise: Fact, date: str) -> tuple[str, str]:
    """The expressions of the fact that comes first, and of its date."""
    fact = _first([(when, f"'{fact}'") for when, fact, _ in cases], f"'{otherwise}'")
    return fact, _first([(when, day) for when, _, day in cases], date)


def general_checks(day: str) -> str:
    """The list of the checks that do not depend on a listing, over `memorandum`, `superseder`, `measure`, `black` (a
    listing or null) and `attempts`."""
    in_force, since = _dated(
        [
            (f"{day} < memorandum.effectiveFrom", Fact.NOT_YET_IN_FORCE, "memorandum.effectiveFrom"),
            (f"memorandum.effectiveTo <= {day}", Fact.NO_LONGER_IN_FORCE, "memorandum.effectiveTo"),
            ("superseder IS NOT NULL", Fact.SUPERSEDED, "superseder.effectiveFrom"),
        ],
        Fact.IN_FORCE,
        "memorandum.effectiveFrom",
    )
    by = f"CASE WHEN {in_force} = '{Fact.SUPERSEDED}' THEN superseder END"
    governs = f"EXISTS {{ (memorandum)-[:{Rel.GOVERNS}]->(:{Label.CREDIT_LIST}) }}"
    rewarding = f"measure.nature = '{MeasureNature.REWARD}'"
    beaten = f"{rewarding} AND black IS NOT NULL"
    color = _first(
        [(f"NOT {rewarding}", f"'{Fact.NOT_A_REWARD}'"), ("black IS NULL", f"'{Fact.NOT_BLACK}'")],
        f"'{Fact.BLACK_BEATS_RED}'",
    )
    checks = [
        _check(2, rules.in_force("memorandum", day), in_force, date=since, memorandum=by),
        _check(3, governs, _either(governs, Fact.GOVERNS_A_LIST, Fact.GOVERNS_NO_LIST)),
        _check(3, "size(attempts) > 0", _either("size(attempts) > 0", Fact.LISTED, Fact.NOT_LISTED)),
        _check(5, f"NOT ({beaten})", color, listing=f"CASE WHEN {beaten} THEN black END"),
    ]
    return f"[{', '.join(checks)}]"


def attempt_checks(day: str) -> str:
    """The list of the checks of one attempt, over what `rules.routes` binds and `measure`."""
    active, when = _dated(
        [
            (f"{day} < listing.listedOn", Fact.NOT_YET_LISTED, "listing.listedOn"),
            (f"listing.expiresOn <= {day}", Fact.EXPIRED, "listing.expiresOn"),
            (f"listing.removedOn <= {day}", Fact.REMOVED, "listing.removedOn"),
        ],
        Fact.ACTIVE,
        "listing.listedOn",
    )
    held, since = _dated(
        [
            (f"{day} < affiliation.since", Fact.ROLE_NOT_YET_HELD, "affiliation.since"),
            (f"affiliation.until <= {day}", Fact.ROLE_ENDED, "affiliation.until"),
        ],
        Fact.ROLE_HELD,
        "affiliation.since",
    )
    fits = rules.colour_fits_nature("list.color", "measure.nature")
    aimed = "target IN measure.targets"
    role = _check(4, rules.active_affiliation("affiliation", day), held, date=since)
    checks = [
        _check(1, rules.active_listing("listing", day), active, date=when),
        f"CASE WHEN affiliation IS NOT NULL THEN {role} END",
        _check(
            3,
            aimed,
            _either(aimed, Fact.TARGETED, Fact.NOT_TARGETED),
            expected="measure.targets",
            actual="target",
        ),
        _check(
            3, fits, _either(fits, Fact.COLOR_FITS, Fact.COLOR_DOES_NOT_FIT), expected="[measure.nature]",
            actual="list.color",
        ),
    ]  # fmt: skip
    return f"[check IN [{', '.join(checks)}] WHERE check IS NOT NULL]"


@dataclass(frozen=True)
class ExplainMeasure:
    """Root field `explain`: binds `entity`, `measure`, `applies`, `checks` and `attempts`."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        prop, values = require_subject("subject", selected, writer)
        code = known_code("measure", Label.MEASURE, selected, writer)
        day = writer.day(selected)
        whole = "all(check IN {} WHERE check.holds)"
        with writer.call("one") as name:
            writer.line(f"MATCH (measure:{Label.MEASURE})<-[:{Rel.PRESCRIBES}]-(memorandum:{Label.MEMORANDUM})")
            writer.line(f"WHERE measure.code IN {code}")
            with writer.call_as("entity", ["measure"]):
                writer.line(f"MATCH (entity:{Label.ENTITY}) WHERE entity.{prop} IN {values}")
                writer.line("RETURN entity")
            with writer.call_as("superseder", ["memorandum"]):
                writer.line(f"OPTIONAL MATCH {rules.superseders('memorandum', 'superseder', day)}")
                writer.line("RETURN superseder ORDER BY superseder.code LIMIT 1")
            with writer.call_as("black", ["entity"]):
                writer.line(f"OPTIONAL MATCH {rules.direct_black_listings('entity', 'black', day)}")
                writer.line("RETURN black ORDER BY black.listingNo LIMIT 1")
            with writer.call_as("attempts", ["entity", "memorandum", "measure"]):
                writer.line(rules.listing_routes("entity", None))
                writer.line(f"WITH * WHERE EXISTS {{ (memorandum)-[:{Rel.GOVERNS}]->(list) }}")
                writer.line(f"WITH *, {attempt_checks(day)} AS checks")
                order = rules.GROUND_ORDER.format_map({role: role for role in rules.GROUND})
                writer.line(f"WITH *, {whole.format('checks')} AS holds ORDER BY {order}")
                writer.line(f"RETURN collect({{{', '.join(f'{role}: {role}' for role in ATTEMPT)}}}) AS attempts")
            writer.line(f"WITH entity, measure, attempts, {general_checks(day)} AS checks")
            writer.line(f"WITH *, {whole.format('checks')} AND any(attempt IN attempts WHERE attempt.holds) AS applies")
            roles = {role: role for role in ("entity", "measure", "applies", "checks", "attempts")}
            return_rows(selected, roles, None, name, writer, one=True)
        return name


@dataclass(frozen=True)
class Sentence:
    """A check in Chinese, for a counter."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        cases, known = [], dict(scope) | {"words": writer.parameter(_WORDS)}
        for fact, sentence in _SENTENCES.items():
            parts = [name for name in re.split(r"[{}]", sentence) if name]
            texts = [_PARTS[name].format_map(known) if name in _PARTS else f"'{name}'" for name in parts]
            cases.append(f"WHEN '{fact}' THEN {' + '.join(texts)}")
        return f"CASE {scope['fact']} {' '.join(cases)} END"
