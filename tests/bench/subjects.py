"""The graph that is asked: made, loaded, and what of it the requests are about."""

import csv
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import neo4j

from graph.identity.key import IdentityKey
from graph.settings import read_settings
from graph.store.database import Target
from loaders.history import LoadedDatasets
from loaders.offline import load_offline
from tests.bench.questions import BATCH, DAY, Drawn
from tests.support.client import ID_KEY
from tests.support.generator import make_dataset
from tests.support.neo4j import REPOSITORY

DRAWS = 512
"""Requests of a question, asked in turn: as many as the connections at the most, and more."""
MEMORANDA, POWER_ITEMS = 37, 2411


def dataset(folder: Path, entities: int) -> Path:
    """The folder of the dataset of so many entities, made where it is not there yet. Its catalogue is of the size
    of a province's."""
    data = folder / "data"
    done = folder / "data.done"
    if not done.exists():
        print(f"making a dataset of {entities:,} entities in {data}", flush=True)
        make_dataset(data, entities=entities, memoranda=MEMORANDA, power_items=POWER_ITEMS)
        done.touch()
    return data


@contextmanager
def loaded(folder: Path, data: Path, *, is_loaded: bool) -> Iterator[tuple[Target, str]]:
    """A Neo4j that holds the dataset, and the key of its persons' hashes in hex.

    It is the one at NEO4J_URI, which must hold no subjects unless it `is_loaded`, else an embedded one of the bench's
    own, kept in `folder` and loaded once. Raises SystemExit for one that holds other data.
    """
    settings = read_settings()
    if settings.neo4j_uri and settings.neo4j_password:
        key = settings.id_key.get_secret_value() if settings.id_key else ID_KEY
        target = Target(
            settings.neo4j_uri, settings.neo4j_user, settings.neo4j_password.get_secret_value(), settings.neo4j_database
        )
        if not is_loaded:
            _refuse_other_data(target)
            _load(data, target, key)
        _settle(target)
        yield target, key
        return
    from graph.embedded import EmbeddedNeo4j

    own = settings.model_copy(update={"home": folder / "home", "jars": settings.jar_folder})
    datasets = LoadedDatasets(own.home / "neo4j" / "loaded")
    if not (own.home / "neo4j" / "data").exists():
        load_offline(data, own, IdentityKey(ID_KEY), notify=lambda text: print(text, flush=True))
        datasets.add(data)
    elif data not in datasets:
        raise SystemExit(f"{own.home} holds another dataset: pass another --folder, or delete it")
    with EmbeddedNeo4j(own, "bench", print) as target:
        _settle(target)
        yield target, ID_KEY


def environment(target: Target, key: str) -> dict[str, str]:
    """The variables by which a process reaches the database."""
    return os.environ | {
        "NEO4J_URI": target.uri,
        "NEO4J_USER": target.user,
        "NEO4J_PASSWORD": target.password,
        "NEO4J_DATABASE": target.database,
        "JOINTCREDIT_ID_KEY": key,
    }


def _load(data: Path, target: Target, key: str) -> None:
    command = [sys.executable, "-c", "from api.cli.main import main; main()"]
    for arguments in (["migrate"], ["load", str(data)]):
        subprocess.run([*command, *arguments], cwd=REPOSITORY, env=environment(target, key), check=True)


def _refuse_other_data(target: Target) -> None:
    with neo4j.GraphDatabase.driver(target.uri, auth=(target.user, target.password)) as driver:
        count = driver.execute_query("MATCH (n:Entity) RETURN count(n)", database_=target.database).records[0][0]
    if count:
        raise SystemExit(
            f"{target.uri} holds {count} subjects: pass --neo4j-loaded if they are the dataset of the bench"
        )


def _settle(target: Target) -> None:
    """Wait until the planner knows what the indexes hold."""
    with neo4j.GraphDatabase.driver(target.uri, auth=(target.user, target.password)) as driver:
        for text in ("CALL db.awaitIndexes(600)", "CALL db.resampleOutdatedIndexes()"):
            driver.execute_query(text, database_=target.database)


def draw(data: Path) -> list[Drawn]:
    """What the requests are about: subjects who are listed on the day, and agencies; the same for the same dataset."""
    listed: dict[str, None] = {}
    with (data / "listings.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            ended = [last for last in (row["expires_on"], row["removed_on"]) if last and last <= DAY]
            if row["listed_on"] <= DAY and not ended:
                listed[row["entity"]] = None
    with (data / "agencies.csv").open(encoding="utf-8-sig", newline="") as file:
        agencies = sorted(row["code"] for row in csv.DictReader(file))
    random, subjects = Random(1), list(listed)
    return [Drawn(random.sample(subjects, BATCH), random.choice(agencies)) for _ in range(DRAWS)]
