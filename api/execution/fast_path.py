"""The fast path: a cached plan answers an operation from one row, without graphql-core.

If a check of the graph fails, graphql-core builds the answer from the same row, so that errors have one source. In all
other cases (an unusable argument, a null where none may be, introspection, a bug here) the operation falls back to the
slow path, so that no client gets an error that exists only on the fast path.
"""

import logging
from typing import Any

import orjson
from graphql import GraphQLError, GraphQLSchema

from api.documents.cache import CheckedDocument, DocumentRejected
from api.documents.limits import Limits
from api.documents.request import GraphQLRequest
from api.execution.context import Context
from graph.errors import JointCreditError
from graph.statements.arguments import RequestContext

from .answer import Answer, completed
from .catalogue_cache import CatalogueCache
from .executor import StatementExecutor
from .offload import Offload
from .plans import BoundPlan, PlanCache
from .response_builder import Fragments, UseSlowPath

log = logging.getLogger("jointcredit.fast_path")

SMALL = 20_000
"""Bytes of a request whose variables are read on the event loop, within 2 ms."""
LIGHT = 50_000
"""Cost of an operation whose answer is built on the event loop, within 10 ms."""


class FastPath:
    """Answers operations over one schema and database. `fast` and `slow` count the operations that it answered and did
    not answer; `failed` counts those of the latter with an unexpected error."""

    def __init__(self, schema: GraphQLSchema, context: Context, limits: Limits) -> None:
        self._schema = schema
        self._context = context
        self._cache = CatalogueCache()
        self._planning, self._heavy = Offload(1), Offload(1)
        self.plans = PlanCache(schema, limits)
        self.fast = 0
        self.slow = 0
        self.failed = 0

    async def answer(self, checked: CheckedDocument, request: GraphQLRequest, cost: int) -> Answer | None:
        """The answer, or None if the slow path must give it. Raises DocumentRejected, LimitExceeded and the errors of
        the database."""
        try:
            answer = await self._answer(checked, request, cost)
        except UseSlowPath:
            answer = None
        except (DocumentRejected, JointCreditError):
            raise
        except Exception:
            log.exception("the fast path failed, and graphql-core answers the operation")
            self.failed += 1
            answer = None
        if answer is None:
            self.slow += 1
        else:
            self.fast += 1
        return answer

    async def _answer(self, checked: CheckedDocument, request: GraphQLRequest, cost: int) -> Answer | None:
        context = self._context.request_context()
        for with_fragments in (True, False):
            bound = await self._bound(checked, request, context, with_fragments)
            if bound is None:
                return None
            row = await self._context.database.run(bound.statement)
            if bound.fragments and row["version"] is None:
                continue  # the catalogue is being changed: its cache may not be used
            fragments = await self._fragments(bound, row["data"], row["version"]) if bound.fragments else ()
            if all(row["known"]):
                return Answer(await self._body(bound, row["data"], fragments, cost), (), True, bound.plan.roots)
            return await self._heavy.run(
                self._with_errors, checked, request, context, with_fragments, row, fragments, cost
            )
        return None

    async def _bound(
        self, checked: CheckedDocument, request: GraphQLRequest, context: RequestContext, with_fragments: bool
    ) -> BoundPlan | None:
        def find() -> BoundPlan | None:
            return self.plans.ready(checked, request.name, request.variables, context, with_fragments=with_fragments)

        def make() -> BoundPlan | None:
            return self.plans.make(checked, request.name, request.variables, context, with_fragments=with_fragments)

        # Many variables take long to check.
        bound = find() if request.size <= SMALL else await self._heavy.run(find)
        return await self._planning.run(make) if bound is None else bound

    async def _fragments(self, bound: BoundPlan, data: Any, version: str) -> Fragments:
        """The catalogue fragments that the data needs: from the cache, or with one statement per kind that has missing
        ones. Raises UseSlowPath if a node is no longer in the graph."""
        wanted: list[set[str]] = [set() for _ in bound.fragments]
        keys = bound.plan.builder.keys
        if keys is not None:
            keys(data, wanted)
        kinds = list(zip(bound.plan.fragments, bound.fragments, bound.arguments, strict=True))
        # Read all of them before another request can bring a newer version.
        found = [self._cache.fragments(version, fragment, arguments) for fragment, _, arguments in kinds]
        for number, (fragment, statement, arguments) in enumerate(kinds):
            missing = wanted[number] - found[number].keys()
            if missing:
                database = self._context.database
                fetched = await self._cache.fetch(database, fragment, statement, missing, arguments, version)
                if len(fetched) < len(missing):
                    raise UseSlowPath
                found[number] = {**found[number], **fetched}
        return found

    async def _body(self, bound: BoundPlan, data: Any, fragments: Fragments, cost: int) -> bytes:
        def dump() -> bytes:
            return orjson.dumps({"data": bound.plan.builder.build(data, fragments), "extensions": {"cost": cost}})

        return await self._heavy.run(dump) if cost > LIGHT else dump()

    def _with_errors(
        self,
        checked: CheckedDocument,
        request: GraphQLRequest,
        context: RequestContext,
        with_fragments: bool,
        row: Any,
        fragments: Fragments,
        cost: int,
    ) -> Answer:
        """The answer from a row with failed checks, such as for an unknown code."""
        executor = StatementExecutor.of(self._schema, checked, request.name, request.variables)
        try:
            plan = self.plans.for_core(executor, context, with_fragments=with_fragments)
        except GraphQLError:
            raise UseSlowPath from None
        data = plan.statement.finish(plan.builder.build(row["data"], fragments), row["known"])
        return completed(executor, data, cost)
