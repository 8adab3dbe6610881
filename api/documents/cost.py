"""The cost of an operation: its fields, multiplied down the tree by the sizes of the pages and lists around them.

One unit is one value that the database fetches and the gateway writes: one field of one object. The cost is an upper
bound, as far as sizes are known before the operation runs: a field with `@skip` or `@include` counts, an impossible
type condition counts, and fields that merge count each. Introspection does not query the database;
api.documents.analysis limits it separately.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLObjectType,
    IntValueNode,
    ListValueNode,
    NullValueNode,
    OperationDefinitionNode,
    ValueNode,
    VariableNode,
    get_nullable_type,
    is_list_type,
)

from api.schema.fields import is_batch
from graph.statements.connections import PAGE

CAP = 10**15
"""Upper bound of every figure: fragments that double each other 10,000 times would make numbers of thousands of
digits."""
ASSUMED_LIST = 10
"""Assumed length of a list without a page, which is unknown before it is fetched. In the catalogue of 2018 a measure
has 3 agencies on average, a memorandum 8 signatories and 13 measures, an agency 11 measures."""
ROWS = ("nodes", "edges")
"""Fields of a connection that hold its page."""

Size = int | Callable[[Mapping[str, Any]], int]
"""How often a selection is fetched: a number, or a function of the variables."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A cost that depends on variables: `fixed`, plus each part multiplied by its size."""

    fixed: int
    parts: tuple[tuple[Size, "Amount"], ...]
    index: int


Amount = int | Sum
"""A cost: a number unless it depends on variables."""


class Costs:
    """The sums of one document in the order of their evaluation: each after the sums that it contains."""

    def __init__(self) -> None:
        self._sums: list[Sum] = []

    def sum(self, parts: Sequence[tuple[Size, Amount]]) -> Amount:
        """The parts, each multiplied by its size, added up. Parts that do not depend on variables are added up at
        once."""
        fixed, open_parts = 0, []
        for size, amount in parts:
            if isinstance(size, int) and isinstance(amount, int):
                fixed = min(CAP, fixed + size * amount)
            elif size != 0 and amount != 0:
                open_parts.append((size, amount))
        if not open_parts:
            return fixed
        self._sums.append(Sum(fixed, tuple(open_parts), len(self._sums)))
        return self._sums[-1]

    @property
    def steps(self) -> int:
        """How many additions the evaluation of all sums takes."""
        return sum(len(entry.parts) for entry in self._sums)

    def evaluate(self, amount: Amount, variables: Mapping[str, Any]) -> int:
        """The cost with these variables, at most CAP. Takes one step for each part that depends on variables, however
        often fragments repeat it."""
        if isinstance(amount, int):
            return amount
        values: list[int] = []
        for entry in self._sums[: amount.index + 1]:
            total = entry.fixed
            for size, part in entry.parts:
                times = size if isinstance(size, int) else size(variables)
                total += times * (part if isinstance(part, int) else values[part.index])
            values.append(min(CAP, total))
        return values[amount.index]


def is_connection(named: Any) -> bool:
    """Whether a type is a Relay connection."""
    return isinstance(named, GraphQLObjectType) and "pageInfo" in named.fields and "edges" in named.fields


def elements(node: FieldNode, field: GraphQLField) -> Size:
    """How many elements the field returns: 1 if it is no list."""
    if not is_list_type(get_nullable_type(field.type)):
        return 1
    for argument in node.arguments or ():
        declared = field.args.get(argument.name.value)
        if declared is not None and is_batch(declared):
            return _size(partial(_batch, argument.value), argument.value)
    return ASSUMED_LIST


def page(node: FieldNode, field: GraphQLField, most: int) -> Size:
    """How many rows the page of a connection field holds, at most `most`: a larger page is refused anyway."""
    arguments = {argument.name.value: argument.value for argument in node.arguments or ()}
    default = field.args["first"].default_value if "first" in field.args else None
    first, last = arguments.get("first"), arguments.get("last")
    return _size(partial(_page, first, last, default if isinstance(default, int) else None, most), first, last)


def with_defaults(operation: OperationDefinitionNode, variables: Mapping[str, Any]) -> Mapping[str, Any]:
    """The variables that were sent, and the defaults of the others."""
    defaults = {
        definition.variable.name.value: _read(definition.default_value, {}, None)
        for definition in operation.variable_definitions or ()
        if definition.default_value is not None
    }
    return {**defaults, **variables}


def _size(function: Callable[[Mapping[str, Any]], int], *nodes: ValueNode | None) -> Size:
    return function if any(isinstance(node, VariableNode) for node in nodes) else function({})


def _batch(node: ValueNode, variables: Mapping[str, Any]) -> int:
    value = _read(node, variables, None)
    return len(value) if isinstance(value, list) else 1  # GraphQL takes one value for a list of one


def _page(
    first: ValueNode | None, last: ValueNode | None, default: int | None, most: int, variables: Mapping[str, Any]
) -> int:
    of_last = _read(last, variables, None)
    if of_last is None:
        return _rows(_read(first, variables, default), most)
    # The default of `first` does not count beside `last`, and null asks for no page. With both arguments the field
    # returns an error.
    of_first = _read(first, variables, None)
    return max(_rows(of_last, most), 0 if of_first is None else _rows(of_first, most))


def _rows(value: Any, most: int) -> int:
    # A value that is no number is refused when variables are coerced.
    wanted = int(value) if isinstance(value, int | float) and value == value // 1 else PAGE
    return max(0, min(wanted, most))


def _read(node: ValueNode | None, variables: Mapping[str, Any], default: Any) -> Any:
    """The part of a value that sizes need: a number, null, the length of a list."""
    match node:
        case VariableNode():
            return variables.get(node.name.value, default)
        case IntValueNode():
            # Python refuses to parse a number of more than 4,300 digits.
            return int(node.value) if len(node.value) < 16 else CAP
        case ListValueNode():
            return [None] * len(node.values)
        case NullValueNode():
            return None
        case _:
            return default
