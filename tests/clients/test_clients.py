"""Typed clients, made from the schema and the cookbook by the generators that people use, and run on a live gateway.

Each test sets its generator up in a folder of its own, in the versions that `clients` pins: that takes half a minute.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from uv import find_uv_bin

from api.schema.build import schema
from tests.conftest import Graph
from tests.support.gateway import gateway

HERE = Path(__file__).parent
COOKBOOK = HERE.parent / "cookbook"
ANSWER = json.loads((COOKBOOK / "counter.json").read_text("utf-8"))["subject"]
LEARNED = {
    "name": ANSWER["name"],
    "standing": ANSWER["standing"],
    "contents": [node["measure"]["content"] for node in ANSWER["applicableMeasures"]["nodes"]],
}
PYTHON_CLIENT = """
import json, sys, datetime
from typed_client import JointCredit
client = JointCredit(sys.argv[1])
subject = client.counter("91440000XXXX0006XJ", "pi-gd-cz-04", datetime.date(2019, 6, 1)).subject
links = client.links("gd-cz").agency_links
assert links.total_count >= len(links.nodes) > 0
contents = [node.measure.content for node in subject.applicable_measures.nodes]
print(json.dumps({"name": subject.name, "standing": subject.standing.value, "contents": contents}))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The schema, the operations and the settings of the generators."""
    shutil.copytree(HERE, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    shutil.copytree(COOKBOOK, tmp_path / "operations", ignore=shutil.ignore_patterns("*.json", "*.py", "__pycache__"))
    (tmp_path / "schema.graphql").write_text(schema.as_str(), "utf-8")
    return tmp_path


@pytest.fixture
def address(graph: Graph, seeds: None) -> Iterator[str]:
    with gateway(graph.target, JOINTCREDIT_STATEMENT_TIMEOUT=60) as address:
        yield f"{address}/graphql"


def run(folder: Path, *command: str | Path) -> str:
    """What the command prints. Fails with all that it said where it fails."""
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, f"{command}: {done.stdout}\n{done.stderr}"
    return done.stdout


def operations(folder: Path) -> set[str]:
    return {path.stem for path in (folder / "operations").iterdir()}


@pytest.mark.slow
def test_python(folder: Path, address: str) -> None:
    uv, python = find_uv_bin(), folder / "env" / "bin" / "python"
    run(folder, uv, "venv", "--quiet", "--python", sys.executable, "env")
    run(folder, uv, "pip", "install", "--quiet", "--python", python, "--requirement", "requirements.txt")
    run(folder, folder / "env" / "bin" / "ariadne-codegen", "--config", "ariadne-codegen.toml")
    assert {path.stem for path in (folder / "typed_client").glob("*.py")} >= operations(folder)
    answer: dict[str, Any] = json.loads(run(folder, python, "-c", PYTHON_CLIENT, address))
    assert answer == LEARNED


@pytest.mark.slow
@pytest.mark.skipif(
    not (shutil.which("node") and shutil.which("npm")),
    reason="a TypeScript client is made by npm and run by node, and this machine has not both",
)
def test_typescript(folder: Path, address: str) -> None:
    run(
        folder, "npm", "install", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"
    )
    run(folder, "npm", "exec", "--no", "--", "graphql-codegen", "--config", "codegen.json")
    client = (folder / "client.ts").read_text("utf-8")
    assert client.count("QueryVariables = ") == len(operations(folder))
    run(folder, "npm", "exec", "--no", "--", "tsc", "--noEmit")
    (folder / "wrong.ts").write_text((folder / "counter.ts").read_text("utf-8").replace("subject.name", "subject.nom"))
    settings = json.loads((folder / "tsconfig.json").read_text("utf-8"))
    (folder / "wrong.json").write_text(json.dumps(settings | {"files": ["wrong.ts"]}))
    with pytest.raises(AssertionError, match="Property 'nom' does not exist"):  # the types do bite
        run(folder, "npm", "exec", "--no", "--", "tsc", "--noEmit", "--project", "wrong.json")
    run(folder, "npm", "exec", "--no", "--", "tsc")
    assert json.loads(run(folder, "node", "built/counter.js", address)) == LEARNED
