"""Every setting with nonsense, and with its largest and smallest values, through the command line."""

import json
import os
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from graph.settings import Settings
from graph.store.database import Target
from tests.resilience.command import run
from tests.support.gateway_process import served

NO_UTF_8 = os.fsdecode(b"\xff\xfe")
NO_NUMBERS = (
    "nonsense", " ", "-1", "-0.5", "1,5", "nan", "0x10", "10s", "1 MB", "１２x", "true", "{}", "[]", "null", "😀",
    ":100:", "1\n2", "9" * 5000, NO_UTF_8,
)  # fmt: skip
NO_INTEGERS = (*NO_NUMBERS, "1.5", "1e3", "inf", "9" * 20)
COUNT = (("1", "2147483647", " 7 "), ("0", "2147483648", *NO_INTEGERS))
COUNT_OR_NONE = (("0", "2147483647"), ("2147483648", *NO_INTEGERS))
PORT = (("0", "65535"), ("65536", *NO_INTEGERS))
SECONDS = (("0.001", "86400", "1e3", "1.5"), ("0", "1e-9", "1e-400", "86401", "inf", "-inf", "1e400", *NO_NUMBERS))
WHOLE_SECONDS = (("1", "86400"), ("0", "86401", *NO_INTEGERS))
MEMORY = (("512m", "1G"), (*NO_INTEGERS, "1.5g", "1 g", "1gb", "1g\n", "g"))
TEXT = (("nonsense", " ", "😀", ":100:", "[red]", "-1", "9" * 5000), ("a\nb", "a\x1b[31m", NO_UTF_8))
FOLDER = (tuple(text for text in TEXT[0] if ":" not in text), (*TEXT[1], ":100:"))
HOSTS = (
    ("::1", "0.0.0.0", "localhost", "fe80::1%eth0", "例子.example", "a.b.", "x" * 63),
    (
        "a..b",
        "x" * 64,
        "x." * 130,
        " ",
        "a b",
        "a\nb",
        "[::1]",
        ":100:",
        "😀 ",
        "http://h",
        "h:1",
        "-h",
        "1.2.3.4/8",
        NO_UTF_8,
    ),
)
TABLE: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "NEO4J_URI": (
        ("bolt://h", "bolt://h:7687", "bolt+s://[::1]:1", "neo4j+ssc://h:65535", "neo4j://h?region=south"),
        (
            "bolt://[",
            "bolt://h:1/x?a=b",
            "bolt://h/x",
            "bolt://h#f",
            "bolt://h:99999999",
            "bolt://h:65536",
            "bolt://h:0",
            "bolt://h:-1",
            "bolt://h:x",
            "bolt://h:",
            "bolt://",
            "bolt://:7687",
            "bolt://a..b",
            f"bolt://{'x' * 64}",
            "bolt://h h",
            "bolt://h\n",
            " ",
            "http://h",
            "h:7687",
            "bolt:h",
            "BOLT:/h",
            "neo4j://h?a",
            "neo4j://h?a=b&a=c",
            "bolt://us:pw@h",
            "😀",
            "/dev/null",
            "bolt://h\x1b[31m",
            NO_UTF_8,
        ),
    ),
    "NEO4J_USER": TEXT,
    "NEO4J_PASSWORD": (("x", "a\nb", "😀", "9" * 5000), (NO_UTF_8,)),
    "NEO4J_DATABASE": TEXT,
    "JOINTCREDIT_HOME": FOLDER,
    "JOINTCREDIT_JARS": FOLDER,
    "JOINTCREDIT_MAVEN_REPOSITORY": (
        ("https://mirror.example/maven", "http://127.0.0.1:1"),
        (
            "nonsense",
            " ",
            "file:///dev/null",
            "/dev/null",
            "ftp://h",
            "https://",
            "https://h\n",
            "https://h h",
            "😀",
            NO_UTF_8,
        ),
    ),
    "JOINTCREDIT_BOLT_PORT": PORT,
    "JOINTCREDIT_NEO4J_HEAP": MEMORY,
    "JOINTCREDIT_NEO4J_PAGE_CACHE": MEMORY,
    "JOINTCREDIT_ID_KEY": (("0" * 64, "aB" * 32), ("0" * 63, "0" * 65, "0" * 64 + "\n", "g" * 64, " ", "😀", NO_UTF_8)),
    "JOINTCREDIT_HOST": HOSTS,
    "JOINTCREDIT_PORT": PORT,
    "JOINTCREDIT_WORKERS": (("1", "1024"), ("0", "1025", *NO_INTEGERS)),
    "JOINTCREDIT_DRAIN_TIMEOUT": WHOLE_SECONDS,
    "JOINTCREDIT_MAX_PAGE": COUNT,
    "JOINTCREDIT_MAX_BATCH": COUNT,
    "JOINTCREDIT_MAX_TOKENS": COUNT,
    "JOINTCREDIT_MAX_DEPTH": COUNT,
    "JOINTCREDIT_MAX_ALIASES": COUNT,
    "JOINTCREDIT_MAX_SELECTIONS": COUNT,
    "JOINTCREDIT_MAX_DIRECTIVES": COUNT,
    "JOINTCREDIT_MAX_COST": COUNT,
    "JOINTCREDIT_MAX_BODY": COUNT,
    "JOINTCREDIT_BODY_TIMEOUT": SECONDS,
    "JOINTCREDIT_MAX_WAITING": COUNT,
    "JOINTCREDIT_PATIENCE": SECONDS,
    "JOINTCREDIT_CATALOGUE_MAX_AGE": COUNT_OR_NONE,
    "JOINTCREDIT_OPERATIONS": TEXT,
    "JOINTCREDIT_FAST_PATH": (("true", "False", "1", "0", "yes", "OFF"), ("maybe", "2", "-1", "", "😀", NO_UTF_8)),
    "JOINTCREDIT_STATEMENT_TIMEOUT": SECONDS,
    "JOINTCREDIT_MAX_EXPORTS": COUNT_OR_NONE,
    "JOINTCREDIT_POOL_SIZE": COUNT,
    "JOINTCREDIT_LOG_LEVEL": (("DEBUG", "ERROR"), ("debug", "TRACE", "INFO\n", " ", "10", "😀", NO_UTF_8)),
}
"""By variable, the accepted and the refused values. An empty variable counts as unset."""
_KINDS = (COUNT, COUNT_OR_NONE, SECONDS, WHOLE_SECONDS)
NUMBERS = {name: values[0][:2] for name, values in TABLE.items() if any(values is kind for kind in _KINDS)}


def test_every_setting_is_in_the_table() -> None:
    assert list(TABLE) == [str(field.alias) for field in Settings.model_fields.values()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "client").mkdir()
    (tmp_path / "client" / "a.graphql").write_text("query A { __typename }")
    return tmp_path


@pytest.mark.parametrize("name", TABLE)
def test_nonsense_is_refused_in_one_line_that_names_the_variable(name: str, folder: Path) -> None:
    needed = {"NEO4J_PASSWORD": "x"} if name == "NEO4J_URI" else {}
    taken, refused = TABLE[name]
    for value in ("", *taken):
        done = run("register", "client", folder=folder, settings={**needed, name: value})
        # A limit of one token is valid, though not useful.
        assert done.status == 0 or done.err.startswith("BAD_USER_INPUT"), (value, done)
    before = sorted(folder.rglob("*"))
    for value in filter(None, refused):
        done = run("register", "client", folder=folder, settings={**needed, name: value})
        assert (value, done.status) == (value, 2), done
        done.is_told(name)
        assert len(done.err) < 1000, done
        if "us:pw" in value or name in ("JOINTCREDIT_ID_KEY", "NEO4J_PASSWORD"):
            assert value.strip() not in done.err or not value.strip()
    assert sorted(folder.rglob("*")) == before


def test_the_same_hosts_are_refused_as_an_option(folder: Path) -> None:
    nowhere = {"NEO4J_URI": "bolt://127.0.0.1:1", "NEO4J_PASSWORD": "x", "JOINTCREDIT_ID_KEY": "0" * 64}
    for host in TABLE["JOINTCREDIT_HOST"][1]:
        done = run("serve", f"--host={host}", "--port=0", folder=folder, settings=nowhere)
        assert (host, done.status) == (host, 2), done
        done.is_told("cannot listen on", "an IP address or the name of a host")


@pytest.mark.parametrize("extreme", ["smallest", "largest"])
def test_a_gateway_runs_with_every_number_at_its_extreme(target: Target, seeds: None, extreme: str) -> None:
    place = 0 if extreme == "smallest" else 1
    settings = {name: values[place] for name, values in NUMBERS.items()}
    body = json.dumps({"query": '{ subject(identifier: "91440000XXXX00019F") { name } }'})
    with served(target, **settings) as address, closing(HTTPConnection(urlsplit(address).netloc, timeout=20)) as http:
        http.request("POST", "/graphql", body, {"Content-Type": "application/json"})
        response = http.getresponse()
        answer = response.read()
    if extreme == "largest":
        assert json.loads(answer)["data"] == {"subject": {"name": "示例甲贸易有限公司（虚构）"}}
    else:
        assert response.status in (400, 408, 413), answer
