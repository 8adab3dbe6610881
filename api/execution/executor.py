"""The executor: one operation becomes one statement, and its result becomes the root value that graphql-core completes.

No field runs a query: each reads its response name from the map that the statement returned.
"""

from collections.abc import Awaitable
from typing import Any, TypeGuard

from graphql import (
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
)
from graphql.execution.executor import Executor

from api.documents.cache import CheckedDocument, DocumentRejected
from api.documents.limits import DEFAULTS, Limits
from graph.errors import LimitExceeded
from graph.statements.arguments import RequestContext
from graph.statements.statement import Statement
from graph.statements.writer import Writer

from .selection import Selection

MAX_STATEMENT = 100_000
"""Characters of a statement. The planner needs a second for about 25,000, once for each new text."""
MAX_COERCION_ERRORS = 10
"""Errors about variables that one answer lists."""


class StatementExecutor(Executor[None]):
    """graphql-core's executor of one operation, in two steps: `translate`, and `complete` with the result of the
    statement. Both are synchronous and may run in a thread."""

    roots: frozenset[str] = frozenset()
    """Schema names of the operation's root fields, without introspection; set by `translate`."""

    @classmethod
    def of(
        cls, schema: GraphQLSchema, checked: CheckedDocument, name: str | None, variables: dict[str, Any]
    ) -> "StatementExecutor":
        """The executor of an operation. Raises DocumentRejected if it does not exist, or a variable does not fit."""
        checked.operation(name)
        built = cls.build(
            schema,
            checked.document,
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

    def translate(self, context: RequestContext, limits: Limits = DEFAULTS) -> Statement | None:
        """The statement of the operation, named by its root fields; None if it only asks for the schema."""
        roots = Selection(self, context, limits).roots()
        self.roots = frozenset(root.name for root in roots)
        if not roots:
            return None
        statement = Writer(context).statement("+".join(sorted(self.roots)), roots)
        if len(statement.text) > MAX_STATEMENT:
            raise LimitExceeded(
                "statement",
                MAX_STATEMENT,
                len(statement.text),
                f"the operation becomes a statement of {len(statement.text)} characters; the maximum is "
                f"{MAX_STATEMENT}: split it into several operations",
            )
        return statement

    def complete(self, data: dict[str, Any]) -> ExecutionResult:
        """The result, completed from the data of the statement."""
        self.root_value = data
        result = self.execute_operation()
        if not isinstance(result, ExecutionResult):
            raise TypeError("only single results are served here")
        return result


def _never_awaitable(_value: Any) -> TypeGuard[Awaitable[Any]]:
    """No value is awaitable: testing each would cost a tenth of the time."""
    return False
