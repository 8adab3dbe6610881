"""The order of the keys in an answer."""

from typing import Any

import graphql as gql

from api.schema.build import schema

CORE = schema._schema


class Order:
    """The order of the keys in an answer, derived from the document alone."""

    def __init__(self, document: gql.DocumentNode, name: str | None, variables: dict[str, Any]) -> None:
        definitions = document.definitions
        self._fragments = {x.name.value: x for x in definitions if isinstance(x, gql.FragmentDefinitionNode)}
        operations = [x for x in definitions if isinstance(x, gql.OperationDefinitionNode)]
        self._operation = next(x for x in operations if name is None or (x.name is not None and x.name.value == name))
        defaults = {
            definition.variable.name.value: gql.value_from_ast_untyped(definition.default_value)
            for definition in self._operation.variable_definitions or ()
            if definition.default_value is not None
        }
        self._variables = defaults | variables

    def roots(self) -> set[str]:
        """The root fields of the operation, without introspection."""
        assert CORE.query_type is not None
        found: dict[str, list[gql.FieldNode]] = {}
        self._collect(self._operation.selection_set, CORE.query_type, found)
        return {nodes[0].name.value for nodes in found.values() if nodes[0].name.value in CORE.query_type.fields}

    def follows(self, data: dict[str, Any]) -> bool:
        """Whether each object has exactly the keys that are selected for one of its possible types, in their order."""
        assert CORE.query_type is not None
        return self._fits(data, CORE.query_type, [self._operation.selection_set])

    def _fits(self, data: Any, kind: gql.GraphQLOutputType, sets: list[gql.SelectionSetNode]) -> bool:
        if isinstance(data, list):
            return all(self._fits(element, kind, sets) for element in data)
        if not isinstance(data, dict):
            return True
        named = gql.get_named_type(kind)
        if isinstance(named, gql.GraphQLObjectType):
            return self._fits_object(data, named, sets)
        return gql.is_abstract_type(named) and any(
            self._fits_object(data, possible, sets) for possible in CORE.get_possible_types(named)
        )

    def _fits_object(self, data: dict[str, Any], kind: gql.GraphQLObjectType, sets: list[gql.SelectionSetNode]) -> bool:
        expected: dict[str, list[gql.FieldNode]] = {}
        for selected in sets:
            self._collect(selected, kind, expected)
        if list(expected) != list(data):
            return False
        for key, nodes in expected.items():
            field_name = nodes[0].name.value
            definition = CORE.get_field(kind, field_name)
            if field_name == "__typename":
                if data[key] != kind.name:
                    return False
                continue
            below = [node.selection_set for node in nodes if node.selection_set is not None]
            if definition is None or not self._fits(data[key], definition.type, below):
                return False
        return True

    def _collect(
        self, selected: gql.SelectionSetNode, kind: gql.GraphQLObjectType, found: dict[str, list[gql.FieldNode]]
    ) -> None:
        for node in selected.selections:
            if not self._wanted(node):
                continue
            if isinstance(node, gql.FieldNode):
                found.setdefault((node.alias or node.name).value, []).append(node)
                continue
            fragment = self._fragments[node.name.value] if isinstance(node, gql.FragmentSpreadNode) else node
            assert isinstance(fragment, gql.InlineFragmentNode | gql.FragmentDefinitionNode)
            condition = fragment.type_condition and CORE.type_map[fragment.type_condition.name.value]
            possible = [kind] if condition is None else [condition]
            if gql.is_abstract_type(condition):
                possible = list(CORE.get_possible_types(condition))
            if kind in possible:
                self._collect(fragment.selection_set, kind, found)

    def _wanted(self, node: gql.SelectionNode) -> bool:
        for directive in node.directives or ():
            value = next(argument.value for argument in directive.arguments or ())
            if isinstance(value, gql.VariableNode):
                holds = self._variables.get(value.name.value)
            else:
                holds = isinstance(value, gql.BooleanValueNode) and value.value
            if holds is not (directive.name.value == "include"):
                return False
        return True
