"""Checks that a statement makes of the graph before it answers."""

from collections.abc import Callable
from dataclasses import dataclass

from graph.errors import InputError
from graph.model import Label
from graph.statements.arguments import Arguments
from graph.statements.selected import Path


@dataclass(frozen=True)
class Check:
    """What the graph must hold of a value in an argument; where it does not, the fields at `paths` answer `error`."""

    error: InputError
    paths: list[Path]


Reading = Callable[[Arguments], list[str]]
"""What a check reads out of the arguments."""

AT_LEAST_ONE, AT_MOST_ONE = "> 0", "< 2"
"""How many nodes a check wants."""


@dataclass(frozen=True)
class CheckKey:
    """What is checked: one check serves all fields that give the same argument in the same words."""

    wanted: str
    label: Label
    prop: str
    origin: str | Path
    """How the argument is written in the document, or, where it is not, the field that has it by default."""


@dataclass(frozen=True)
class WrittenCheck:
    """A check in a statement."""

    known: str
    """The variable that holds whether the graph passes it."""
    parameter: str
    """The parameter of the values, a list."""
    check: Check
