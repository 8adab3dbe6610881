"""The shell commands of the pages: collected from their `sh` blocks, one entry for each command."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.support.neo4j import REPOSITORY

PAGES = sorted([REPOSITORY / "README.md", *(REPOSITORY / "docs").glob("*.md")])
PROGRAM = ".venv/bin/jointcredit"


@dataclass(frozen=True)
class Command:
    """A line of a block, without its comment and without the blanks before that."""

    page: str
    """The file's name."""
    line: str

    def __str__(self) -> str:
        return f"{self.page}: {self.line}"


def blocks(text: str, language: str) -> list[str]:
    """The fenced blocks of a language in a page."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def commands() -> Iterator[Command]:
    """Every command of every page, in order."""
    for page in PAGES:
        for block in blocks(page.read_text("utf-8"), "sh"):
            for line in block.splitlines():
                if line := re.sub(r"\s+# .*$", "", line).strip():
                    yield Command(page.name, line)
