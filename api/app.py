"""The ASGI application: the endpoint, and what load balancers ask."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from graph.database import Database, Target
from graph.errors import DatabaseError
from graph.identity import IdentityKey
from graph.settings import Settings

from .endpoint import Endpoint
from .execution import Context
from .schema import schema

log = logging.getLogger("jointcredit.app")


def create_app(target: Target, key: IdentityKey, settings: Settings) -> Starlette:
    """The application over one Neo4j. It opens its pool of connections when it starts and closes it when it stops."""
    database = Database(target, timeout=settings.statement_timeout, pool_size=settings.pool_size)
    context = Context(database, key, settings.max_page)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with database:
            yield

    async def healthz(_request: Request) -> Response:
        """The process lives."""
        return PlainTextResponse("ok")

    async def readyz(_request: Request) -> Response:
        """The database answers."""
        try:
            await database.ping()
        except DatabaseError as error:
            log.warning("not ready: %s", error)
            return PlainTextResponse("the database does not answer", 503)
        return PlainTextResponse("ok")

    async def root(_request: Request) -> Response:
        return RedirectResponse("/graphql")

    return Starlette(
        routes=[
            Route("/", root),
            Route("/graphql", Endpoint(schema, context).answer, methods=["GET", "POST"]),
            Route("/healthz", healthz),
            Route("/readyz", readyz),
        ],
        lifespan=lifespan,
    )
