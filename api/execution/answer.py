"""The answer to one operation, and its completion by graphql-core."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from graphql import GraphQLError

from api import errors

from .executor import StatementExecutor


@dataclass(frozen=True)
class Answer:
    """The answer to one operation."""

    body: bytes
    """JSON; without `data` if nothing was executed."""
    errors: Sequence[GraphQLError] = ()
    executed: bool = False
    """Whether a field was executed."""
    roots: frozenset[str] = frozenset()
    """Root fields of the operation, without introspection."""


def completed(executor: StatementExecutor, data: dict[str, Any], cost: int) -> Answer:
    """The answer that graphql-core completes from the data. The data holds an error in place of each value that
    failed."""
    result = executor.complete(data)
    failed = result.errors or []
    executed = result.data is not None or any(error.path for error in failed)
    body: dict[str, Any] = {"errors": [errors.formatted(error) for error in failed]} if failed else {}
    if executed:
        body["data"] = result.data
    body["extensions"] = {"cost": cost}
    return Answer(orjson.dumps(body), failed, executed, executor.roots)


def refused(failed: Sequence[GraphQLError]) -> Answer:
    """The answer if nothing was executed."""
    return Answer(orjson.dumps({"errors": [errors.formatted(error) for error in failed]}), failed)
