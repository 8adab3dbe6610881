"""The ceiling: a bare Starlette handler over the gateway's own statements, on the same uvicorn, written by orjson.

    python -m tests.bench.bare

The statements are those of graphql-core's way, which return the answer whole; each is translated once, and only what a
request is about is put into it. Nothing is validated, limited, checked or logged.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import orjson
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.server.run import configure, listen
from graph.calendar import today
from graph.identity.key import IdentityKey
from graph.settings import read_settings
from graph.statements.arguments import Arguments, ParameterBinding
from graph.statements.arguments import RequestContext as Asking
from graph.statements.statement import Statement
from graph.store.database import Database, Target
from tests.bench.questions import QUESTIONS, Drawn, Question
from tests.support.client import translate

Make = Callable[[dict[str, Any]], Statement]
_EXAMPLES = (Drawn(["91440000XXXX00019F"], "gd-cz"), Drawn(["91440000XXXX00027A"], "gd-fg"))


def statement_of(question: Question, request: Asking) -> Make:
    """From the variables of a request to its statement: of the parameters, those are made anew that what it is about
    goes into."""
    examples = [question.ours(example, request.key) for example in _EXAMPLES]
    translated = translate(question.text, **examples[0])

    def given(variables: dict[str, Any]) -> Arguments:
        return Arguments({question.argument: variables[question.variable]}, request)

    def changes(binding: ParameterBinding) -> bool:
        try:
            one, other = (binding.value(given(example)) for example in examples)
        except KeyError:  # made of other arguments
            return False
        return bool(one != other)

    changing = [binding for binding in translated.bindings if changes(binding)]

    def make(variables: dict[str, Any]) -> Statement:
        about = given(variables)
        parameters = translated.parameters | {binding.name: binding.value(about) for binding in changing}
        return replace(translated, parameters=parameters)

    return make


def main() -> None:
    """Serve at a free port, which is printed, until a signal."""
    settings = read_settings()
    if not (settings.neo4j_uri and settings.neo4j_password and settings.id_key):
        raise SystemExit("set NEO4J_URI, NEO4J_PASSWORD and JOINTCREDIT_ID_KEY")
    target = Target(
        settings.neo4j_uri, settings.neo4j_user, settings.neo4j_password.get_secret_value(), settings.neo4j_database
    )
    request = Asking(today(), IdentityKey(settings.id_key.get_secret_value()), settings.max_page)
    made = {question.text: statement_of(question, request) for question in QUESTIONS}
    database = Database(target, timeout=settings.statement_timeout, pool_size=settings.pool_size)

    async def answer(request: Request) -> Response:
        asked = orjson.loads(await request.body())
        row = await database.run(made[asked["query"]](asked["variables"]))
        return Response(orjson.dumps({"data": row["data"]}), media_type="application/json")

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with database:
            yield

    app = Starlette(routes=[Route("/graphql", answer, methods=["POST"])], lifespan=lifespan)
    with listen("127.0.0.1", 0) as socket:
        print(f"http://127.0.0.1:{socket.getsockname()[1]}/graphql", flush=True)
        uvicorn.Server(configure(app, settings)).run(sockets=[socket])


if __name__ == "__main__":
    main()
