"""A Cypher statement that returns an answer in its final shape, and the errors that replace values in it.

The writer prints a statement from a tree of `Selected`. The `Fetch` of each field adds clauses to the open block and
returns the expression of its value. A fetch never sees the value of an argument: it declares how a parameter is made
from the arguments (`Writer.parameter_from`) and which facts about them decide the text (`Writer.guard`). Therefore a
statement is printed once and serves every request with the same results of its guards (api.execution.plans).
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
    """One Cypher statement with everything needed to run it and to finish its answer."""

    name: str
    """Metric label, log field and transaction metadata."""
    text: str
    """Returns one row: `data`, a map by response name, and `known`, a list with the result of each check."""
    parameters: dict[str, Any]
    failures: list[tuple[Path, InputError]]
    """Fields that answer an error without a query."""
    checks: list[Check]
    bindings: list[ParameterBinding] = field(default_factory=list)
    guards: list[PlanGuard] = field(default_factory=list)
    fragments: "dict[tuple[Path, str | None], CatalogueFragment]" = field(default_factory=dict)
    """By path and, for an abstract type, type name."""

    def finish(self, data: dict[str, Any], known: Sequence[bool]) -> dict[str, Any]:
        """Replace the values of failures and failed checks by their errors. Returns `data`."""
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
            return  # a node of another type, without the field
        if len(path) == 1:
            value[path[0]] = error
        else:
            _plant(value[path[0]], path[1:], error)
