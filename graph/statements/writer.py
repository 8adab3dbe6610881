"""The writer: prints a tree of selected fields as one statement."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from graph.errors import InputError, LimitExceeded
from graph.model import CATALOGUE, Label
from graph.statements.bindings import Bindings
from graph.statements.catalogue_version import READ_VERSION, VERSION
from graph.statements.checks import Checks
from graph.statements.selected import CatalogueFragment, Path, Scope, Selected
from graph.statements.statement import Statement


@dataclass
class Writer(Bindings):
    """Prints one statement. Fetches write lines and open blocks; names and parameters come from here.

    With `as_lists`, objects are returned as lists of their values in the order of the selection, after the type name if
    the type is abstract; otherwise as maps by response name. With `with_fragments`, nodes of the catalogue are
    returned as their keys, and `fragments` says where.
    """

    as_lists: bool = False
    with_fragments: bool = False
    failures: list[tuple[Path, InputError]] = field(default_factory=list)
    fragments: dict[tuple[Path, str | None], CatalogueFragment] = field(default_factory=dict)
    checks: Checks = field(init=False)
    _lines: list[str] = field(default_factory=list)
    _names: dict[str, int] = field(default_factory=dict)
    _returned: list[str | None] = field(default_factory=lambda: [None])
    """For each open block, the name that its last subquery returned."""

    def __post_init__(self) -> None:
        self.checks = Checks(self)

    def name(self, noun: str) -> str:
        """An unused variable name: the noun with a small first letter, `_` and a number. Names in rules have no `_`, so
        the two never clash."""
        noun = noun[0].lower() + noun[1:]
        self._names[noun] = self._names.get(noun, 0) + 1
        return f"{noun}_{self._names[noun]}"

    def line(self, text: str) -> None:
        """Add one or more lines to the open block."""
        self._lines.extend("  " * (len(self._returned) - 1) + line for line in text.splitlines())

    @contextmanager
    def call(self, noun: str, imports: Iterable[str] = ()) -> Iterator[str]:
        """Open a subquery that sees only `imports`; yields the name under which it must return its value."""
        name = self.name(noun)
        with self.call_as(name, imports):
            yield name

    @contextmanager
    def call_as(self, name: str, imports: Iterable[str] = ()) -> Iterator[None]:
        """Like `call`, with a name that is already reserved."""
        # A subquery without imports imports the result of the one before: the planner would make a Cartesian product of
        # them.
        seen = list(dict.fromkeys(imports)) or [self._returned[-1] or ""]
        self.line(f"CALL ({', '.join(seen)}) {{")
        self._returned.append(seen[0] or None)
        yield
        self._returned.pop()
        self._returned[-1] = name
        self.line("}")

    def object(self, entries: Iterable[tuple[str, str]], typename: str | None = None) -> str:
        """The literal of an object from response names and expressions, in the order of the selection. `typename` is
        added if the type is abstract."""
        if self.as_lists:
            values = [] if typename is None else [f"'{typename}'"]
            values += [value for _, value in entries]
            return f"[{', '.join(values)}]"
        printed = [f"`{key}`: {value}" for key, value in entries]
        if typename is not None:
            printed.append(f"`__typename`: '{typename}'")
        return "{" + ", ".join(printed) + "}"

    def map(self, fields: Sequence[Selected], scope: Scope, typename: str | None = None) -> str:
        """The object with the selected fields."""
        return self.object([(selected.key, self.value(selected, scope)) for selected in fields], typename)

    def node(self, selected: Selected, scope: Scope, typename: str | None = None) -> str:
        """The selection of the node in the role `self`, for its type or, if that is abstract, for `typename`."""
        kind = typename or selected.type
        if self.with_fragments and kind in CATALOGUE:
            label = Label(kind)
            self.fragments[selected.path, typename] = CatalogueFragment(label, selected, typename)
            key = f"{scope['self']}.{label.key}"
            return key if typename is None else f"['{typename}', {key}]"
        return self.map(selected.children(typename), scope, typename)

    def value(self, selected: Selected, scope: Scope) -> str:
        """The expression of a selected field; `null`, with a failure recorded, if its arguments cannot be used."""
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
        """Record that the value at `path` is replaced by the error."""
        self.failures.append((path, error))

    def statement(self, name: str, fields: Sequence[Selected]) -> Statement:
        """Print the statement of the root fields."""
        data = self.map(fields, {})
        known = self.checks.write()
        version = ""
        if self.fragments:
            self._lines.insert(0, READ_VERSION)
            version = f", {VERSION} AS version"
        self.line(f"RETURN {data} AS data, {known} AS known{version}")
        return self._printed(name)

    def fragment(self, fragment: CatalogueFragment) -> Statement:
        """Print the statement that fetches a catalogue fragment for the keys in the parameter `keys`. It returns a list
        of pairs of a key and the selection of that node."""
        label = fragment.label
        node = self.name(label)
        self.line(f"UNWIND $keys AS key MATCH ({node}:{label} {{{label.key}: key}})")
        value = self.map(fragment.selected.children(fragment.typename), {"self": node})
        self.line(f"RETURN collect([{node}.{label.key}, {value}]) AS data, [] AS known")
        return self._printed(f"fragment{label}")

    def _printed(self, name: str) -> Statement:
        return Statement(
            name,
            "\n".join(self._lines),
            self.parameters,
            self.failures,
            self.checks.failures(),
            self.bindings,
            self.guards,
            self.fragments,
        )
