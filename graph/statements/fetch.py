"""The generic fetches: a property, a bound node, the nodes at the other end of a relationship."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from graph.identity.text import normalise
from graph.model import Label, Rel
from graph.statements.selected import Scope, Selected
from graph.statements.writer import Writer

SELF = "self"
Condition = Callable[[Scope, Selected, Writer], str | None]
"""Returns a predicate over the scope of a row for the arguments of a field, or None if they set no condition."""


@dataclass(frozen=True)
class Property:
    """A stored property of the node or relationship in `role`; dates as ISO text."""

    name: str
    date: bool = False
    role: str = SELF
    many: bool = False
    """Whether it is a list. Neo4j may not store an empty one."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        value = f"{scope[self.role]}.{self.name}"
        if self.many:
            return f"coalesce({value}, [])"
        return f"toString({value})" if self.date else value


@dataclass(frozen=True)
class Variable:
    """A value, not a node, that a rule has bound to `role`."""

    role: str
    date: bool = False

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        return f"toString({scope[self.role]})" if self.date else scope[self.role]


@dataclass(frozen=True)
class Predicate:
    """A rule as a boolean, such as whether a memorandum is in force."""

    rule: Condition

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        return self.rule(scope, selected, writer) or "true"


@dataclass(frozen=True)
class BoundNode:
    """An object that a rule has bound to `role`; `roles` renames further variables for its fields."""

    role: str
    roles: Mapping[str, str] = field(default_factory=dict)
    nullable: bool = False

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        inner = {SELF: scope[self.role]} | {name: scope[role] for name, role in self.roles.items()}
        value = writer.node(selected, inner)
        return f"CASE WHEN {scope[self.role]} IS NULL THEN null ELSE {value} END" if self.nullable else value


@dataclass(frozen=True)
class SameScope:
    """An object made of the same variables as its parent, such as the ground of a path."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        return writer.node(selected, scope)


@dataclass(frozen=True)
class Related:
    """The nodes of `label` at the other end of a relationship, in order: a list, or, with `one`, the first or null.

    With `through`, the relationship itself has the role `self`, the far node the role of that name, and the near node
    `near`.
    """

    rel: Rel
    direction: Literal["->", "<-"]
    label: Label
    where: tuple[Condition, ...] = ()
    one: bool = False
    through: str | None = None
    near: str = "near"
    order: tuple[str, ...] = ()
    """Sort keys as templates over the roles; if empty, the key of the far node."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        near, far = scope[SELF], writer.name(self.label)
        edge = writer.name("relationship") if self.through else ""
        left, right = ("-", "->") if self.direction == "->" else ("<-", "-")
        inner = {SELF: edge, self.through: far, self.near: near} if self.through else {SELF: far}
        with writer.call("list" if not self.one else "one", [near]) as name:
            writer.line(f"MATCH ({near}){left}[{edge}:{self.rel}]{right}({far}:{self.label})")
            write_where(self.where, parameter_roles(scope) | inner, selected, writer)
            order = ", ".join(key.format_map(inner) for key in self.order) or f"{far}.{self.label.key}"
            return_rows(selected, inner, order, name, writer, one=self.one)
        return name


@dataclass(frozen=True)
class PatternNodes:
    """The distinct nodes of `label` that a rule's pattern reaches from `near`, in the order of their keys."""

    pattern: Callable[[str, str, Selected, Writer], str]
    """Takes the variables of `near` and of the node, the field and the writer."""
    label: Label
    where: tuple[Condition, ...] = ()
    near: str = SELF

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        near, far = scope[self.near], writer.name(self.label)
        with writer.call("list", [near]) as name:
            writer.line(f"MATCH {self.pattern(near, far, selected, writer)}")
            write_where(self.where, parameter_roles(scope) | {SELF: far}, selected, writer)
            writer.line(f"WITH DISTINCT {far}")
            return_rows(selected, {SELF: far}, f"{far}.{self.label.key}", name, writer)
        return name


@dataclass(frozen=True)
class ByCode:
    """A root field: the node of `label` whose code is the argument `code`, or null."""

    label: Label

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        node = writer.name(self.label)
        code = writer.parameter_from(selected, lambda arguments: normalise(arguments["code"]))
        with writer.call("one") as name:
            writer.line(f"MATCH ({node}:{self.label} {{{self.label.key}: {code}}})")
            return_rows(selected, {SELF: node}, None, name, writer, one=True)
        return name


@dataclass(frozen=True)
class MapList:
    """The maps in the list of `role`. The entries of each map, named in `binds`, are its scope."""

    role: str
    binds: tuple[str, ...]
    order: str | None = None
    """Sort keys as a template over `binds`; if None, the order of the list."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        rows, place = scope[self.role], writer.name("place")
        roles = {role: writer.name(role) for role in self.binds}
        with writer.call("list", [rows]) as name:
            writer.line(f"UNWIND range(0, size({rows}) - 1) AS {place}")
            columns = ", ".join(f"{rows}[{place}].{role} AS {variable}" for role, variable in roles.items())
            writer.line(f"WITH {place}, {columns}")
            order = place if self.order is None else self.order.format_map(roles)
            return_rows(selected, roles | {"place": place}, order, name, writer)
        return name


@dataclass(frozen=True)
class NodeList:
    """The nodes in the list of `role`, in the order of their keys."""

    role: str
    label: Label

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        node = writer.name(self.label)
        with writer.call("list", [scope[self.role]]) as name:
            writer.line(f"UNWIND {scope[self.role]} AS {node}")
            return_rows(selected, {SELF: node}, f"{node}.{self.label.key}", name, writer)
        return name


@dataclass(frozen=True)
class Count:
    """The length of the list of `role`."""

    role: str

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        return f"size({scope[self.role]})"


def parameter_roles(scope: Scope) -> dict[str, str]:
    """The roles of parameters, such as the day of a whole answer. Every subquery can see them."""
    return {role: variable for role, variable in scope.items() if variable.startswith("$")}


def equals(argument: str, prop: str) -> Condition:
    """The condition that `prop` of `self` equals the argument, if it is set."""

    def condition(scope: Scope, selected: Selected, writer: Writer) -> str | None:
        if not writer.has(selected, argument):
            return None
        return f"{scope[SELF]}.{prop} = {writer.argument(selected, argument)}"

    return condition


def write_where(
    conditions: tuple[Condition, ...], scope: Scope, selected: Selected, writer: Writer, *, begun: bool = False
) -> None:
    """Write a WHERE of the conditions that are set, or, if one is `begun`, extend it."""
    texts = [text for condition in conditions if (text := condition(scope, selected, writer))]
    if texts:
        writer.line(("AND " if begun else "WHERE ") + " AND ".join(texts))


def return_rows(
    selected: Selected, scope: Scope, order: str | None, name: str, writer: Writer, *, one: bool = False
) -> None:
    """Close a block: project the selection from the rows that `scope` binds and return it as `name`, in order."""
    variables = dict.fromkeys(scope[role] for role in scope if role not in parameter_roles(scope))
    # With new names: the rules for the selected fields bind the old ones again.
    own = {variable: variable if "_" in variable else writer.name(variable) for variable in variables}
    if order or own.keys() != set(own.values()):
        # Sort before the subqueries of the projection, whose Apply keeps the order of its left side, and name the
        # variables. Otherwise, or with `*`, the planner's time doubles with every few levels of the selection.
        columns = (old if old == new else f"{old} AS {new}" for old, new in own.items())
        writer.line(f"WITH {', '.join(columns)}" + (f" ORDER BY {order}" if order else ""))
    value = writer.node(selected, {role: own.get(variable, variable) for role, variable in scope.items()})
    writer.line(f"RETURN collect({value}){'[0]' if one else ''} AS {name}")
