"""GraphQL over HTTP as graphql-http's audits have it: all of them, without a warning."""

import json
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.store.database import Target
from tests.support.client import Client
from tests.support.gateway_process import served

PACKAGES = ("graphql-http@1.23.1", "graphql@16.15.0")
SCRIPT = Path(__file__).with_name("audit.mjs")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (shutil.which("node") and shutil.which("npm")), reason="the audits need node and npm"),
]


@pytest.fixture(scope="module")
def audits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The script, beside the packages that it imports."""
    folder = tmp_path_factory.mktemp("audits")
    npm = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder), *PACKAGES]
    installed = subprocess.run(npm, capture_output=True, text=True, timeout=300)
    assert installed.returncode == 0, installed.stderr
    return Path(shutil.copy(SCRIPT, folder))


@pytest.fixture(scope="module")
def address(target: Target, client: Client) -> Iterator[str]:
    with served(target) as address:
        yield address


def test_every_audit_passes(audits: Path, address: str) -> None:
    done = subprocess.run(["node", str(audits), f"{address}/graphql"], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)
    assert [result for result in results if result["status"] != "ok"] == []
    assert Counter(result["status"] for result in results) == {"ok": 61}
