"""The facts of an explanation, and their Chinese sentences."""

import re
from dataclasses import dataclass
from enum import StrEnum

from graph.statements.selected import Scope, Selected
from graph.statements.writer import Writer


class Fact(StrEnum):
    """What decided a check 判定事实; in each group, the first fact is the one with which the rule holds."""

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

_VALUES = {
    "{date}": "toString({date})",
    "{title}": "{memorandum}.title",
    "{number}": "{listing}.listingNo",
    "{actual}": "{words}[{actual}]",
    "{expected}": "substring(reduce(listed = '', word IN {expected} | listed + '、' + {words}[word]), 1)",
}
"""The values of the names in a sentence: expressions over the roles of a check."""

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
"""The words that checks compare, in Chinese."""


_PIECES = {
    str(fact): [piece for piece in re.split(r"(\{\w+\})", sentence) if piece] for fact, sentence in _SENTENCES.items()
}
"""Each sentence, as a list of texts and names."""


@dataclass(frozen=True)
class Sentence:
    """A check as a Chinese sentence, for a counter. All sentences are one parameter of the statement; this class writes
    how their pieces are joined."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        roles = dict(scope) | {"words": writer.constant(_WORDS)}
        values = " ".join(f"WHEN '{name}' THEN {value.format_map(roles)}" for name, value in _VALUES.items())
        pieces = f"{writer.constant(_PIECES)}[{scope['fact']}]"
        return f"reduce(text = '', piece IN {pieces} | text + CASE piece {values} ELSE piece END)"
