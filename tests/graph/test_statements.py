"""One request, one statement: counts the statements that the driver runs."""

from pathlib import Path
from typing import Any

import neo4j
import pytest

from api.schema.build import schema
from api.schema.fields import is_batch
from graph.statements.arguments import RequestContext
from tests.golden.test_golden import DOCUMENTS
from tests.support.client import Client, translate


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_an_operation_is_one_statement(
    path: Path, client: Client, seeds: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    run: list[object] = []
    as_it_is = neo4j.AsyncSession.run

    async def counted(self: neo4j.AsyncSession, query: Any, *arguments: Any, **options: Any) -> Any:
        if isinstance(query, neo4j.Query):  # not those by which this process watches its Neo4j
            run.append(query)
        return await as_it_is(self, query, *arguments, **options)

    monkeypatch.setattr(neo4j.AsyncSession, "run", counted)
    # The first answer may fetch fragments of the catalogue, which are cached from then on.
    assert "data" in client.answer(path.read_text("utf-8"))
    del run[:]
    assert "data" in client.answer(path.read_text("utf-8"))
    assert len(run) == 1


def test_every_root_field_has_a_golden_document() -> None:
    query = schema._schema.query_type
    assert query is not None
    documents = " ".join(path.read_text("utf-8") for path in DOCUMENTS)
    missing = [name for name in query.fields if f"{name}(" not in documents]
    assert not missing


def test_what_is_checked_as_a_batch_is_declared_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """And the other way round: the declaration counts for the cost of a document, the check for the request."""
    query = schema._schema.query_type
    assert query is not None
    declared = {name for field in query.fields.values() for name, argument in field.args.items() if is_batch(argument)}
    checked: set[str] = set()
    monkeypatch.setattr(RequestContext, "check_batch", lambda _self, argument, _size: checked.add(argument))
    for path in DOCUMENTS:
        translate(path.read_text("utf-8"))
    assert checked == declared == {"ids", "identifiers", "subjects"}
