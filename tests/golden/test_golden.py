"""Document in, Cypher and parameters out; then the same document against Neo4j.

`UPDATE_GOLDEN=1 make test` writes what the translator prints now: read the difference before you commit it.
"""

import json
import os
import textwrap
from pathlib import Path

import neo4j
import pytest

from graph.statements.statement import Statement
from tests.conftest import Graph
from tests.support.client import Client, translate
from tests.support.plans import problems_of

DOCUMENTS = sorted(Path(__file__).parent.glob("*.graphql"))


def printed(statement: Statement) -> str:
    parameters = json.dumps(statement.parameters, ensure_ascii=False, default=str)
    failures = "".join(f"// {list(path)}: {error}\n" for path, error in statement.failures)
    return wrapped(f"// {statement.name}\n// {parameters}\n{failures}{statement.text}\n")


def wrapped(text: str) -> str:
    """Lines of 120 columns, for a difference that can be read; what goes on stands deeper by four."""
    lines = []
    for line in text.splitlines():
        indent = " " * (len(line) - len(line.lstrip()) + 4)
        lines += textwrap.wrap(
            line, 120, initial_indent="", subsequent_indent=indent, break_long_words=False, break_on_hyphens=False,
            drop_whitespace=True, replace_whitespace=False,
        ) or [""]  # fmt: skip
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_translation(path: Path) -> None:
    golden = path.with_suffix(".cypher")
    text = printed(translate(path.read_text("utf-8")))
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_plan(path: Path, graph: Graph, seeds: None) -> None:
    """An index first, no scan, no product, and no advice of the database's on the statement."""
    assert problems_of(translate(path.read_text("utf-8")), graph.driver, graph.target.database) == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_against_neo4j(path: Path, client: Client, seeds: None) -> None:
    body = client.answer(path.read_text("utf-8"))
    expected = {("subjects", 2)} if path.stem == "subjects_batch" else set()
    assert {tuple(error["path"]) for error in body.get("errors", [])} == expected
    assert all(value is not None for value in body["data"].values())


def test_equal_selections_print_equal_statements() -> None:
    """Aliases, fragments and variables aside, the text depends on what is asked, never on values."""
    first = translate('{ subject(identifier: "91440000XXXX00019F") { name } }')
    second = translate(
        "query Q($i: String!) { subject(identifier: $i) { ...F } } fragment F on Entity { name }",
        i="440000190001010019",
    )
    assert first.text == second.text


def test_values_are_parameters(driver: neo4j.Driver) -> None:
    hostile = "'}) DETACH DELETE n //`"
    statement = translate("query ($c: String!) { measure(code: $c) { code } }", c=hostile)
    assert hostile not in statement.text
    assert hostile in statement.parameters.values()
