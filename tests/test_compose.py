"""The container files: no secret has a default, nothing runs as root, and every name in them exists. Read as text."""

import re
from importlib.metadata import requires
from pathlib import Path

from graph.settings import Settings

ROOT = Path(__file__).parents[1]
COMPOSE = (ROOT / "docker-compose.yml").read_text("utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
ALIASES = {str(field.alias) for field in Settings.model_fields.values()}


def test_every_use_of_a_secret_demands_it() -> None:
    for name in ("NEO4J_PASSWORD", "JOINTCREDIT_ID_KEY"):
        used = re.findall(rf"\$\{{{name}\b([^}}]*)\}}", COMPOSE)
        assert used
        assert all(rest.startswith(f":?set {name} ") for rest in used)


def test_every_variable_given_to_the_gateway_is_a_setting() -> None:
    given = set(re.findall(r"^ +((?:NEO4J|JOINTCREDIT)_[A-Z0-9_]+):", COMPOSE, re.MULTILINE))
    assert {"NEO4J_URI", "NEO4J_PASSWORD", "JOINTCREDIT_ID_KEY"} <= given
    assert given - {"NEO4J_AUTH"} <= ALIASES  # Neo4j's own
    assert set(re.findall(r"\b(?:NEO4J|JOINTCREDIT)_[A-Z0-9_]+", DOCKERFILE)) <= ALIASES


def test_nothing_is_published_beyond_this_machine() -> None:
    published = re.findall(r"^ +ports: \[(.*)\]$", COMPOSE, re.MULTILINE)
    assert COMPOSE.count("ports:") == len(published) == 1
    assert published[0].startswith('"127.0.0.1:${JOINTCREDIT_PORT:-8000}:')


def test_the_image_does_not_run_as_root() -> None:
    last = DOCKERFILE.rpartition("\nFROM ")[2]
    user = re.findall(r"^USER (\d+):(\d+)$", last, re.MULTILINE)
    assert len(user) == 1
    assert "0" not in user[0]


def test_the_image_is_built_with_all_that_hatchling_needs() -> None:
    named = re.search(r"/\^\(([a-z|-]+)\)==/", DOCKERFILE)
    assert named
    needed = {re.split(r"[^\w-]", text)[0] for text in requires("hatchling") or [] if "python_version <" not in text}
    assert set(named[1].split("|")) == needed | {"hatchling"}
