"""The pages of the README and of `docs`: every error code has its entry, every link leads somewhere."""

import ast
import re
from pathlib import Path

import pytest

from graph import errors
from graph.errors import JointCreditError
from tests.support.neo4j import REPOSITORY

PAGES = sorted([REPOSITORY / "README.md", REPOSITORY / "CONTRIBUTING.md", *(REPOSITORY / "docs").glob("*.md")])
ERRORS = (REPOSITORY / "docs" / "errors.md").read_text("utf-8")
NOT_NAMES = ("/graphql", "Retry-After")
"""What the code map quotes that is no name of the code."""
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


def steps() -> list[str]:
    """The steps of the code map."""
    text = (REPOSITORY / "CONTRIBUTING.md").read_text("utf-8").partition("## From `POST")[2]
    return re.findall(r"^\d+\. (.*?)(?=^\d+\. |^$)", text, re.MULTILINE | re.DOTALL)


def definitions(path: Path) -> set[str]:
    """What a module defines: functions, classes, their methods and attributes, `Class.method` among them."""
    found = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        match node:
            case ast.ClassDef():
                found.add(node.name)
                for part in node.body:
                    if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef):
                        found |= {part.name, f"{node.name}.{part.name}"}
                    elif isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name):
                        found |= {part.target.id, f"{node.name}.{part.target.id}"}
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                found.add(node.name)
            case _:
                pass
    return found


def test_the_code_map_names_what_is_there() -> None:
    """A module named without its folder stands in the folder of the step's first module; every other name is defined in
    a module of the step."""
    assert len(steps()) == 15
    for number, step in enumerate(steps(), 1):
        names = [name for name in re.findall(r"`([^`]+)`", step) if name not in NOT_NAMES]
        folder, defined = (REPOSITORY / next(name for name in names if name.endswith(".py"))).parent, set[str]()
        for name in names:
            if name.endswith(".py"):
                path = REPOSITORY / name if "/" in name else folder / name
                assert path.is_file(), (number, name)
                defined |= definitions(path)
            elif "/" in name:
                assert (REPOSITORY / name).is_dir(), (number, name)
        missing = {name for name in names if "/" not in name and not name.endswith(".py")} - defined
        assert not missing, (number, missing)
