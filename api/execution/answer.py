"""The answer to one operation, and how graphql-core completes one."""

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
    """JSON; without `data` where nothing was executed."""
    errors: Sequence[GraphQLError] = ()
    executed: bool = False
    """Whether a field was."""
    roots: frozenset[str] = frozenset()
    """Root fields that were asked for, introspection left out."""


def completed(executor: StatementExecutor, data: dict[str, Any], cost: int) -> Answer:
    """The answer that graphql-core makes of the data, which holds errors in the place of values that they spoil."""
    result = executor.complete(data)
    failed = result.errors or []
    executed = result.data is not None or any(error.path for error in failed)
    body: dict[str, Any] = {"errors": [errors.formatted(error) for error in failed]} if failed else {}
    if executed:
        body["data"] = result.data
    body["extensions"] = {"cost": cost}
    return Answer(orjson.dumps(body), failed, executed, executor.roots)


def refused(failed: Sequence[GraphQLError]) -> Answer:
    """The answer where nothing was executed."""
    return Answer(orjson.dumps({"errors": [errors.formatted(error) for error in failed]}), failed)
