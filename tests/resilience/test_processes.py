"""What only a separate process shows: system limits, full devices, and a real database in a home with an odd name."""

import subprocess
from pathlib import Path

import pytest

from tests.api.test_cli import COMMAND, environment
from tests.resilience.paths import make_device
from tests.support.neo4j import JARS, REPOSITORY

REGIONS = "code,name,parent_code,level\n" + "".join(f"{n},某地{n},,CITY\n" for n in range(500))
NO_REGIONS = "code,name,parent_code,level\n" + "".join(f"{n},某地{n},,NOWHERE\n" for n in range(500))
QUERIES = "".join(f"query Operation{n} {{ __typename }}\n" for n in range(500))


pytestmark = pytest.mark.slow


@pytest.fixture
def place(tmp_path: Path) -> Path:
    for name, file, text in (
        ("data", "regions.csv", REGIONS), ("bad", "regions.csv", NO_REGIONS), ("client", "a.graphql", QUERIES),
    ):  # fmt: skip
        (tmp_path / name).mkdir()
        (tmp_path / name / file).write_text(text, "utf-8")
    for name in ("null", "full"):
        make_device(tmp_path / name)
    return tmp_path


def shell(line: str, place: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a shell command in which `$jointcredit` is the command line."""
    done = subprocess.run(
        ["sh", "-c", line.replace("$jointcredit", '"$PYTHON" -c "$MAIN"')],
        env=environment(None, PYTHON=COMMAND[0], MAIN=COMMAND[2], PYTHONPATH=str(REPOSITORY), **settings),
        cwd=place,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert "Traceback" not in done.stderr
    return done


LOAD = "$jointcredit load data --offline --files importer"
RUNS = [
    (f"ulimit -f 4; {LOAD}", 3),
    ("ulimit -f 4; $jointcredit load bad --offline --files importer --report new", 3),
    ("ulimit -f 4; $jointcredit register client --out new", 3),
    ("ulimit -f 4; $jointcredit schema >new", 3),
    ("$jointcredit schema >/dev/full", 3),
    (f"{LOAD} >/dev/full", 3),
    (f"{LOAD} --report full", 3),
    ("$jointcredit schema >&-", 0),
    ("$jointcredit register client --out null 2>&-", 0),
    ("mkfifo new; $jointcredit load data --offline --files importer --report new", 2),
    ("mkfifo data/listings.csv; $jointcredit load data --offline --files importer", 2),
]


@pytest.mark.parametrize(("line", "status"), RUNS, ids=[line for line, _ in RUNS])
def test_limits_of_the_system(place: Path, line: str, status: int) -> None:
    done = shell(line, place, JOINTCREDIT_HOME="home")
    assert done.returncode == status, done
    if status:
        (last_line,) = filter(None, done.stderr.splitlines()[-1:])
        assert last_line.startswith("DISK_FULL: " if status == 3 else ("FILE: ", "DATASET: ")), done
    assert not list(place.rglob(".jointcredit-*"))
    if status and ">/dev/full" not in line:
        assert not list(place.glob("importer/*"))
    made = place / "new"
    assert not made.is_file() or ">new" in line


def test_a_report_goes_where_standard_output_goes(place: Path) -> None:
    done = shell("$jointcredit load data --offline --files importer --report /proc/self/fd/1 | cat", place)
    assert done.returncode == 0
    assert '"totals"' in done.stdout
    assert "neo4j-admin database import full" in done.stdout


def test_a_full_disk_is_told_and_nothing_half_written_stays(place: Path) -> None:
    commands = ["mount -t tmpfs -o size=64k tmpfs disk", "printf old >disk/new", "cd disk"]
    for write in ("load ../bad --offline --files ../importer --report new", "register ../client --out new"):
        (place / "disk").mkdir(exist_ok=True)
        line = "; ".join([*commands, f"$jointcredit {write}; echo $?; ls -A; cat new"])
        done = shell(f"unshare --user --map-root-user --mount sh -c '{line}'", place, JOINTCREDIT_HOME="../home")
        assert done.stdout == "3\nnew\nold", done
        assert "DISK_FULL: " in done.stderr


def test_a_database_runs_in_a_home_of_an_odd_name(place: Path) -> None:
    """Blanks, characters special to Java's argument files and to shells, an emoji, a colon, another script."""
    home = place / "a b'c\"d\\e#f%g :100:😀[red]数据"
    done = shell("$jointcredit migrate", place, JOINTCREDIT_HOME=str(home), JOINTCREDIT_JARS=str(JARS.absolute()))
    assert done.returncode == 0, done
    assert (home / "neo4j" / "data" / "databases" / "neo4j").is_dir()
