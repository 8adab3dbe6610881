"""The root fields of every query."""

from typing import Annotated

import strawberry

from graph.queries.nodes import NodeById, NodesById
from graph.queries.paths import MeasurePaths, MeasurePathsFor
from graph.queries.subjects import Subject, Subjects
from graph.search.hits import Search

from .analysis_query import AnalysisQuery
from .arguments import After, AsOf, Before, First, Last, described
from .catalogue_query import CatalogueQuery
from .enums import IdentifierScheme
from .fields import query_field
from .types.connection import Connection
from .types.entity import Entity
from .types.node import Node
from .types.path import MeasurePath
from .types.search import SearchConnection


@strawberry.type(description="The root fields of every query 查询.")
class Query(CatalogueQuery, AnalysisQuery):
    """The query type."""

    @query_field(NodeById())
    def node(self, id: Annotated[strawberry.ID, described("A global id 全局标识.")]) -> Node | None:
        """The node with an id 节点; null if it no longer exists."""

    @query_field(NodesById("ids"))
    def nodes(
        self, ids: Annotated[list[strawberry.ID], described("Up to 500 (by default) global ids 全局标识.", batch=True)]
    ) -> list[Node | None]:
        """The nodes with several ids 节点, in their order; null for one that no longer exists."""

    @query_field(Subject("identifier"))
    def subject(
        self,
        identifier: Annotated[
            str,
            described(
                "统一社会信用代码, 组织机构代码, 工商注册号 or 居民身份证号, in any width, blanks and hyphens allowed."
            ),
        ],
        scheme: Annotated[IdentifierScheme | None, described("Which 标识类型; guessed by default.")] = None,
    ) -> Entity | None:
        """A subject by its identifier 信用主体; null if unknown, an error if the identifier is malformed."""

    @query_field(Subjects("identifiers"))
    def subjects(
        self,
        identifiers: Annotated[list[str], described("Up to 500 by default, each as for `subject` 标识.", batch=True)],
    ) -> list[Entity | None]:
        """Several subjects 信用主体, in the order of the identifiers; null if unknown."""

    @query_field(Search())
    def search(
        self,
        text: Annotated[
            str,
            described(
                "The text to find 检索词, up to 200 characters in any width: a name or a part of one, even one "
                "character; words of the substance; pinyin 拼音, initials or in full, as `szs` or `shenzhen` for "
                "深圳市; a document number 文号; a code, or a number of an organisation, or the beginning of one. "
                "Traditional characters, blanks, brackets, quotation marks and stops at the end make no difference "
                "(rule S1). A hit must contain all words."
            ),
        ],
        types: Annotated[
            list[str] | None,
            described(
                "Only these types 类型: Entity, Memorandum, Measure, Agency, PowerItem, CreditList; all by default."
            ),
        ] = None,
        first: First = 20,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> SearchConnection:
        """Subjects and catalogue nodes that match a text 检索, the best first. Natural persons are never found: use
        `subject` with a resident ID. Each way of matching contributes at most 500 nodes of a type, and `totalCount`
        counts only those: if a text matches more, use a longer one. Subjects are found by the beginning of their
        pinyin, catalogue nodes by any part of it."""

    @query_field(MeasurePaths())
    def measure_paths(
        self,
        subject: Annotated[str, described("Identifier of the subject, as for `subject` 主体标识.")],
        as_of: AsOf = None,
        power_item: Annotated[str | None, described("Only paths to the power item with this code 权责事项.")] = None,
        agency: Annotated[str | None, described("Only paths that end at the agency with this code 部门.")] = None,
        first: Annotated[int | None, described("Size of the page 每页条数; 20 if null.")] = 50,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[MeasurePath]:
        """The paths from a subject to the measures that apply and the offices that act 措施路径 (rule 10)."""

    @query_field(MeasurePathsFor("subjects"))
    def measure_paths_for(
        self,
        subjects: Annotated[list[str], described("Up to 500 by default, each as for `subject` 主体标识.", batch=True)],
        as_of: AsOf = None,
        power_item: Annotated[str | None, described("Only paths to the power item with this code 权责事项.")] = None,
        agency: Annotated[str | None, described("Only paths that end at the agency with this code 部门.")] = None,
        first: Annotated[
            int | None, described("Largest number for each subject 每个主体条数; `measurePaths` has the rest.")
        ] = 50,
    ) -> list[Connection[MeasurePath] | None]:
        """The paths of several subjects 批量措施路径, in the order of the identifiers; null if unknown."""
