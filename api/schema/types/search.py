"""The types of `search` 检索: hits and what they say."""

from typing import Annotated

import strawberry

from api.schema.enums import describe
from api.schema.fields import fetch_field
from graph.search.hits import HitNode, HitValue, Score
from graph.search.match import SearchField, SearchMatch
from graph.search.snippet import Snippet

from .agency import Agency
from .connection import Connection
from .credit_list import CreditList
from .entity import Entity
from .measure import Measure
from .memorandum import Memorandum
from .power_item import PowerItem

describe(
    SearchMatch,
    "How a text matches a hit 匹配方式, worst first.",
    PARTIAL="It contains all words of the text, but not together 部分匹配.",
    PHRASE="It contains the text in one piece 包含.",
    PREFIX="It begins with the text 前缀匹配.",
    EXACT="It is the text 完全匹配.",
)
describe(
    SearchField,
    "The part of a hit that matches the text 匹配字段.",
    CODE="The code 编码.",
    IDENTIFIER="A number of an organisation: 统一社会信用代码, 组织机构代码 or 工商注册号.",
    DOCUMENT_NUMBER="The document number 文号 of a memorandum, or of a listing of the subject.",
    NAME="The name or title 名称.",
    SHORT_NAME="The short name of an agency 简称.",
    SUBSTANCE="Content and category of a measure 措施内容, field of a memorandum 领域, type of a power item 事项类型.",
    LEGAL_BASIS="A legal basis of a measure 依据.",
    INITIALS="The pinyin of the name or short name 拼音, its initials 首字母 or in full 全拼.",
)

SearchResult = Annotated[
    Entity | Memorandum | Measure | Agency | PowerItem | CreditList,
    strawberry.union("SearchResult", description="What a search finds 检索结果; no natural person is among them."),
]


@strawberry.type(description="A node that matches a search text 检索命中.")
class SearchHit:
    """A hit."""

    score: float = fetch_field(
        Score(),
        "How well it matches 匹配度. The whole part is `matched`: 4 EXACT, 3 PREFIX, 2 PHRASE, 1 PARTIAL. Hundredths "
        "are the share of the search text in the matching text: 3.50 begins with the search text and is twice as "
        "long. Hits are in order of score, best first; of equal ones, in the order of the types in `SearchResult`, "
        "then of their codes or numbers.",
    )
    matched: SearchMatch = fetch_field(HitValue("matched"), "How its best text matches 匹配方式.")
    field: SearchField = fetch_field(HitValue("field"), "Which of its texts matches best 匹配字段.")
    snippet: str = fetch_field(
        Snippet(),
        "That text, or the part around the match, as HTML 摘要: `<mark>` encloses the match, the rest is escaped.",
    )
    node: SearchResult = fetch_field(HitNode(), "The node 节点.")


@strawberry.type(description="A page of hits, the best first 检索分页.")
class SearchConnection(Connection[SearchHit]):
    """The hits."""
