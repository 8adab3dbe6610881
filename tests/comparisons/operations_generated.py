"""Generated operations: those of hypothesis-graphql, extended by what it does not generate.

It chooses fields, arguments and types. This module adds aliases, named, inline and nested fragments, directives,
variables, `__typename`, repeated selections and documents with several operations. A response name means the same in a
whole document, so that selections can always be merged; all documents are valid.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

import graphql as gql

from tests.comparisons.operations_nodes import (
    field_node,
    literal_node,
    names_in,
    parsed_selections,
    spread_node,
    variable_node,
)
from tests.comparisons.operations_values import ABSENT, Argument, Values, required

MAX_DEPTH = 7
MAX_FIELDS = 25
MAX_ROWS = 150
"""Approximate rows of an answer at a place, above which no lists are added."""
HABITS = (0, 0, 0, 0, 0, 1)
INTROSPECTION = ('__type(name: "Entity") { kind name }', "__schema { queryType { name } }")


@dataclass
class Variable:
    """A variable of a document."""

    argument: Argument
    type: str
    default: gql.ValueNode | None

    def value(self, values: Values, habit: Random, random: Random) -> Any:
        """`habit` decides what needs a plan of its own: whether there is a value, and the value of a condition."""
        needed = self.type.endswith("!") and self.default is None
        return values.sent(self.argument, needed, habit, random)


@dataclass
class Document:
    """A document and the variables of its operations, by operation name."""

    text: str
    operations: dict[str | None, dict[str, Variable]]

    def asked(self, values: Values, random: Random) -> tuple[str | None, dict[str, Any]]:
        """An operation name and variables for it."""
        name = random.choice(list(self.operations))
        # Plans must be used again with other values, so most calls share a habit.
        habit = Random(f"{self.text} {name} {random.choice(HABITS)}")
        sent = {key: variable.value(values, habit, random) for key, variable in self.operations[name].items()}
        if name is not None and random.random() < 0.03:
            name = random.choice((None, "Nobody"))
        return name, {key: value for key, value in sent.items() if value is not ABSENT}


@dataclass
class Writing:
    """Builds one document."""

    schema: gql.GraphQLSchema
    values: Values
    random: Random
    fields: int = 0
    names: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    """The meaning of each response name: field, arguments, type."""
    variables: dict[str, Variable] = field(default_factory=dict)
    fragments: dict[str, gql.FragmentDefinitionNode] = field(default_factory=dict)

    def document(self, drawn: Sequence[gql.OperationDefinitionNode]) -> Document:
        """The document of these operations, with the additions."""
        names = [None] if len(drawn) == 1 and self.chance(0.6) else [f"Asked{number}" for number in range(len(drawn))]
        query = self.schema.query_type
        assert query is not None
        sets = [
            gql.SelectionSetNode(selections=self.selections(query, list(node.selection_set.selections), 1, 1))
            for node in drawn
        ]
        operations = {}
        parts = []
        for name, selected in zip(names, sets, strict=True):
            used = {key: self.variables[key] for key in sorted(self.used(selected))}
            operations[name] = used
            parts.append(_operation(name, used, selected))
        spread = set().union(*(self.spread(selected) for selected in sets))
        parts += [gql.print_ast(self.fragments[name]) for name in sorted(spread)]
        self.random.shuffle(parts)
        return Document("\n\n".join(parts), operations)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def selections(
        self, parent: gql.GraphQLNamedType, base: list[gql.SelectionNode], depth: int, rows: int
    ) -> tuple[gql.SelectionNode, ...]:
        """The selections of a type: those of `base`, and more."""
        found: list[gql.SelectionNode] = []
        for node in base:
            if isinstance(node, gql.InlineFragmentNode) and node.type_condition is not None:
                target = self.schema.type_map[node.type_condition.name.value]
                found += self._narrowed(target, list(node.selection_set.selections), depth, rows)
            elif isinstance(node, gql.FieldNode) and node.name.value != "__typename":
                found += self._field(parent, node.name.value, node, depth, rows)
        if gql.is_abstract_type(parent):
            for target in self.random.sample(self.schema.get_possible_types(parent), k=self.random.randint(1, 3)):
                found += self._narrowed(target, [], depth, rows)
        if isinstance(parent, gql.GraphQLObjectType | gql.GraphQLInterfaceType):
            wanted = self.random.choice((0, 0, 0, 1) if depth == 1 else (0, 1, 2, 3, 4))
            for name in self.random.sample(sorted(parent.fields), k=min(wanted, len(parent.fields))):
                found += self._field(parent, name, None, depth, rows)
        if depth == 1 and self.chance(0.03):
            found += parsed_selections(self.random.choice(INTROSPECTION))
        if not found or self.chance(0.15):
            found.append(field_node("__typename", self.random.choice((None, None, "kindOf"))))
        self.random.shuffle(found)
        return self._wrapped(parent, [self._conditional(node) for node in found])

    def _narrowed(
        self, target: gql.GraphQLNamedType, base: list[gql.SelectionNode], depth: int, rows: int
    ) -> list[gql.SelectionNode]:
        """A fragment on a type of an abstract one; sometimes inside another on the interface."""
        fragment: gql.SelectionNode = self._fragment(target, self.selections(target, base, depth, rows))
        implemented = isinstance(target, gql.GraphQLObjectType) and target.interfaces
        if implemented and self.chance(0.15):
            fragment = self._fragment(self.schema.type_map["Node"], (fragment, field_node("id")))
        return [fragment]

    def _field(
        self, parent: gql.GraphQLNamedType, name: str, base: gql.FieldNode | None, depth: int, rows: int
    ) -> list[gql.SelectionNode]:
        assert isinstance(parent, gql.GraphQLObjectType | gql.GraphQLInterfaceType)
        definition = parent.fields[name]
        target = gql.get_named_type(definition.type)
        leaf = gql.is_leaf_type(target)
        many = gql.is_list_type(gql.get_nullable_type(definition.type))
        rows *= 6 if many else 1
        # There must be room below: a connection needs two levels.
        if (not leaf and (depth >= MAX_DEPTH or rows > MAX_ROWS)) or (self.fields >= MAX_FIELDS and depth > 1):
            return []
        self.fields += 1
        arguments = self._arguments(name, definition, base)
        shown = ", ".join(gql.print_ast(argument) for argument in arguments)
        alias = self._alias(parent, name, shown, str(definition.type))
        if leaf:
            return [field_node(name, alias, arguments)]
        below = list(base.selection_set.selections) if base is not None and base.selection_set else []
        found: list[gql.SelectionNode] = [
            field_node(name, alias, arguments, self.selections(target, below, depth + 1, rows))
        ]
        if self.chance(0.08):  # selected twice: both are merged
            found.append(field_node(name, alias, arguments, self.selections(target, [], depth + 1, rows)))
        return found

    def _alias(self, parent: gql.GraphQLNamedType, name: str, arguments: str, kind: str) -> str | None:
        meant = (name, arguments, kind)
        wanted = [name]
        if self.chance(0.2):
            # The name of another field may also be the alias.
            siblings = sorted(parent.fields) if isinstance(parent, gql.GraphQLObjectType) else []
            wanted.insert(
                0, self.random.choice((*siblings, f"as_{name}")) if self.chance(0.5) else f"a{len(self.names)}"
            )
        for key in (*wanted, f"{name}_{len(self.names)}"):
            if self.names.setdefault(key, meant) == meant:
                return None if key == name else key
        raise AssertionError("the last name is new")

    def _arguments(
        self, name: str, definition: gql.GraphQLField, base: gql.FieldNode | None
    ) -> tuple[gql.ArgumentNode, ...]:
        found = []
        by_name = {node.name.value: node.value for node in base.arguments or ()} if base is not None else {}
        for key, argument in definition.args.items():
            needed = gql.is_required_argument(argument)
            if not needed and not self.chance(0.1 if key in ("last", "before", "scheme") else 0.3):
                continue
            described = Argument(name, key, argument.type)
            if key in by_name and self.chance(0.05):
                value = by_name[key]
            elif self.chance(0.55):
                value = self._variable(described)
            elif not needed and self.chance(0.1):
                value = gql.NullValueNode()
            else:
                value = self._literal(described)
            found.append(gql.ArgumentNode(name=gql.NameNode(value=key), value=value))
        self.random.shuffle(found)
        return tuple(found)

    def _literal(self, argument: Argument) -> gql.ValueNode:
        value = self.values.of(argument, self.random)
        if isinstance(value, list) and value and self.chance(0.2):  # a variable for an element
            element = gql.get_nullable_type(argument.type).of_type  # type: ignore[union-attr]
            listed = literal_node(value, argument.type)
            assert isinstance(listed, gql.ListValueNode)
            variable = self._variable(Argument(argument.field, argument.name, element))
            return gql.ListValueNode(values=(*listed.values[1:], variable))
        if isinstance(value, list) and len(value) == 1 and self.chance(0.3):  # GraphQL coerces one value to a list
            value = value[0]
        return literal_node(value, argument.type)

    def _variable(self, argument: Argument, limit: int = 12) -> gql.VariableNode:
        same = [key for key, known in self.variables.items() if known.argument.meaning == argument.meaning]
        if same and (self.chance(0.4) or len(self.variables) >= limit):
            return variable_node(self.random.choice(same))
        kind, default = str(argument.type), None
        nullable = kind.removesuffix("!")
        if self.chance(0.3):
            # If null is not allowed, a variable of the nullable type needs a default.
            kind = nullable if self.chance(0.7) else f"{nullable}!"
            default = literal_node(self.values.of(argument, self.random), argument.type)
        elif not required(argument.type) and self.chance(0.2):
            kind = f"{nullable}!"
        elif not required(argument.type) and self.chance(0.1):
            default = gql.NullValueNode()
        key = f"v{len(self.variables)}"
        self.variables[key] = Variable(argument, kind, default)
        return variable_node(key)

    def _conditional(self, node: gql.SelectionNode) -> gql.SelectionNode:
        if not self.chance(0.12):
            return node
        names = self.random.choice((("include",), ("skip",), ("include", "skip")))
        return replace(node, directives=tuple(self._directive(name) for name in names))

    def _directive(self, name: str) -> gql.DirectiveNode:
        value: gql.ValueNode = gql.BooleanValueNode(value=(name == "include") == self.chance(0.7))
        if self.chance(0.75):
            flag = Argument("directive", f"flag{self.random.randint(0, 1)}", gql.GraphQLNonNull(gql.GraphQLBoolean))
            value = self._variable(flag)
        condition = gql.ArgumentNode(name=gql.NameNode(value="if"), value=value)
        return gql.DirectiveNode(name=gql.NameNode(value=name), arguments=(condition,))

    def _wrapped(self, parent: gql.GraphQLNamedType, found: list[gql.SelectionNode]) -> tuple[gql.SelectionNode, ...]:
        """Some of the selections inside fragments, and an earlier fragment spread again."""
        if self.chance(0.25):
            start = self.random.randrange(len(found))
            end = self.random.randint(start + 1, len(found))
            found[start:end] = [self._fragment(parent, tuple(found[start:end]), parent)]
        again = [name for name, fragment in self.fragments.items() if fragment.type_condition.name.value == parent.name]
        if again and self.chance(0.3):
            found.insert(self.random.randrange(len(found) + 1), spread_node(self.random.choice(again)))
        return tuple(found)

    def _fragment(
        self,
        target: gql.GraphQLNamedType,
        selections: tuple[gql.SelectionNode, ...],
        parent: gql.GraphQLNamedType | None = None,
    ) -> gql.SelectionNode:
        condition = gql.NamedTypeNode(name=gql.NameNode(value=target.name))
        body = gql.SelectionSetNode(selections=selections)
        if self.chance(0.4):
            name = f"Part{len(self.fragments)}"
            self.fragments[name] = gql.FragmentDefinitionNode(
                name=gql.NameNode(value=name), type_condition=condition, selection_set=body
            )
            return self._conditional(spread_node(name))
        if parent is target and self.chance(0.3):
            return self._conditional(gql.InlineFragmentNode(type_condition=None, selection_set=body))
        return self._conditional(gql.InlineFragmentNode(type_condition=condition, selection_set=body))

    def used(self, node: gql.Node) -> set[str]:
        """The variables that a selection uses, including those of its fragments."""
        return names_in(node, gql.VariableNode).union(
            *(names_in(self.fragments[name], gql.VariableNode) for name in self.spread(node))
        )

    def spread(self, node: gql.Node) -> set[str]:
        """The fragments that a selection spreads, also inside each other."""
        found: set[str] = set()
        waiting = names_in(node, gql.FragmentSpreadNode)
        while waiting:
            found |= waiting
            waiting = set().union(*(names_in(self.fragments[name], gql.FragmentSpreadNode) for name in waiting)) - found
        return found


def _operation(name: str | None, variables: dict[str, Variable], selected: gql.SelectionSetNode) -> str:
    defined = ", ".join(
        f"${key}: {variable.type}" + (f" = {gql.print_ast(variable.default)}" if variable.default else "")
        for key, variable in variables.items()
    )
    head = " ".join(part for part in ("query", name) if part) if name or defined else ""
    return f"{head}{f'({defined})' if defined else ''} {gql.print_ast(selected)}".strip()
