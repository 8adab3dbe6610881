"""The probes for load balancers."""

import logging
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from graph.errors import DatabaseError
from graph.store.database import Database

log = logging.getLogger("jointcredit.health")


async def liveness(_request: Request) -> Response:
    """Answer 200 while the process runs."""
    return PlainTextResponse("ok")


def readiness(database: Database) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that answers 200 if the database answers, and 503 if not."""

    async def ready(_request: Request) -> Response:
        try:
            await database.ping()
        except DatabaseError as error:
            log.warning("not ready: %s", error)
            return PlainTextResponse("the database does not answer", 503)
        return PlainTextResponse("ok")

    return ready
