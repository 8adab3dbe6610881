"""Chooses the Neo4j of the tests: NEO4J_URI, otherwise a container if Docker has the image, otherwise the embedded
one."""

import gc
import os
import secrets
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import neo4j

from graph.settings import Settings
from graph.store.database import Target

IMAGE = "neo4j:2026.08.1-community"
REPOSITORY = Path(__file__).parents[2]
JARS = Path(os.environ.get("JOINTCREDIT_JARS") or REPOSITORY / ".jointcredit" / "jars")


KEEP_PLANS = ("dbms.cypher.min_replan_interval", "1d")
"""Keep plans when a test has loaded another dataset: planning takes most of a run's time."""
SHORT_LIFE = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""The second compiler of a JVM costs a test run more time than it saves."""


@dataclass(frozen=True)
class Choice:
    way: str
    why: str


@cache
def choose() -> Choice:
    if uri := os.environ.get("NEO4J_URI"):
        return Choice("uri", f"at NEO4J_URI {uri}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # docker-py leaves its socket open where no daemon answers
        problem = _no_docker()
        gc.collect()
    if problem:
        return Choice("embedded", f"embedded ({problem})")
    return Choice("container", f"container {IMAGE}")


def _no_docker() -> str | None:
    """Why no container is available, or None."""
    import docker
    from docker.errors import DockerException, ImageNotFound

    try:
        client = docker.from_env(timeout=60)
    except DockerException:
        return "no Docker daemon answers"
    try:
        client.images.get(IMAGE)
    except ImageNotFound:
        try:
            client.images.pull(IMAGE)
        except (DockerException, OSError):
            return f"Docker has no image {IMAGE} and cannot pull it"
    except (DockerException, OSError) as error:
        return f"Docker does not answer: {error}"
    finally:
        client.close()
    return None


@contextmanager
def running() -> Iterator[Target]:
    """A Neo4j that the tests may fill and empty."""
    way = choose().way
    if way == "uri":
        settings = Settings()
        if settings.neo4j_uri is None or settings.neo4j_password is None:
            raise RuntimeError("NEO4J_URI is set: set NEO4J_PASSWORD too")
        target = Target(
            settings.neo4j_uri, settings.neo4j_user, settings.neo4j_password.get_secret_value(), settings.neo4j_database
        )
        _refuse_foreign_data(target)
        yield target
    elif way == "container":
        with _container() as target:
            yield target
    else:
        from graph.embedded import EmbeddedNeo4j
        from graph.embedded.home import Tuning

        with tempfile.TemporaryDirectory(prefix="jointcredit-tests-") as home:
            settings = Settings(JOINTCREDIT_HOME=Path(home), JOINTCREDIT_JARS=JARS)
            with EmbeddedNeo4j(settings, "tests", tuning=Tuning(SHORT_LIFE, ["=".join(KEEP_PLANS)])) as target:
                yield target


@contextmanager
def _container() -> Iterator[Target]:
    import docker
    from testcontainers.core.config import testcontainers_config
    from testcontainers.core.container import DockerContainer

    client = docker.from_env()
    if not any(testcontainers_config.ryuk_image in image.tags for image in client.images.list()):
        testcontainers_config.ryuk_disabled = (
            True  # the image is not available here: the `with` below removes the container
        )
    client.close()
    password = secrets.token_urlsafe(16)
    container: Any = DockerContainer(IMAGE).with_env("NEO4J_AUTH", f"neo4j/{password}").with_exposed_ports(7687)
    name, value = KEEP_PLANS
    container.with_env("NEO4J_" + name.replace("_", "__").replace(".", "_"), value)
    with container:
        target = Target(f"bolt://127.0.0.1:{container.get_exposed_port(7687)}", "neo4j", password, "neo4j")
        _wait(target, 120)
        yield target
        container.get_docker_client().client.close()


def _wait(target: Target, seconds: float) -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            with neo4j.GraphDatabase.driver(target.uri, auth=(target.user, target.password)) as driver:
                driver.verify_connectivity()
            return
        except (neo4j.exceptions.DriverError, neo4j.exceptions.Neo4jError):
            if time.monotonic() > end:
                raise
            time.sleep(0.3)


def _refuse_foreign_data(target: Target) -> None:
    """Refuse a database with data, unless a setting allows it: the tests empty the database."""
    with neo4j.GraphDatabase.driver(target.uri, auth=(target.user, target.password)) as driver:
        count = driver.execute_query("MATCH (n) RETURN count(n)", database_=target.database).records[0][0]
    if count and os.environ.get("JOINTCREDIT_TESTS_MAY_WIPE") != "1":
        raise RuntimeError(
            f"{target.uri} holds {count} nodes, and the tests would delete them: use an empty database, or set "
            "JOINTCREDIT_TESTS_MAY_WIPE=1"
        )
