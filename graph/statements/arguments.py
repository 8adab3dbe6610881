"""What a request gives: what is the same for all of it, and the arguments of each field, which become parameters.

A statement is printed once and serves many requests (graph.statements.statement): what of the arguments becomes a
parameter is a `ParameterBinding`, and what the text took for granted of them a `PlanGuard`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from graph.errors import LimitExceeded
from graph.identity.key import IdentityKey

T = TypeVar("T")


@dataclass(frozen=True)
class RequestContext:
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


class Arguments:
    """The arguments of a field in one request, by schema name; absent where not given and without default."""

    def __init__(self, values: Mapping[str, Any], context: RequestContext) -> None:
        self._values = values
        self.context = context
        self._read: dict[Any, Any] = {}

    def __getitem__(self, argument: str) -> Any:
        return self._values[argument]

    def get(self, argument: str) -> Any:
        """The value, or None where it is null or absent."""
        return self._values.get(argument)

    def read(self, reading: Callable[["Arguments"], T]) -> T:
        """What the reading makes of the arguments; done once a request. Raises what it raises."""
        if reading not in self._read:
            self._read[reading] = reading(self)
        value: T = self._read[reading]
        return value


@dataclass(frozen=True)
class ParameterBinding:
    """How a parameter is made."""

    name: str
    site: int
    value: Callable[[Arguments], Any]
    """Raises InputError where the arguments cannot be used."""


@dataclass(frozen=True)
class PlanGuard:
    """What the text of a statement takes for granted of the arguments of a field."""

    site: int
    reading: Callable[[Arguments], Any]
    result: Any
