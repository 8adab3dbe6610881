"""The resolvers. They only read: the statement has already fetched the whole answer."""

from typing import Any

from graphql import GraphQLObjectType, GraphQLResolveInfo, GraphQLSchema, is_abstract_type


def by_response_name(source: Any, info: GraphQLResolveInfo[Any], **_arguments: Any) -> Any:
    """The resolver of every field."""
    return source[info.path.key]


def by_typename(source: Any, _info: GraphQLResolveInfo[Any], _type: Any) -> str:
    """The type resolver of every interface and union: the statement returns the type name with each map."""
    name: str = source["__typename"]
    return name


def read_from_rows(schema: GraphQLSchema) -> None:
    """Make every field of the schema read from the result of the statement."""
    for named in schema.type_map.values():
        if is_abstract_type(named):
            named.resolve_type = by_typename
        elif isinstance(named, GraphQLObjectType) and not named.name.startswith("__"):
            named.is_type_of = None
            for field in named.fields.values():
                field.resolve = by_response_name
