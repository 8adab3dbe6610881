"""The input of a request: the context of the whole request, and the arguments of each field, which become parameters.

A statement is printed once and serves many requests (graph.statements.statement). A `ParameterBinding` says how a
parameter is made from the arguments, a `PlanGuard` what the text of the statement assumes about them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from graph.errors import LimitExceeded
from graph.identity.key import IdentityKey

T = TypeVar("T")


@dataclass(frozen=True)
class RequestContext:
    """The values that are the same for a whole request."""

    today: Any
    """The day that `asOf` defaults to, a datetime.date."""
    key: IdentityKey
    max_page: int
    """Rows of a connection's page."""
    max_batch: int = 500
    """Identifiers or ids of a batch."""

    def check_batch(self, argument: str, size: int) -> None:
        """Raises LimitExceeded if a batch is too large."""
        if size > self.max_batch:
            message = f"{argument}: {size} were given; ask for at most {self.max_batch} at a time"
            raise LimitExceeded("batch", self.max_batch, size, f"{message} (JOINTCREDIT_MAX_BATCH)")


class Arguments:
    """The arguments of a field in one request, by schema name; without those that are not set and have no default."""

    def __init__(self, values: Mapping[str, Any], context: RequestContext) -> None:
        self._values = values
        self.context = context
        self._read: dict[Any, Any] = {}

    def __getitem__(self, argument: str) -> Any:
        return self._values[argument]

    def get(self, argument: str) -> Any:
        """The value, or None if it is null or absent."""
        return self._values.get(argument)

    def read(self, reading: Callable[["Arguments"], T]) -> T:
        """The result of the reading for these arguments, computed once a request. Raises the errors of the reading."""
        if reading not in self._read:
            self._read[reading] = reading(self)
        value: T = self._read[reading]
        return value


@dataclass(frozen=True)
class ParameterBinding:
    """How to make a parameter from the arguments of a field."""

    name: str
    site: int
    value: Callable[[Arguments], Any]
    """Raises InputError if the arguments cannot be used."""


@dataclass(frozen=True)
class PlanGuard:
    """What the text of a statement assumes about the arguments of a field: the reading gives this result."""

    site: int
    reading: Callable[[Arguments], Any]
    result: Any
