"""Builds and inspects the nodes of a document."""

from typing import Any

import graphql as gql


def names_in(node: gql.Node, kind: type[gql.VariableNode] | type[gql.FragmentSpreadNode]) -> set[str]:
    found: set[str] = set()

    class Names(gql.Visitor):
        def enter(self, inner: Any, *_rest: Any) -> None:
            if isinstance(inner, kind):
                found.add(inner.name.value)

    gql.visit(node, Names())
    return found


def field_node(
    name: str,
    alias: str | None = None,
    arguments: tuple[gql.ArgumentNode, ...] = (),
    selections: tuple[gql.SelectionNode, ...] = (),
) -> gql.FieldNode:
    return gql.FieldNode(
        name=gql.NameNode(value=name),
        alias=None if alias is None else gql.NameNode(value=alias),
        arguments=arguments,
        directives=(),
        selection_set=gql.SelectionSetNode(selections=selections) if selections else None,
    )


def spread_node(name: str) -> gql.FragmentSpreadNode:
    return gql.FragmentSpreadNode(name=gql.NameNode(value=name), directives=())


def variable_node(name: str) -> gql.VariableNode:
    return gql.VariableNode(name=gql.NameNode(value=name))


def parsed_selections(selection: str) -> list[gql.SelectionNode]:
    operation = gql.parse("{" + selection + "}").definitions[0]
    assert isinstance(operation, gql.OperationDefinitionNode)
    return list(operation.selection_set.selections)


def literal_node(value: Any, kind: gql.GraphQLInputType) -> gql.ValueNode:
    if isinstance(value, list):
        element = gql.get_nullable_type(kind).of_type  # type: ignore[union-attr]
        return gql.ListValueNode(values=tuple(literal_node(one, element) for one in value))
    if isinstance(gql.get_named_type(kind), gql.GraphQLEnumType):
        return gql.EnumValueNode(value=value)
    if isinstance(value, bool):
        return gql.BooleanValueNode(value=value)
    if isinstance(value, int):
        return gql.IntValueNode(value=str(value))
    return gql.StringValueNode(value=value)
