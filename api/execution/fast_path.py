"""Shaped execution: an operation is answered out of its plan, and leaves in the shape that the database gave it.

Everything else (an argument that cannot be used, a check of the graph that fails, a null where none may be,
introspection, an error of the code here) falls back to graphql-core, so that errors have one source and no client gets
an error that only this way of answering has.
"""

import logging
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

import orjson
from graphql import GraphQLSchema

from api.documents.cache import CheckedDocument, DocumentRejected
from api.documents.limits import Limits
from api.documents.request import GraphQLRequest
from api.execution.context import Context
from graph.errors import JointCreditError

from .catalogue_cache import CatalogueCache
from .offload import Offload
from .plans import BoundPlan, PlanCache
from .response_builder import Pieces, UseSlowPath

log = logging.getLogger("jointcredit.shaped")

SMALL = 20_000
"""Bytes of a request whose variables are read on the event loop: within 2 ms."""
LIGHT = 50_000
"""Cost of an operation whose answer is built on the event loop: within 10 ms."""


@dataclass(frozen=True)
class Shaped:
    """An answer without errors."""

    body: bytes
    roots: frozenset[str]


class FastPath:
    """Answers operations over one schema and database; `shaped` and `ordinary` count those it did and did not, and
    `failed` those of the latter that met an error which nobody foresaw."""

    def __init__(self, schema: GraphQLSchema, context: Context, limits: Limits) -> None:
        self._context = context
        self._held = CatalogueCache()
        self._translating, self._heavy = Offload(1), Offload(1)
        self.plans = PlanCache(schema, limits)
        self.shaped = 0
        self.ordinary = 0
        self.failed = 0

    async def answer(self, checked: CheckedDocument, request: GraphQLRequest, cost: int) -> Shaped | None:
        """The answer, or None where the ordinary way must give it. Raises DocumentRejected, LimitExceeded and what the
        database raises."""
        try:
            shaped = await self._answer(checked, request, cost)
        except (DocumentRejected, JointCreditError):
            raise
        except Exception:
            log.exception("an operation could not be shaped, and graphql-core answers it")
            self.failed += 1
            shaped = None
        if shaped is None:
            self.ordinary += 1
        else:
            self.shaped += 1
        return shaped

    async def _answer(self, checked: CheckedDocument, request: GraphQLRequest, cost: int) -> Shaped | None:
        for holding in (True, False):
            ready = await self._ready(checked, request, holding)
            if ready is None:
                return None
            try:
                body = await self._body(ready, cost)
            except UseSlowPath:
                return None
            if body is not None:
                return Shaped(body, ready.plan.roots)
        return None

    async def _ready(self, checked: CheckedDocument, request: GraphQLRequest, holding: bool) -> BoundPlan | None:
        context = self._context.request_context()
        arguments = (checked, request.name, request.variables, context)
        find = partial(self.plans.ready, *arguments, holding=holding)
        # Much that the client gives takes long to check.
        ready = find() if request.size <= SMALL else await self._heavy.run(find)
        if ready is None:
            ready = await self._translating.run(partial(self.plans.make, *arguments, holding=holding))
        return ready

    async def _body(self, ready: BoundPlan, cost: int) -> bytes | None:
        """None while the catalogue is being changed: what is held of it must not be used then."""
        row = await self._context.database.run(ready.statement)
        if not all(row["known"]):
            raise UseSlowPath
        if not ready.fragments:
            return await self._dumped(ready, row["data"], [], cost)
        version = row["version"]
        if version is None:
            return None
        pieces = [
            self._held.pieces(version, fragment, arguments)
            for fragment, arguments in zip(ready.plan.fragments, ready.arguments, strict=True)
        ]
        try:
            return await self._dumped(ready, row["data"], pieces, cost)
        except KeyError:
            fetched = await self._fetched(ready, row["data"], pieces, version)
            return await self._dumped(ready, row["data"], fetched, cost)

    async def _fetched(self, ready: BoundPlan, data: Any, pieces: Pieces, version: str) -> Pieces:
        """The pieces with those that were missing. Raises NotShaped where the graph holds them no more."""
        wanted = [_Wanted(held) for held in pieces]
        ready.plan.build(data, cast(Pieces, wanted))
        found: Pieces = []
        for fragment, statement, arguments, held, want in zip(
            ready.plan.fragments, ready.fragments, ready.arguments, pieces, wanted, strict=True
        ):
            fetched: dict[str, orjson.Fragment] = {}
            if want.keys:
                fetched = await self._held.fetch(
                    self._context.database, fragment, statement, want.keys, arguments, version
                )
                if len(fetched) < len(want.keys):
                    raise UseSlowPath
            found.append({**held, **fetched})
        return found

    async def _dumped(self, ready: BoundPlan, data: Any, pieces: Pieces, cost: int) -> bytes:
        def dump() -> bytes:
            return orjson.dumps({"data": ready.plan.build(data, pieces), "extensions": {"cost": cost}})

        return await self._heavy.run(dump) if cost > LIGHT else dump()


class _Wanted:
    """Stands for the pieces of a part and takes down the keys of those that are not held."""

    def __init__(self, held: dict[str, orjson.Fragment]) -> None:
        self._held = held
        self.keys: set[str] = set()

    def __getitem__(self, key: str) -> orjson.Fragment | None:
        if key not in self._held:
            self.keys.add(key)
        return self._held.get(key)
