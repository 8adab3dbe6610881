"""Checks that a statement makes of the graph before it answers."""

from collections.abc import Callable
from dataclasses import dataclass

from graph.errors import InputError
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
