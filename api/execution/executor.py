"""The executor: one operation becomes one statement, whose answer is the root value that graphql-core completes.

No field resolves anything: each reads its response name from the map that the statement returned.
"""

import datetime as dt
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any, TypeGuard

from graphql import (
    ExecutionResult,
    GraphQLError,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    is_abstract_type,
)
from graphql.execution.executor import Executor

from api.documents.cache import CheckedDocument, DocumentRejected
from api.documents.limits import DEFAULTS, Limits
from graph.errors import LimitExceeded
from graph.identity.identifiers import IdentityKey
from graph.statements.arguments import RequestContext
from graph.statements.statement import Statement, Writer
from graph.store.database import Database

from .selection import Selection

SHANGHAI = dt.timezone(dt.timedelta(hours=8), "Asia/Shanghai")
"""China has had no summer time since 1991: a fixed offset needs no time zone database."""

MAX_STATEMENT = 100_000
"""Characters of a statement: the planner needs a second for about 25,000 of them, once for each new text."""
MAX_COERCION_ERRORS = 10
"""Variables that are told to be wrong at once."""


@dataclass(frozen=True)
class Context:
    """What an operation is executed with."""

    database: Database
    key: IdentityKey
    max_page: int
    max_batch: int

    def request(self) -> RequestContext:
        """What is the same for the whole of an operation that begins now."""
        return RequestContext(today(), self.key, self.max_page, self.max_batch)


def today() -> dt.date:
    """The day that `asOf` defaults to."""
    return dt.datetime.now(SHANGHAI).date()


def seconds_left_today() -> int:
    """Until that day ends."""
    now = dt.datetime.now(SHANGHAI)
    return (now.replace(hour=23, minute=59, second=59) - now).seconds + 1


class StatementExecutor(Executor[None]):
    """graphql-core's executor of one operation, in two steps: `translate`, and `complete` with what the statement of
    the first answers. Neither waits for anything; both may run in a thread."""

    roots: frozenset[str] = frozenset()
    """Schema names of the root fields that are asked for, introspection left out; known once it is translated."""

    @classmethod
    def of(
        cls, schema: GraphQLSchema, prepared: CheckedDocument, name: str | None, variables: dict[str, Any]
    ) -> "StatementExecutor":
        """The executor of an operation. Raises DocumentRejected: no operation is meant, or a variable does not fit."""
        prepared.operation(name)
        built = cls.build(
            schema,
            prepared.document,
            raw_variable_values=variables,
            operation_name=name,
            max_coercion_errors=MAX_COERCION_ERRORS,
            is_awaitable=_never_awaitable,
        )
        if isinstance(built, cls):
            return built
        wrong = [error for error in built if isinstance(error, GraphQLError)] if isinstance(built, list) else []
        for error in wrong:
            error.extensions = {"code": "BAD_USER_INPUT"}
        raise DocumentRejected(wrong)

    def translate(self, request: RequestContext, limits: Limits = DEFAULTS) -> Statement | None:
        """The statement of the operation, named by its root fields; None where it asks for the schema alone."""
        roots = Selection(self, request, limits).roots()
        self.roots = frozenset(root.name for root in roots)
        if not roots:
            return None
        statement = Writer(request).statement("+".join(sorted(self.roots)), roots)
        if len(statement.text) > MAX_STATEMENT:
            raise LimitExceeded(
                "statement",
                MAX_STATEMENT,
                len(statement.text),
                f"the operation becomes a statement of {len(statement.text)} characters, and {MAX_STATEMENT} "
                "is the most that is planned at once: ask in several operations",
            )
        return statement

    def complete(self, data: dict[str, Any]) -> ExecutionResult:
        """The result, from the data of the statement."""
        self.root_value = data
        result = self.execute_operation()
        if not isinstance(result, ExecutionResult):
            raise TypeError("only single results are served here")
        return result


def _never_awaitable(_value: Any) -> TypeGuard[Awaitable[Any]]:
    """No field waits: asking each value would cost a tenth of the time."""
    return False


def by_response_name(source: Any, info: GraphQLResolveInfo[Any], **_arguments: Any) -> Any:
    """The resolver of every field."""
    return source[info.path.key]


def by_typename(source: Any, _info: GraphQLResolveInfo[Any], _type: Any) -> str:
    """The type resolver of every interface and union: the statement says which type a map is of."""
    name: str = source["__typename"]
    return name


def bind(schema: GraphQLSchema) -> None:
    """Make every field read from the statement's answer."""
    for named in schema.type_map.values():
        if is_abstract_type(named):
            named.resolve_type = by_typename
        elif isinstance(named, GraphQLObjectType) and not named.name.startswith("__"):
            named.is_type_of = None
            for field in named.fields.values():
                field.resolve = by_response_name
