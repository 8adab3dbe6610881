"""Checks of the graph that a statement makes before it answers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.errors import InputError
from graph.model import Label
from graph.statements.arguments import Arguments
from graph.statements.selected import Path, Selected

if TYPE_CHECKING:
    from graph.statements.writer import Writer


@dataclass(frozen=True)
class Check:
    """A check on the value of an argument; if it fails, the fields at `paths` answer `error`."""

    error: InputError
    paths: list[Path]


Reading = Callable[[Arguments], list[str]]
"""Reads the values to check from the arguments."""

AT_LEAST_ONE, AT_MOST_ONE = "> 0", "< 2"
"""How many nodes must have one of the values."""


@dataclass(frozen=True)
class CheckKey:
    """Identifies a check: all fields whose argument is written the same way share one."""

    wanted: str
    label: Label
    prop: str
    origin: str | Path
    """The text of the argument in the document or, if it is not there, the path of the field."""


@dataclass(frozen=True)
class WrittenCheck:
    """A check as part of a statement."""

    known: str
    """The variable of its result."""
    parameter: str
    """The parameter of the values, a list."""
    check: Check


class Checks:
    """The checks of the statement that a writer prints."""

    def __init__(self, writer: "Writer") -> None:
        self._writer = writer
        self._written: dict[CheckKey, WrittenCheck] = {}

    def add(
        self,
        label: Label,
        prop: str,
        selected: Selected,
        argument: str,
        values: Reading,
        error: Callable[[Arguments], InputError],
        wanted: str = AT_LEAST_ONE,
    ) -> str:
        """The parameter, a list, of values of which at least one must exist, such as the code in a filter. With
        AT_MOST_ONE as `wanted`, no more than one node may have them. If the check fails, the field answers the
        error."""
        key = CheckKey(wanted, label, prop, selected.origins.get(argument, selected.path))
        if key not in self._written:
            parameter = self._writer.parameter_from(selected, values)
            known = self._writer.name("known")
            self._written[key] = WrittenCheck(known, parameter, Check(error(selected.arguments), []))
        written = self._written[key]
        written.check.paths.append(selected.path)
        return written.parameter

    def write(self) -> str:
        """Write the checks, and return the list of their results as an expression."""
        for key, written in self._written.items():
            node = self._writer.name(key.label)
            with self._writer.call_as(written.known):
                self._writer.line(f"OPTIONAL MATCH ({node}:{key.label}) WHERE {node}.{key.prop} IN {written.parameter}")
                self._writer.line(f"RETURN count({node}) {key.wanted} AS {written.known}")
        return f"[{', '.join(written.known for written in self._written.values())}]"

    def failures(self) -> list[Check]:
        """What each check answers if it fails, in the order of the results."""
        return [written.check for written in self._written.values()]
