"""The ASGI application: what it is made of, and its routes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from api.documents.request import DocumentSource
from api.execution.context import Context
from graph.identity.key import IdentityKey
from graph.settings import Settings
from graph.store.database import Database, Target

from .documents.allow_list import RegisteredOperations, read_manifest
from .documents.cache import Documents
from .documents.limits import Limits
from .documents.persisted import PersistedQueries
from .execution.admission import Admission
from .execution.gateway import Gateway
from .exports.paths import Exports
from .http.caching import cacheable
from .http.endpoint import Endpoint
from .http.health import liveness, readiness
from .schema.build import schema
from .schema.fields import public_fields


def create_app(target: Target, key: IdentityKey, settings: Settings) -> Starlette:
    """The application over one Neo4j. It opens its connection pool on startup and closes it on shutdown. Raises
    SettingsError for a manifest of operations that cannot be used."""
    core = schema._schema
    limits = Limits.of(settings)
    texts: DocumentSource = PersistedQueries()
    if settings.operations is not None:
        texts = RegisteredOperations(read_manifest(settings.operations, Documents(core, limits)))
    database = Database(target, timeout=settings.statement_timeout, pool_size=settings.pool_size)
    context = Context(database, key, settings.max_page, settings.max_batch)
    admission = Admission(settings.pool_size, settings.max_waiting, settings.patience)
    gateway = Gateway(core, context, limits, texts, admission, settings.fast_path)
    sdl = schema.as_str() + "\n"

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with database:
            yield

    async def schema_text(request: Request) -> Response:
        """The schema as SDL."""
        return cacheable(request, PlainTextResponse(sdl), "text/plain", settings.catalogue_max_age)

    async def root(_request: Request) -> Response:
        return RedirectResponse("/graphql")

    routes = [
        Route("/graphql", Endpoint(gateway, public_fields(core), settings)),
        Route("/schema.graphql", schema_text),
        *Exports(database, settings.max_exports).routes(),
        Route("/healthz", liveness),
        Route("/readyz", readiness(database)),
    ]
    app = Starlette(routes=[Route("/", root), *routes, *map(_with_slash, routes)], lifespan=lifespan)
    # Starlette would redirect a path with an extra slash to an absolute URL. It cannot know the scheme of that URL,
    # because TLS ends in front of the gateway.
    app.router.redirect_slashes = False
    return app


def _with_slash(route: Route) -> Route:
    """The same route for the path with a trailing slash."""
    return Route(f"{route.path}/", route.endpoint, methods=route.methods)
