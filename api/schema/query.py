"""The roots of every query."""

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


@strawberry.type(description="What can be asked 查询.")
class Query(CatalogueQuery, AnalysisQuery):
    """The query type."""

    @query_field(NodeById())
    def node(self, id: Annotated[strawberry.ID, described("A global id 全局标识.")]) -> Node | None:
        """The thing of an id 节点; null where it is no more."""

    @query_field(NodesById())
    def nodes(
        self, ids: Annotated[list[strawberry.ID], described("Up to 500 (by default) global ids 全局标识.", batch=True)]
    ) -> list[Node | None]:
        """The things of several ids 节点, in their order; null where one is no more."""

    @query_field(Subject())
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
        """A subject by its identifier 信用主体; null where unknown, an error where the identifier is malformed."""

    @query_field(Subjects())
    def subjects(
        self,
        identifiers: Annotated[list[str], described("Up to 500 by default, each as for `subject` 标识.", batch=True)],
    ) -> list[Entity | None]:
        """Several subjects 信用主体, in the order of the identifiers; null where unknown."""

    @query_field(Search())
    def search(
        self,
        text: Annotated[
            str,
            described(
                "What is sought 检索词, up to 200 characters in any width: a name or a part of one, even one "
                "character; words of the substance; pinyin 拼音, initials or in full, as `szs` or `shenzhen` for "
                "深圳市; a document number 文号; a code, or a number of an organisation, or the beginning of one. "
                "Traditional characters, blanks, brackets, quotation marks, and stops at the end are no difference "
                "(rule S1). Several words must all stand in what is found."
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
        """Subjects and catalogue by whatever is known of them 检索, the best first. Natural persons are never found:
        ask `subject` by resident ID. Each way of fitting proposes at most 500 of a type, and `totalCount` counts what
        those come to: a text that fits more is answered in part, so say more. Subjects are found by the beginning of
        their pinyin, the catalogue by any part of it."""

    @query_field(MeasurePaths())
    def measure_paths(
        self,
        subject: Annotated[str, described("Identifier of the subject, as for `subject` 主体标识.")],
        as_of: AsOf = None,
        power_item: Annotated[str | None, described("Only paths to the power item of this code 权责事项.")] = None,
        agency: Annotated[str | None, described("Only paths that end at the agency of this code 部门.")] = None,
        first: Annotated[int | None, described("How many at the most 每页条数; 20 where null is given.")] = 50,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[MeasurePath]:
        """The paths from a subject to the measures that apply and the offices that act 措施路径 (rule 10)."""

    @query_field(MeasurePathsFor())
    def measure_paths_for(
        self,
        subjects: Annotated[list[str], described("Up to 500 by default, each as for `subject` 主体标识.", batch=True)],
        as_of: AsOf = None,
        power_item: Annotated[str | None, described("Only paths to the power item of this code 权责事项.")] = None,
        agency: Annotated[str | None, described("Only paths that end at the agency of this code 部门.")] = None,
        first: Annotated[
            int | None, described("How many for each subject at the most 每个主体条数; `measurePaths` goes on.")
        ] = 50,
    ) -> list[Connection[MeasurePath] | None]:
        """The paths of several subjects 批量措施路径, in the order of the identifiers; null where unknown."""
