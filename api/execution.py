"""The executor: one operation becomes one statement, whose answer is the root value that graphql-core completes.

No field resolves anything: each reads its response name from the map that the statement returned.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    OperationType,
    is_abstract_type,
)
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from graph.database import Database
from graph.errors import InputError, JointCreditError
from graph.identity import IdentityKey
from graph.statement import Request, Statement, Writer

from .selection import Selection

SHANGHAI = dt.timezone(dt.timedelta(hours=8), "Asia/Shanghai")
"""China has had no summer time since 1991: a fixed offset needs no time zone database."""


MAX_STATEMENT = 100_000
"""Characters of a statement: the planner needs a second for about 25,000 of them, once for each new text."""


@dataclass(frozen=True)
class Context:
    """What an operation is executed with."""

    database: Database
    key: IdentityKey
    max_page: int
    operation_name: str | None = None
    """As the client gave it."""


def today() -> dt.date:
    """The day that `asOf` defaults to."""
    return dt.datetime.now(SHANGHAI).date()


class StatementExecutor(StrawberryGraphQLCoreExecutionContext):
    """graphql-core's executor, with the root value fetched first."""

    @classmethod
    def build(
        cls,
        schema: GraphQLSchema,
        document: DocumentNode,
        root_value: Any = None,
        context_value: Any = None,
        raw_variable_values: dict[str, Any] | None = None,
        operation_name: str | None = None,
        *arguments: Any,
        **options: Any,
    ) -> Any:
        """As graphql-core's, with the operation name of the client: Strawberry would choose the first of several."""
        if isinstance(context_value, Context):
            operation_name = context_value.operation_name
        return super().build(
            schema, document, root_value, context_value, raw_variable_values, operation_name, *arguments, **options
        )

    def execute_operation(self, serially: bool | None = None) -> Any:
        """Translate, run, complete. An error of the database is the error of the whole operation."""
        if self.operation.operation is not OperationType.QUERY:
            return super().execute_operation(serially)
        return self._fetch_and_execute(serially)

    async def _fetch_and_execute(self, serially: bool | None) -> Any:
        context: Context = self.context_value
        try:
            statement = self.translate(Request(today(), context.key, context.max_page))
            self.root_value = {} if statement is None else await context.database.answer(statement)
        except JointCreditError as error:
            self.collected_errors.add(GraphQLError(str(error), original_error=error), None)
            return self.build_response(None)
        result = super().execute_operation(serially)
        return await result if self.is_awaitable(result) else result

    def translate(self, request: Request) -> Statement | None:
        """The statement of the operation, named by its root fields; None where it asks for the schema alone."""
        roots = Selection(self).roots()
        if not roots:
            return None
        statement = Writer(request).statement("+".join(sorted({root.name for root in roots})), roots)
        if len(statement.text) > MAX_STATEMENT:
            raise InputError(
                f"the operation becomes a statement of {len(statement.text)} characters, and {MAX_STATEMENT} "
                "is the most that is planned at once: ask in several operations"
            )
        return statement


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
