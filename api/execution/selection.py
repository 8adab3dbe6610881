"""From a GraphQL operation to the tree of `Selected` that `graph` prints: fragments, directives and variables resolved.

graphql-core's own functions collect the fields, so that what is fetched is exactly what is answered.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import Any

from graphql import (
    FieldNode,
    GraphQLError,
    GraphQLField,
    GraphQLObjectType,
    ListValueNode,
    ObjectValueNode,
    ValueNode,
    VariableNode,
    get_named_type,
    is_abstract_type,
    print_ast,
)
from graphql.execution.collect_fields import FieldDetailsList, GroupedFieldSet, collect_fields, collect_subfields
from graphql.execution.executor import Executor
from graphql.execution.values import VariableValues, get_argument_values

from api.documents.limits import DEFAULTS, Limits
from api.schema.fields import fetch_of
from graph.errors import LimitExceeded
from graph.statements.arguments import Arguments, RequestContext
from graph.statements.selected import Path, Selected


@dataclass(frozen=True)
class Site:
    """A field with variables in its arguments."""

    definition: GraphQLField
    node: FieldNode

    def values(self, variable_values: VariableValues) -> dict[str, Any]:
        """The arguments of the field by schema name, as the driver takes them."""
        arguments = get_argument_values(self.definition, self.node, variable_values)
        if arguments.get("last") is not None and not self._is_set("first", variable_values):
            arguments.pop("first", None)  # the default of `first` does not count beside `last`
        return {argument: _plain(value) for argument, value in arguments.items()}

    def _is_set(self, argument: str, variable_values: VariableValues) -> bool:
        """Whether the client set the argument, in the document or by a variable that has a value."""
        value = next((node.value for node in self.node.arguments or () if node.name.value == argument), None)
        if isinstance(value, VariableNode):
            return value.name.value in variable_values.coerced
        return value is not None


class Selection:
    """Walks the operation of an executor.

    A statement stays within the limits `depth` and `selections`: beyond them the planner takes
    seconds. api.documents.limits refuses most documents earlier, but counts a selection on an interface or a union
    once, whereas a statement fetches it for each type.
    """

    def __init__(self, executor: Executor[Any], context: RequestContext, limits: Limits = DEFAULTS) -> None:
        self._executor = executor
        self._context = context
        self._limits = limits
        self._fields = 0
        self._numbers: dict[int, int] = {}
        self.sites: list[Site] = []
        self.schema = executor.schema
        self.complete = True
        """False if a part was left out because its variables are unusable: graphql-core reports them at execution."""
        self.details: dict[Path, FieldDetailsList] = {}
        """The field nodes at each path."""

    def roots(self) -> list[Selected]:
        """The operation's root fields that are fetched, without introspection."""
        try:
            return list(self._fields_of(*self.root(), ()))
        except GraphQLError:
            self.complete = False
            return []

    def root(self) -> tuple[GraphQLObjectType, GroupedFieldSet]:
        """The query type and its selection."""
        executor = self._executor
        root = executor.schema.query_type
        if root is None:
            raise TypeError("the schema has no query type")
        collected = collect_fields(
            executor.schema, executor.fragments, executor.variable_values, root, executor.operation
        )
        return root, collected.grouped_field_set

    def _fields_of(self, parent: GraphQLObjectType, grouped: GroupedFieldSet, path: Path) -> Iterator[Selected]:
        for key, details in grouped.items():
            name = details[0].node.name.value
            if name.startswith("__"):
                continue
            self._fields += 1
            for limit, found in (("selections", self._fields), ("depth", len(path) + 1)):
                most: int = getattr(self._limits, limit)
                if found > most:
                    message = f"{limit}: the operation has at least {found}; the maximum is {most}"
                    hint = "a fragment counts wherever it is spread; split the operation into several"
                    raise LimitExceeded(limit, most, found, f"{message}: {hint}")
            definition = parent.fields[name]
            site = Site(definition, details[0].node)
            try:
                arguments = Arguments(site.values(self._executor.variable_values), self._context)
            except GraphQLError:
                self.complete = False
                continue
            self.details.setdefault((*path, key), details)
            yield Selected(
                name=name,
                key=key,
                path=(*path, key),
                fetch=fetch_of(definition),
                arguments=arguments,
                site=self._number(site),
                origins={argument.name.value: print_ast(argument.value) for argument in site.node.arguments or ()},
                type=get_named_type(definition.type).name,
                children=partial(self._children, definition.type, details, (*path, key)),
            )

    def _number(self, site: Site) -> int | None:
        if not any(_holds_a_variable(argument.value) for argument in site.node.arguments or ()):
            return None
        if id(site.node) not in self._numbers:
            self._numbers[id(site.node)] = len(self.sites)
            self.sites.append(site)
        return self._numbers[id(site.node)]

    def _children(
        self, returned: Any, details: FieldDetailsList, path: Path, typename: str | None
    ) -> Sequence[Selected]:
        executor = self._executor
        object_type = get_named_type(returned)
        if is_abstract_type(object_type):
            if typename is None:
                raise TypeError(f"{object_type} is abstract: its fetch must say which type")
            object_type = executor.schema.get_type(typename)
        if not isinstance(object_type, GraphQLObjectType):
            raise TypeError(f"{object_type} has no fields")
        try:
            return list(self._fields_of(object_type, self.collect(object_type, details), path))
        except GraphQLError:
            self.complete = False
            return []

    def collect(self, object_type: GraphQLObjectType, details: FieldDetailsList) -> GroupedFieldSet:
        """The selection at a field for an object of the type."""
        executor = self._executor
        return collect_subfields(
            executor.schema,
            executor.fragments,
            executor.variable_values,
            executor.operation,
            object_type,
            details,
        ).grouped_field_set


def _holds_a_variable(value: ValueNode) -> bool:
    if isinstance(value, ListValueNode):
        return any(_holds_a_variable(element) for element in value.values)
    if isinstance(value, ObjectValueNode):
        return any(_holds_a_variable(entry.value) for entry in value.fields)
    return isinstance(value, VariableNode)


def _plain(value: Any) -> Any:
    """An argument as the driver takes it: enum values as plain text."""
    if isinstance(value, Enum):
        return value.value
    return [_plain(element) for element in value] if isinstance(value, list) else value
