"""From a tree of selected fields to one Cypher statement that returns the answer in its final shape.

A `Selected` is what a client asked for at one place, free of GraphQL; its `Fetch` knows how the value is had and prints
itself through the `Writer`: clauses into the block that is open, and an expression for the value. Values become
parameters, always. The keys of the returned maps are response names, which GraphQL's grammar limits to letters, digits
and underscores; they are quoted besides.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

from .errors import InputError, LimitExceeded, NotFound
from .identity import IdentityKey
from .model import Label

Scope = Mapping[str, str]
"""What a value can be fetched from: roles, such as `self` or `listing`, and the Cypher variables that play them."""

Path = tuple[str | int, ...]
"""Response names from the root, list indexes left out; an int names one element of a list."""


class Fetch(Protocol):
    """How a field is fetched; the operations of `graph.fetch`, `graph.connections` and `graph.subjects` are such."""

    def write(self, selected: "Selected", scope: Scope, writer: "Writer") -> str:
        """Add the clauses that are needed to the open block and return the expression of the value.

        Raises InputError when an argument cannot be used: the field then answers null and the error; LimitExceeded
        refuses the operation.
        """


@dataclass(frozen=True)
class Selected:
    """A field as a client selected it."""

    name: str
    """Name in the schema."""
    key: str
    """Response name."""
    path: Path
    fetch: Fetch | None
    """None for the parts of a connection, which the connection itself fetches."""
    arguments: Mapping[str, Any]
    """By schema name; absent where not given and without default."""
    children: Callable[[str | None], Sequence["Selected"]]
    """What is selected of the value: for an object type with None, for an interface or union by type name."""

    def child(self, name: str) -> "Selected | None":
        """The selected part of that schema name, if any."""
        return next((child for child in self.children(None) if child.name == name), None)


@dataclass(frozen=True)
class Request:
    """What is the same for a whole request."""

    today: Any
    """The day that `asOf` defaults to, a datetime.date."""
    key: IdentityKey
    max_page: int
    """Rows of a connection's page."""
    max_batch: int = 500
    """Identifiers or ids of a batch."""

    def check_batch(self, argument: str, size: int) -> None:
        """Raises LimitExceeded where a batch is too large."""
        if size > self.max_batch:
            message = f"{argument}: {size} were given; ask for at most {self.max_batch} at a time"
            raise LimitExceeded("batch", self.max_batch, size, f"{message} (JOINTCREDIT_MAX_BATCH)")


@dataclass(frozen=True)
class Check:
    """What the graph must hold of a value in an argument; where it does not, the fields at `paths` answer `error`."""

    error: InputError
    paths: list[Path]


@dataclass(frozen=True)
class Statement:
    """One Cypher statement with all that is needed to run it and to finish its answer."""

    name: str
    """Metric label, log field and transaction metadata."""
    text: str
    """Returns one row: `data`, a map by response name, and `known`, a list of booleans, one for each check."""
    parameters: dict[str, Any]
    failures: list[tuple[Path, InputError]]
    """Fields that are answered with an error whatever the database says."""
    checks: list[Check]

    def finish(self, data: dict[str, Any], known: Sequence[bool]) -> dict[str, Any]:
        """Put the errors of failures and failed checks in the place of the values they spoil; returns `data`."""
        for path, error in self.failures:
            _plant(data, path, error)
        for check, found in zip(self.checks, known, strict=True):
            for path in () if found else check.paths:
                _plant(data, path, check.error)
        return data


def _plant(value: Any, path: Path, error: Exception) -> None:
    if isinstance(value, list) and not isinstance(path[0], int):
        for element in value:
            _plant(element, path, error)
    elif value is not None and not isinstance(value, Exception):
        if isinstance(value, dict) and path[0] not in value:
            return  # a node of another type, which the fragment does not speak of
        if len(path) == 1:
            value[path[0]] = error
        else:
            _plant(value[path[0]], path[1:], error)


@dataclass
class Writer:
    """Prints one statement. Operations write lines and open blocks; names and parameters come from here."""

    request: Request
    parameters: dict[str, Any] = field(default_factory=dict)
    failures: list[tuple[Path, InputError]] = field(default_factory=list)
    _checks: dict[tuple[str, Label, str, tuple[str, ...]], tuple[str, str, Check]] = field(default_factory=dict)
    _lines: list[str] = field(default_factory=list)
    _names: dict[str, int] = field(default_factory=dict)
    _returned: list[str | None] = field(default_factory=lambda: [None])
    """For each open block the name that its last subquery returned."""

    def parameter(self, value: Any) -> str:
        """A parameter of its own for the value, whatever other values are: the text never depends on them."""
        name = f"p{len(self.parameters)}"
        self.parameters[name] = value
        return f"${name}"

    def day(self, selected: Selected, argument: str = "asOf") -> str:
        """The parameter of a date argument, or of today where it is not given."""
        given = selected.arguments.get(argument)
        if given is not None:
            return self.parameter(given)
        self.parameters["today"] = self.request.today
        return "$today"

    def name(self, noun: str) -> str:
        """A variable name that the statement does not use yet: the noun and a number."""
        self._names[noun] = self._names.get(noun, 0) + 1
        return f"{noun[0].lower()}{noun[1:]}{self._names[noun]}"

    def line(self, text: str) -> None:
        """Add a line, or several, to the open block."""
        self._lines.extend("  " * (len(self._returned) - 1) + line for line in text.splitlines())

    @contextmanager
    def call(self, noun: str, imports: Iterable[str] = ()) -> Iterator[str]:
        """Open a subquery that sees `imports` alone; yields the name under which it must return its value."""
        name = self.name(noun)
        with self.call_as(name, imports):
            yield name

    @contextmanager
    def call_as(self, name: str, imports: Iterable[str] = ()) -> Iterator[None]:
        """The same for a name that is already taken."""
        # A subquery that imports nothing imports its elder sibling: the planner would make a Cartesian product of them.
        seen = list(dict.fromkeys(imports)) or [self._returned[-1] or ""]
        self.line(f"CALL ({', '.join(seen)}) {{")
        self._returned.append(seen[0] or None)
        yield
        self._returned.pop()
        self._returned[-1] = name
        self.line("}")

    def map(self, fields: Sequence[Selected], scope: Scope, typename: str | None = None) -> str:
        """The map literal of the selected fields; `typename` is added where the type is not known beforehand."""
        entries = [f"`{selected.key}`: {self.value(selected, scope)}" for selected in fields]
        if typename is not None:
            entries.append(f"`__typename`: '{typename}'")
        return "{" + ", ".join(entries) + "}"

    def value(self, selected: Selected, scope: Scope) -> str:
        """The expression of one selected field; `null` where its arguments cannot be used, with the failure noted."""
        if selected.fetch is None:
            raise TypeError(f"the field {selected.name} does not say how it is fetched")
        lines, returned = len(self._lines), list(self._returned)
        try:
            return selected.fetch.write(selected, scope, self)
        except LimitExceeded:
            raise  # the operation as a whole is refused
        except InputError as error:
            del self._lines[lines:]
            self._returned = returned
            self.failures.append((selected.path, error))
            return "null"

    def fail(self, path: Path, error: InputError) -> None:
        """Note that the value at `path` is to be answered with the error."""
        self.failures.append((path, error))

    def require(self, label: Label, prop: str, values: tuple[str, ...], selected: Selected, message: str) -> str:
        """The parameter, a list, of values of which one must be held by a node, such as the code in a filter; else the
        field answers NotFound with the message."""
        return self._check("> 0", label, prop, values, selected, NotFound(message))

    def require_one(self, label: Label, prop: str, values: tuple[str, ...], selected: Selected, message: str) -> str:
        """The parameter, a list, of values that one node at the most may hold; else the field answers InputError."""
        return self._check("< 2", label, prop, values, selected, InputError(message))

    def _check(
        self, wanted: str, label: Label, prop: str, values: tuple[str, ...], selected: Selected, error: InputError
    ) -> str:
        key = (wanted, label, prop, values)
        if key not in self._checks:
            self._checks[key] = (self.name("known"), self.parameter(list(values)), Check(error, []))
        _, parameter, check = self._checks[key]
        check.paths.append(selected.path)
        return parameter

    def statement(self, name: str, fields: Sequence[Selected]) -> Statement:
        """Print the statement of the root fields."""
        data = self.map(fields, {})
        for (wanted, label, prop, _), (known, parameter, _) in self._checks.items():
            node = self.name(label)
            with self.call_as(known):
                self.line(f"OPTIONAL MATCH ({node}:{label}) WHERE {node}.{prop} IN {parameter}")
                self.line(f"RETURN count({node}) {wanted} AS {known}")
        known_names = ", ".join(known for known, _, _ in self._checks.values())
        self.line(f"RETURN {data} AS data, [{known_names}] AS known")
        checks = [check for _, _, check in self._checks.values()]
        return Statement(name, "\n".join(self._lines), self.parameters, self.failures, checks)
