"""A Cypher statement that returns an answer in its final shape, and the errors that take the place of values in it.

The writer prints it from a tree of `Selected`, each what a client asks for at one place. The `Fetch` of a field adds
clauses to the open block and returns the expression of its value. It never sees a value of an argument: it says how a
parameter is made of the arguments (`Writer.parameter_from`) and what of them decides the text (`Writer.guard`). So a
statement is printed once and serves every request whose guards come out the same (api.execution.plans).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.errors import InputError
from graph.statements.checks import Check
from graph.statements.selected import CatalogueFragment, Path

from .arguments import ParameterBinding, PlanGuard


@dataclass(frozen=True)
class Statement:
    """One Cypher statement with all that is needed to run it and to finish its answer."""

    name: str
    """Metric label, log field and transaction metadata."""
    text: str
    """Returns one row: `data`, a map by response name, and `known`, a list of booleans, one for each check."""
    parameters: dict[str, Any]
    failures: list[tuple[Path, InputError]]
    """Fields that are answered with an error, without asking the database."""
    checks: list[Check]
    bindings: list[ParameterBinding] = field(default_factory=list)
    guards: list[PlanGuard] = field(default_factory=list)
    fragments: "dict[tuple[Path, str | None], CatalogueFragment]" = field(default_factory=dict)
    """By the path and, where the type is not known beforehand, the type."""

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
