"""From a request to an answer: check the document, translate the operation, run one statement, complete the answer."""

from dataclasses import dataclass

from graphql import GraphQLError, GraphQLSchema

from api.documents.cache import CheckedDocument, DocumentRejected, Documents
from api.documents.limits import Limits
from api.documents.request import DocumentSource, GraphQLRequest
from api.execution.context import Context
from graph.errors import JointCreditError
from graph.statements.statement import Statement

from .admission import Admission
from .answer import Answer, completed, refused
from .executor import StatementExecutor
from .fast_path import SMALL, FastPath
from .offload import Offload

LIGHT = 5_000
"""Cost of an operation that is translated and completed on the event loop, within 20 ms unless a page falls short."""


@dataclass
class _Translated:
    """An operation that is ready to run."""

    executor: StatementExecutor
    statement: Statement | None


class Gateway:
    """Executes operations over one schema and database."""

    def __init__(
        self,
        schema: GraphQLSchema,
        context: Context,
        limits: Limits,
        texts: DocumentSource,
        admission: Admission,
        fast_path: bool,
    ) -> None:
        """`fast_path`: whether to try api.execution.fast_path first."""
        self._schema = schema
        self._context = context
        self._limits = limits
        self._texts = texts
        self._admission = admission
        self._documents = Documents(schema, limits)
        self._fast_path = FastPath(schema, context, limits) if fast_path else None
        # Checking a document takes up to half a second, so one thread does it; the loop only looks up cached ones.
        self._preparing, self._light, self._heavy = Offload(1), Offload(0), Offload(2)

    async def answer(self, request: GraphQLRequest) -> Answer:
        """Execute an operation. Raises RequestError; all other errors of the client are in the answer."""
        async with self._admission:
            text = self._texts.text(request)
            try:
                checked = await self._prepared(text)
                cost = checked.cost(request.name, request.variables)
                if self._fast_path is not None:
                    answer = await self._fast_path.answer(checked, request, cost)
                    if answer is not None:
                        self._texts.keep(request)
                        return answer
                offload = self._light if cost <= LIGHT and request.size <= SMALL else self._heavy
                translated = await offload.run(self._translate, checked, request)
            except DocumentRejected as rejected:
                return refused(rejected.errors)
            except JointCreditError as error:
                return refused([GraphQLError(str(error), original_error=error)])
            self._texts.keep(request)
            try:
                data = {} if translated.statement is None else await self._context.database.answer(translated.statement)
            except JointCreditError as error:
                return refused([GraphQLError(str(error), original_error=error)])
            return await offload.run(completed, translated.executor, data, cost)

    async def _prepared(self, text: str) -> CheckedDocument:
        known = self._documents.known(text)
        return await self._preparing.run(self._documents.prepare, text) if known is None else known

    def _translate(self, checked: CheckedDocument, request: GraphQLRequest) -> _Translated:
        executor = StatementExecutor.of(self._schema, checked, request.name, request.variables)
        statement = executor.translate(self._context.request_context(), self._limits)
        return _Translated(executor, statement)
