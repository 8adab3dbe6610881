"""What an answer costs without the database: CPU of the gateway from a request to its bytes, by a cached plan."""

import asyncio
import statistics
import time
from contextlib import ExitStack
from pathlib import Path

import neo4j

from api.documents.limits import Limits
from api.documents.persisted import PersistedQueries
from api.documents.request import GraphQLRequest
from api.execution.admission import Admission
from api.execution.context import Context
from api.execution.gateway import Gateway
from api.schema.build import schema
from graph.identity.key import IdentityKey
from graph.settings import Settings
from graph.statements.statement import Statement
from graph.store.database import Database, Target
from tests.bench.questions import QUESTIONS, Question
from tests.bench.subjects import dataset, draw, loaded

DIFFERENT = 50
"""Requests of a question that are recorded, and then asked in turn."""
TIMES, ROUNDS = 40, 5
"""How often each is asked in a round; the median round counts."""


class Recorded(Database):
    """A database that answers to the statements of a request what it answered when that was made for the first time."""

    def __init__(self, target: Target) -> None:
        super().__init__(target, timeout=60, pool_size=2)
        self._rows: dict[tuple[str, int, int], neo4j.Record] = {}
        self._request = ("", 0)
        self._statements = 0
        self.asked = 0
        """Statements that the real one had to answer."""

    def begin(self, question: str, number: int) -> None:
        """Say which request is made now."""
        self._request, self._statements = (question, number), 0

    async def run(self, statement: Statement) -> neo4j.Record:
        """The row."""
        key = (*self._request, self._statements)
        self._statements += 1
        if key not in self._rows:
            self.asked += 1
            self._rows[key] = await super().run(statement)
        return self._rows[key]


def fixed_costs(folder: Path, entities: int, data: Path | None, *, is_loaded: bool) -> str:
    """A table: microseconds of CPU of a request in `Gateway.answer`, and bytes of the answer, for each question."""
    place = folder / str(entities)
    place.mkdir(parents=True, exist_ok=True)
    held = data or dataset(place, entities)
    with ExitStack() as stack:
        target, key = stack.enter_context(loaded(place, held, is_loaded=is_loaded))
        rows = asyncio.run(_measure(target, IdentityKey(key), held))
    head = f"{'operation':<16} {'µs CPU':>8} {'bytes':>8}"
    return "\n".join([head, *rows])


async def _measure(target: Target, key: IdentityKey, data: Path) -> list[str]:
    drawn = draw(data)[:DIFFERENT]
    rows = []
    settings = Settings()
    async with Recorded(target) as database:
        limits = Limits.of(settings)
        context = Context(database, key, settings.max_page, settings.max_batch)
        admission = Admission(settings.pool_size, settings.max_waiting, settings.patience)
        gateway = Gateway(schema._schema, context, limits, PersistedQueries(), admission, True)
        for question in QUESTIONS:
            asked = [GraphQLRequest(question.text, None, None, question.ours(one, key), 500) for one in drawn]
            rows.append(await _row(question, gateway, database, asked))
    return rows


async def _row(question: Question, gateway: Gateway, database: Recorded, asked: list[GraphQLRequest]) -> str:
    async def answer_all() -> list[int]:
        sizes = []
        for number, one in enumerate(asked):
            database.begin(question.name, number)
            sizes.append(len((await gateway.answer(one)).body))
        return sizes

    # Twice: what the first answers fetch of the catalogue to hold it is not asked for again.
    sizes = await answer_all() + await answer_all()
    before = database.asked
    found = []
    for _ in range(ROUNDS):
        started = time.process_time()
        for _ in range(TIMES):
            await answer_all()
        found.append((time.process_time() - started) / (TIMES * len(asked)) * 1e6)
    if database.asked != before:
        raise SystemExit(f"{question.name}: the database was asked while the gateway was measured")
    return f"{question.name:<16} {statistics.median(found):>8.0f} {statistics.mean(sizes):>8.0f}"
