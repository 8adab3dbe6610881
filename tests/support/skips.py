"""Which tests may be skipped in CI: those with a reason in the table of CONTRIBUTING.md. Any other skip is a
failure."""

import os
import re

import pytest

from tests.support.neo4j import REPOSITORY

HEADING = "## Skipped tests"


def allowed() -> set[str]:
    """The reasons in the table."""
    text = (REPOSITORY / "CONTRIBUTING.md").read_text("utf-8")
    section = text.split(HEADING)[1].split("\n## ")[0]
    return {match[1].strip() for match in re.finditer(r"^\| ([^|]+) \|", section, re.MULTILINE)} - {"reason"}


def refuse(report: pytest.TestReport) -> None:
    """In CI, turn a skip that the table does not allow into a failure."""
    if not (os.environ.get("CI") and report.skipped) or hasattr(report, "wasxfail"):
        return
    reason = str(report.longrepr[-1] if isinstance(report.longrepr, tuple) else report.longrepr)
    reason = reason.removeprefix("Skipped: ")
    if reason not in allowed():
        report.outcome = "failed"
        report.longrepr = f"skipped in CI, for a reason that is not in the table of CONTRIBUTING.md: {reason}"
