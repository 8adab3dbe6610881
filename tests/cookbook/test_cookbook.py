"""The pages cookbook and export: their queries and commands are run, and their answers compared. test_commands.py runs
the commands of the other pages.

The folder `cookbook` is where they stand: `NAME.graphql` and the data of its answer from the seeds, `NAME.json`, with
`UPDATE_COOKBOOK=1` written anew. docs/cookbook.md repeats the queries, and of the answers the telling ones.
"""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from graphql import OperationDefinitionNode, parse

from tests.conftest import Graph
from tests.cookbook.pages import blocks
from tests.support.client import Client
from tests.support.gateway import gateway
from tests.support.neo4j import REPOSITORY

FOLDER = Path(__file__).parent
DOCUMENTS = sorted(FOLDER.glob("*.graphql"))
COOKBOOK, EXPORT = ((REPOSITORY / "docs" / f"{name}.md").read_text("utf-8") for name in ("cookbook", "export"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_answer(path: Path, client: Client, seeds: None) -> None:
    data = client.ask(path.read_text("utf-8"))
    answer = path.with_suffix(".json")
    if os.environ.get("UPDATE_COOKBOOK"):
        answer.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", "utf-8")
    assert data == json.loads(answer.read_text("utf-8"))


def test_the_page_shows_the_queries() -> None:
    assert sorted(blocks(COOKBOOK, "graphql")) == sorted(path.read_text("utf-8") for path in DOCUMENTS)


def test_the_page_shows_answers_of_the_query_before() -> None:
    pairs = re.findall(r"^```graphql\n([^`]*?)^```\n\n```json\n(.*?)^```$", COOKBOOK, re.DOTALL | re.MULTILINE)
    answers = {path.read_text("utf-8"): json.loads(path.with_suffix(".json").read_text("utf-8")) for path in DOCUMENTS}
    assert len(pairs) == len(blocks(COOKBOOK, "json")) >= 3
    for query, answer in pairs:
        assert json.loads(answer) == answers[query]


def test_operations_are_named_once() -> None:
    """Code generators make a function of each."""
    names = [
        definition.name.value
        for path in DOCUMENTS
        for definition in parse(path.read_text("utf-8")).definitions
        if isinstance(definition, OperationDefinitionNode) and definition.name
    ]
    assert len(set(names)) == len(DOCUMENTS)


@pytest.mark.skipif(not shutil.which("curl"), reason="the commands of the pages are curl's, and there is none here")
def test_commands(graph: Graph, seeds: None, tmp_path: Path) -> None:
    commands = blocks(COOKBOOK, "sh") + blocks(EXPORT, "sh")
    assert len(commands) >= 2
    with gateway(graph.target) as address:
        for command in commands:
            run = subprocess.run(
                ["/bin/sh", "-euc", command.replace("http://127.0.0.1:8000", address)],
                cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True,
            )  # fmt: skip
            assert '"errors"' not in run.stdout, run.stdout
    for suffix, least in (("ndjson", 1), ("csv", 2)):
        (path,) = tmp_path.glob(f"*.{suffix}")
        assert len(path.read_text("utf-8").splitlines()) > least
