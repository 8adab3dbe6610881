"""The ceiling: a bare Starlette handler over the gateway's own statements, by orjson, on the same server.

python -m tests.bench.ceiling PORT, with NEO4J_URI and the rest. It checks nothing, and knows only the bench's texts.
"""

import datetime as dt
import sys
from dataclasses import replace
from typing import Any

import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.server import configure
from graph.database import Database
from graph.settings import read_settings
from graph.statement import Statement
from tests.asking import translate

from .data import target
from .operations import DAY, OPERATIONS

_SAMPLE = "91440000XXXX00019F"


def _statements() -> dict[str, Statement]:
    found = {}
    for operation in OPERATIONS:
        given: Any = "gd-cz" if operation.of_agencies else _SAMPLE
        given = [given] if operation.batch > 1 else given
        found[operation.ours] = translate(operation.ours, i=given, d=DAY)
    return found


def _parameters(statement: Statement, variables: dict[str, Any]) -> dict[str, Any]:
    given = variables["i"]
    changed: dict[str, Any] = {}
    for name, value in statement.parameters.items():
        if isinstance(value, list):
            rows = [[[one], [], []] for one in given] if isinstance(given, list) else [given]
            changed[name] = rows
    return statement.parameters | changed


def main() -> None:
    """Serve."""
    import uvicorn

    settings = read_settings()
    database = Database(target(), timeout=60, pool_size=settings.pool_size)
    statements = _statements()

    async def answer(request: Request) -> Response:
        asked = orjson.loads(await request.body())
        statement = statements.get(asked["query"])
        if statement is None:
            return Response(b"{}", media_type="application/json")
        row = await database.run(replace(statement, parameters=_parameters(statement, asked["variables"])))
        return Response(orjson.dumps({"data": row["data"]}), media_type="application/json")

    async def ready(_request: Request) -> Response:
        return Response("ok")

    app = Starlette(routes=[Route("/graphql", answer, methods=["POST"]), Route("/readyz", ready)])
    config = configure(app, settings)
    config.host, config.port = "127.0.0.1", int(sys.argv[1])
    uvicorn.Server(config).run()


if __name__ == "__main__":
    assert dt.date.fromisoformat(DAY)
    main()
