"""The interface Node, which every node of the graph implements."""

import strawberry

from api.schema.fields import property_field


@strawberry.interface(description="A node of the graph that can be fetched by its id 节点.")
class Node:
    """The Relay node interface."""

    id: strawberry.ID = property_field("id", "Global id 全局标识: opaque, stable over reloads, tagged with its type.")
