"""A skip that CONTRIBUTING does not allow fails in CI."""

import pytest

from tests.support.neo4j import REPOSITORY
from tests.support.skips import allowed

pytest_plugins = ["pytester"]
CONFTEST = "from tests.conftest import pytest_runtest_makereport"


def outcomes(pytester: pytest.Pytester, reason: str) -> dict[str, int]:
    pytester.makeconftest(CONFTEST)
    pytester.makepyfile(f"import pytest\n\ndef test_it():\n    pytest.skip({reason!r})\n")
    return pytester.runpytest_inprocess("-p", "no:xdist", "-p", "no:randomly").parseoutcomes()


@pytest.mark.parametrize(("in_ci", "outcome"), [("true", "failed"), ("", "skipped")])
def test_a_skip_fails_in_ci(
    in_ci: str, outcome: str, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", in_ci)
    assert outcomes(pytester, "no reason of the table") == {outcome: 1}


def test_what_the_table_allows_does_not(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    assert outcomes(pytester, sorted(allowed())[0]) == {"skipped": 1}


def test_the_table_holds_reasons_that_tests_give() -> None:
    written = "\n".join(path.read_text("utf-8") for path in REPOSITORY.glob("tests/*/test_*.py"))
    assert allowed()
    assert [reason for reason in allowed() if f'"{reason}"' not in written] == []
