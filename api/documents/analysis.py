"""The figures of a document, counted before anything runs: depth, aliases, selections, directives, cost.

Each definition is walked once, and the figures of a fragment are added wherever it is spread. The work is therefore
linear in the document, however its fragments chain. A document need not be valid: an unknown field counts like a field
of an object. A fragment that does not exist, or that spreads itself, counts as nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_introspection_type,
    is_list_type,
)

from .cost import ASSUMED_LIST, CAP, ROWS, Amount, Costs, Size, elements, is_connection, page

Definition = OperationDefinitionNode | FragmentDefinitionNode
COUNTED = ("aliases", "selections", "directives", "introspection")
MOSTLY_EMPTY = ("args", "inputFields", "interfaces", "possibleTypes")
"""Lists of the introspection that are empty for most fields and types."""
LARGEST = 8
"""How many times larger the introspection of the largest type is, which `__type` may name, than the average of
`types`."""
DEPTHS = ("depth", "nesting", "introspection_depth")


@dataclass(slots=True)
class Complexity:
    """The figures of a selection set, including the fragments that it spreads."""

    depth: int = 0
    """Levels of fields, without introspection and `__typename`."""
    nesting: int = 0
    """Levels of selection sets, including those of fragments."""
    aliases: int = 0
    selections: int = 0
    """Fields, spreads and inline fragments."""
    directives: int = 0
    introspection_depth: int = 0
    """Levels of fields from a `__schema` or `__type` down; that field counts too."""
    introspection: int = 0
    """Introspection fields, multiplied by the sizes of their lists."""
    once: Amount = 0
    """Cost of the data, without `rows`."""
    rows: Amount = 0
    """Cost of one row, if the set is that of a connection; the size of its page is the number of rows."""

    def add(self, other: "Complexity") -> None:
        """Add the figures of a sibling selection. The cost is left out: api.documents.cost adds it up."""
        for name in COUNTED:
            setattr(self, name, min(CAP, getattr(self, name) + getattr(other, name)))
        for name in DEPTHS:
            setattr(self, name, max(getattr(self, name), getattr(other, name)))


class Analysis:
    """The figures of each definition of a document."""

    def __init__(self, document: DocumentNode, schema: GraphQLSchema, most: int) -> None:
        """`most` is the largest page allowed."""
        self.visited = 0
        """Selections that were visited: as many as the text has."""
        self.operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
        self.costs = Costs()
        self._schema = schema
        self._most = most
        self._fragments = {
            node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
        }
        self._of_fragment: dict[str, Complexity] = {}
        for fragment in self._fragments_in_dependency_order():
            condition = schema.get_type(fragment.type_condition.name.value)
            self._of_fragment[fragment.name.value] = self._definition(fragment, condition)
        self._of_operation = [
            self._definition(operation, schema.get_root_type(operation.operation)) for operation in self.operations
        ]

    def figures(self) -> Complexity:
        """The figures of the document without its cost. Operations are added up, because all of them are validated,
        whichever is executed. Fragments that nothing spreads count too."""
        total = Complexity()
        for measured in self._of_operation:
            total.add(measured)
        for measured in self._of_fragment.values():
            for name in (*COUNTED, *DEPTHS):
                setattr(total, name, max(getattr(total, name), getattr(measured, name)))
        return total

    def cost(self, operation: OperationDefinitionNode) -> Amount:
        """The cost of the data of an operation; `costs` evaluates it."""
        figures = zip(self.operations, self._of_operation, strict=True)
        return next(measured.once for node, measured in figures if node is operation)

    def _fragments_in_dependency_order(self) -> Iterator[FragmentDefinitionNode]:
        """The fragments, each after those that it spreads. Not recursive: a chain may be thousands long."""
        seen: set[str] = set()
        for name in self._fragments:
            waiting: list[tuple[str, Iterator[str]]] = [("", iter([name]))]
            while waiting:
                holder, spreads = waiting[-1]
                following = next(spreads, None)
                if following is None:
                    waiting.pop()
                    if holder:
                        yield self._fragments[holder]
                elif following in self._fragments and following not in seen:
                    seen.add(following)
                    waiting.append((following, _spreads(self._fragments[following].selection_set)))

    def _definition(self, node: Definition, parent: GraphQLNamedType | None) -> Complexity:
        total = self._selections(node.selection_set, parent)
        total.directives += len(node.directives or ())
        total.directives += sum(len(variable.directives or ()) for variable in node.variable_definitions or ())
        return total

    def _selections(self, node: SelectionSetNode, parent: GraphQLNamedType | None) -> Complexity:
        total = Complexity()
        once: list[tuple[Size, Amount]] = []
        rows: list[tuple[Size, Amount]] = []
        for selection in node.selections:
            self.visited += 1
            inner = self._selection(selection, parent)
            total.add(inner)
            total.selections += 1
            total.directives += len(selection.directives or ())
            once.append((1, inner.once))
            rows.append((1, inner.rows))
        total.nesting += 1
        total.once, total.rows = self.costs.sum(once), self.costs.sum(rows)
        return total

    def _selection(self, node: SelectionNode, parent: GraphQLNamedType | None) -> Complexity:
        match node:
            case FieldNode():
                return self._field(node, parent)
            case FragmentSpreadNode():
                return self._of_fragment.get(node.name.value, Complexity())
            case InlineFragmentNode():
                condition = node.type_condition
                narrowed = parent if condition is None else self._schema.get_type(condition.name.value)
                return self._selections(node.selection_set, narrowed)
        raise TypeError(f"{node.kind} is no selection")

    def _field(self, node: FieldNode, parent: GraphQLNamedType | None) -> Complexity:
        name = node.name.value
        field = self._schema.get_field(parent, name) if is_composite_type(parent) else None
        named = None if field is None else get_named_type(field.type)
        inner = Complexity() if node.selection_set is None else self._selections(node.selection_set, named)
        inner.aliases += node.alias is not None
        level = name != "__typename"
        if any(known is not None and is_introspection_type(known) for known in (parent, named)):
            inner.introspection_depth += level
            inner.introspection = min(CAP, 1 + self._introspected(name, field, inner.introspection))
            return inner
        inner.depth += level
        if name in ROWS and is_connection(parent):
            inner.once, inner.rows = 1, inner.once
        elif field is not None:
            amount = inner.once
            if is_connection(named):
                amount = self.costs.sum([(1, amount), (page(node, field, self._most), inner.rows)])
            inner.once, inner.rows = self.costs.sum([(1, 1), (elements(node, field), amount)]), 0
        return inner

    def _introspected(self, name: str, field: GraphQLField | None, each: int) -> int:
        """The cost of what an introspection field holds, if each object in it costs `each`."""
        if name == "types":
            return len(self._schema.type_map) * each
        if name == "__type":
            return LARGEST * each
        if name in MOSTLY_EMPTY:
            return 2 * each
        return each * (ASSUMED_LIST if field is not None and is_list_type(get_nullable_type(field.type)) else 1)


def _spreads(node: SelectionSetNode) -> Iterator[str]:
    """The names of the fragments that a selection set spreads, at any depth."""
    waiting = [node]
    while waiting:
        for selection in waiting.pop().selections:
            if isinstance(selection, FragmentSpreadNode):
                yield selection.name.value
            elif isinstance(selection, FieldNode | InlineFragmentNode) and selection.selection_set is not None:
                waiting.append(selection.selection_set)
