"""Relay connections: edges and cursors, `nodes` beside them, and a total count that is fetched only when selected."""

from typing import Generic, TypeVar

import strawberry

T = TypeVar("T")


@strawberry.type(description="The position of a page 分页信息.")
class PageInfo:
    """The Relay page info."""

    has_next_page: bool = strawberry.field(description="Whether there is a next page 是否有下一页.")
    has_previous_page: bool = strawberry.field(description="Whether there is a previous page 是否有上一页.")
    start_cursor: str | None = strawberry.field(description="Cursor of the first element of this page 起始游标.")
    end_cursor: str | None = strawberry.field(description="Cursor of the last element of this page 结束游标.")


@strawberry.type(description="An element of a connection with its cursor 连接边.")
class Edge(Generic[T]):
    """The Relay edge."""

    cursor: str = strawberry.field(description="Identifies this element 游标; opaque.")
    node: T = strawberry.field(description="The element 节点.")


@strawberry.type(description="A page of elements in their fixed order 分页连接.")
class Connection(Generic[T]):
    """The Relay connection."""

    total_count: int = strawberry.field(description="Number of elements on all pages 总数; counted only when selected.")
    nodes: list[T] = strawberry.field(description="The elements of this page 节点列表.")
    edges: list[Edge[T]] = strawberry.field(description="The elements with their cursors 边列表.")
    page_info: PageInfo = strawberry.field(description="The position of this page 分页信息.")
