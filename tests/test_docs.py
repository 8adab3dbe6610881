"""The pages of the README and of `docs`: every error code has its entry, every link leads somewhere."""

import re
from pathlib import Path

import pytest

from graph import errors
from graph.errors import JointCreditError
from tests.support.neo4j import REPOSITORY

PAGES = sorted([REPOSITORY / "README.md", REPOSITORY / "CONTRIBUTING.md", *(REPOSITORY / "docs").glob("*.md")])
ERRORS = (REPOSITORY / "docs" / "errors.md").read_text("utf-8")
CODE = re.compile(r"^\| `([A-Z_]+)` \| (\d+) \|", re.MULTILINE)


def spelled(pattern: str) -> set[str]:
    """The words that a pattern finds in the source."""
    texts = [path.read_text("utf-8") for name in ("api", "graph") for path in (REPOSITORY / name).rglob("*.py")]
    return {word for text in texts for word in re.findall(pattern, text)}


def test_every_code_of_an_answer_or_a_command_has_an_entry() -> None:
    of_requests = spelled(r'RequestError\(\s*\d+,\s*"([A-Z_]+)"') | spelled(r'(?:"code": |refused\([^"]+, )"([A-Z_]+)"')
    of_errors = {
        named.code for named in vars(errors).values() if isinstance(named, type) and issubclass(named, JointCreditError)
    }
    written = {code for code, _ in CODE.findall(ERRORS)}
    assert len(of_requests) > 10
    assert written - {"USAGE", "GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED"} == of_requests | of_errors


def test_entries_have_the_exit_code_of_their_error() -> None:
    exits = {
        named.code: named.exit_status
        for named in vars(errors).values()
        if isinstance(named, type) and issubclass(named, JointCreditError)
    }
    of_commands = ERRORS.partition("## Of a command")[2]
    for code, status in CODE.findall(of_commands):
        assert exits.get(code, 2) == int(status), code


def test_every_reason_of_an_identifier_is_listed() -> None:
    assert spelled(r'reason="(\w+)"') == set(re.findall(r"`(IDENTIFIER_\w+)`", ERRORS))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def test_the_readme_is_short() -> None:
    assert len((REPOSITORY / "README.md").read_text("utf-8").splitlines()) <= 200


def test_the_code_map_names_what_is_there() -> None:
    text = (REPOSITORY / "CONTRIBUTING.md").read_text("utf-8")
    steps = re.findall(r"^\d+\. (.*?)(?=^\d+\. |^$)", text.partition("## From `POST")[2], re.MULTILINE | re.DOTALL)
    assert len(steps) == 15
    for step in steps:
        paths = [name for name in re.findall(r"`([\w/]+\.py)`", step) if "/" in name]
        texts = [(REPOSITORY / path).read_text("utf-8") for path in paths]
        for name in re.findall(r"`(?:\w+\.)?(\w+)`", step):
            if texts and not name.endswith("py") and name != "POST":
                assert any(name in text for text in texts) or (REPOSITORY / "api" / name).exists(), (name, paths)
