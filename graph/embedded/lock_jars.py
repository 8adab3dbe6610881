"""Regenerates jars.lock.toml, jgo's lock file of every jar of the embedded Neo4j: `python -m graph.embedded.lock_jars`.

Change NEO4J_VERSION first. Needs the extra `embedded` and a Maven repository (JOINTCREDIT_MAVEN_REPOSITORY, or Maven
Central). The file is committed: every installation fetches exactly these jars.
"""

import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata
from pathlib import Path

from jgo.env import LockFile
from jgo.maven import MavenContext

NEO4J_VERSION = "2026.08.1"
"""The version of the embedded Neo4j."""
LOCK = Path(__file__).parent / "jars.lock.toml"
"""The committed lock file."""
_HEADER = """\
# Every jar of org.neo4j:neo4j with its SHA-256, in jgo's lock format.
# Made by `python -m graph.embedded.lock_jars`; not to be edited.
"""


def write_lock(path: Path, version: str, repository: str | None) -> int:
    """Resolve Neo4j's dependencies, fetch each jar once and write the lock file. Returns the number of jars."""
    with tempfile.TemporaryDirectory() as cache:
        remotes = {"mirror": repository.rstrip("/")} if repository else None
        context = MavenContext(repo_cache=Path(cache), remote_repos=remotes, timeout=60)
        # "!": the versions that Maven picks for a project that depends on Neo4j. Without it jgo reads Neo4j's own
        # dependencyManagement as a bill of materials, including test libraries.
        root = context.create_dependency(f"org.neo4j:neo4j:{version}!")
        inputs, transitive = context.resolver.resolve([root])
        jars = sorted((jar for jar in [*inputs, *transitive] if jar.artifact.packaging == "jar"), key=str)
        with ThreadPoolExecutor(8) as threads:
            list(threads.map(lambda jar: jar.artifact.resolve(), jars))
        # A jar of Neo4j 2026 runs on Java 21 and later; jgo would otherwise fetch a JDK to find that out.
        lock = LockFile.from_resolved_dependencies(jars, environment_name="neo4j", min_java_version=21)
    lock.jgo_version = metadata.version("jgo")
    lock.save(path)
    path.write_text(_HEADER + path.read_text("utf-8"), "utf-8")
    return len(lock.dependencies)


if __name__ == "__main__":
    count = write_lock(LOCK, NEO4J_VERSION, os.environ.get("JOINTCREDIT_MAVEN_REPOSITORY"))
    print(f"{LOCK.name}: {count} jars of Neo4j {NEO4J_VERSION}")
