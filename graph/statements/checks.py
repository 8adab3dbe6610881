"""Checks of the graph that a statement makes before it answers."""

from collections.abc import Callable
from dataclasses import dataclass

from graph.errors import InputError
from graph.model import Label
from graph.statements.arguments import Arguments
from graph.statements.selected import Path


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
