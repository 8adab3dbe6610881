"""Every command that a page shows is run, or compared with docker-compose.yml, or stands in a table with the reason.

The blocks of docs/cookbook.md and docs/export.md are run whole by test_cookbook.py.
"""

import json
import re
import shlex
from pathlib import Path

import pytest

from api.documents.allow_list import Manifest
from graph.store.database import Target
from tests.conftest import SEEDS, Graph
from tests.cookbook.pages import PAGES, PROGRAM, Command, blocks, commands
from tests.resilience import command as command_line
from tests.support.client import ID_KEY
from tests.support.neo4j import REPOSITORY

RUN_WHOLE = ("cookbook.md", "export.md")
RUN = {
    ("http.md", f"{PROGRAM} register operations --out operations.json"),
    ("http.md", f"JOINTCREDIT_OPERATIONS=operations.json {PROGRAM} serve"),
    ("commands.md", f"{PROGRAM} load path/to/dataset --report report.json"),
}
"""Run by a test below."""
NOT_RUN = {
    ("README.md", "make run"): "it serves until it is stopped: .ci/readme runs it, twice",
    ("README.md", "make test"): "it runs this test too: .ci/run runs it",
}
COMPOSE = (REPOSITORY / "docker-compose.yml").read_text("utf-8")
SERVICES = set(re.findall(r"^  (\w+):$", COMPOSE.partition("\nservices:\n")[2], re.MULTILINE))
VARIABLES, REQUIRED = (set(re.findall(rf"\$\{{(\w+){form}", COMPOSE)) for form in ("", ":\\?"))
COMPOSE_LINES = [one for one in commands() if "docker compose" in one.line or one.line.startswith("export ")]


def found(name: str) -> list[str]:
    """The `jointcredit` command of a page with this name, as the arguments of the program."""
    (line,) = (line for _, line in RUN if re.search(rf"{PROGRAM} {name}\b", line))
    return shlex.split(line.partition(PROGRAM)[2])


def test_every_command_is_run_or_has_a_reason() -> None:
    shown = {(one.page, one.line) for one in commands() if one.page not in RUN_WHOLE and one not in COMPOSE_LINES}
    assert shown == RUN | set(NOT_RUN)


def test_other_blocks_of_commands_are_marked_as_such() -> None:
    """A block of another name, or of none, would be seen by no test."""
    for page in PAGES:
        languages = re.findall(r"^```(\S*)\n.*?^```$", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)
        assert set(languages) <= {"sh", "graphql", "json", "mermaid", "cypher"}, page
        assert page.name not in RUN_WHOLE or blocks(page.read_text("utf-8"), "sh"), page


def test_the_manifest_is_written_and_read(tmp_path: Path) -> None:
    (tmp_path / "operations").mkdir()
    (tmp_path / "operations" / "lists.graphql").write_text("query Lists { creditLists { totalCount } }\n", "utf-8")
    done = command_line.run(*found("register"), folder=tmp_path)
    assert done.status == 0, done
    manifest = tmp_path / "operations.json"
    assert [one.name for one in Manifest.model_validate_json(manifest.read_bytes()).operations] == ["Lists"]


def test_the_dataset_is_loaded_with_a_report(graph: Graph, target: Target, tmp_path: Path) -> None:
    graph.wipe()
    (tmp_path / "path" / "to").mkdir(parents=True)
    (tmp_path / "path" / "to" / "dataset").symlink_to(SEEDS / "catalogue")
    done = command_line.run(*found("load"), folder=tmp_path, settings=settings(target))
    assert done.status == 0, done
    assert json.loads((tmp_path / "report.json").read_text("utf-8"))


def test_the_gateway_serves_with_the_manifest(
    target: Target, seeds: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It serves until a supervisor's TERM, here after ten seconds."""
    monkeypatch.setattr(command_line, "SECONDS", 10.0)
    (tmp_path / "operations").mkdir()
    (tmp_path / "operations" / "lists.graphql").write_text("query Lists { creditLists { totalCount } }\n", "utf-8")
    assert command_line.run(*found("register"), folder=tmp_path).status == 0
    served = settings(target) | {"JOINTCREDIT_OPERATIONS": "operations.json", "JOINTCREDIT_PORT": "0"}
    done = command_line.run(*found("serve"), folder=tmp_path, settings=served)
    assert done.status in (0, 143), done
    assert "Stop with Ctrl-C" in done.err


def settings(target: Target) -> dict[str, str]:
    return {
        "NEO4J_URI": target.uri, "NEO4J_USER": target.user, "NEO4J_PASSWORD": target.password,
        "NEO4J_DATABASE": target.database, "JOINTCREDIT_ID_KEY": ID_KEY,
    }  # fmt: skip


@pytest.mark.parametrize("shown", COMPOSE_LINES, ids=str)
def test_compose_has_the_services_and_variables_of_a_command(shown: Command) -> None:
    """Docker is not needed: the words of the line are compared with the file."""
    words = shlex.split(shown.line.replace("$(", "'$(").replace(")", ")'"))
    variables = [word.partition("=")[0] for word in words if re.match(r"[A-Z][A-Z0-9_]+=", word)]
    assert set(variables) <= VARIABLES
    if words[0] == "export":
        assert len(variables) == len(words) - 1
        assert set(variables) == REQUIRED
        return
    compose, command, *rest = words[len(variables) + 1 :]
    services = [word for word in rest if not word.startswith("--")]
    assert compose == "compose"
    assert (command, {word for word in rest if word.startswith("--")}) in (
        ("up", {"--detach", "--wait"}),
        ("run", {"--rm"}),
        ("down", set()),
    )
    assert set(services) <= SERVICES
    for word in words:
        if word.startswith("JOINTCREDIT_DATASET="):
            assert (REPOSITORY / word.partition("=")[2] / "entities.csv").is_file()
