"""Every setting, read from the environment once at start; a test compares them with the table in docs/settings.md."""

import ipaddress
import os
import re
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from .errors import SettingsError
from .files.paths import shown
from .masking import quoted

MAX_WORKERS = 1024
"""The largest number of gateway processes."""
_LABEL = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")
Port = Annotated[int, Field(ge=0, le=65_535)]
Count = Annotated[int, Field(ge=1, le=2**31 - 1)]
CountOrNone = Annotated[int, Field(ge=0, le=2**31 - 1)]
Seconds = Annotated[float, Field(ge=0.001, le=86_400, allow_inf_nan=False)]
WholeSeconds = Annotated[int, Field(ge=1, le=86_400)]

KEY_EXPECTED = "64 hex digits are expected, as `openssl rand -hex 32` prints them"


def is_key(text: str) -> bool:
    """Whether a text is a valid key of the hash that finds natural persons, in a setting or in a file."""
    return re.fullmatch("[0-9a-fA-F]{64}", text) is not None


SMALLEST_MEMORY = 64 << 20
"""Smallest heap or page cache with which Neo4j starts, in bytes."""
LARGEST_MEMORY = 16 << 40
"""Largest size that Java accepts, in bytes."""


class Settings(BaseSettings):
    """The settings of one process. Field aliases are the environment variables; an empty variable counts as unset."""

    model_config = SettingsConfigDict(env_ignore_empty=True, extra="ignore", frozen=True)

    neo4j_uri: str | None = Field(None, alias="NEO4J_URI")
    """Bolt address of a Neo4j that runs elsewhere; without it the embedded one is used."""
    neo4j_user: str = Field("neo4j", alias="NEO4J_USER")
    """User name there."""
    neo4j_password: SecretStr | None = Field(None, alias="NEO4J_PASSWORD")
    """Password there; required with NEO4J_URI."""
    neo4j_database: str = Field("neo4j", alias="NEO4J_DATABASE")
    """Database name."""
    home: Path = Field(Path(".jointcredit"), alias="JOINTCREDIT_HOME")
    """Folder of the embedded database, its password, the ID key and the jars."""
    jars: Path | None = Field(None, alias="JOINTCREDIT_JARS")
    """Folder of Neo4j's jars; several homes may share it. Default: `jars` in the home."""
    maven_repository: str | None = Field(None, alias="JOINTCREDIT_MAVEN_REPOSITORY")
    """Address of a Maven mirror that serves the jars instead of Maven Central."""
    bolt_port: Port = Field(0, alias="JOINTCREDIT_BOLT_PORT")
    """Bolt port of the embedded database on loopback; 0 takes a free one."""
    heap: str = Field("1g", alias="JOINTCREDIT_NEO4J_HEAP")
    """Java heap of the embedded database."""
    page_cache: str = Field("2g", alias="JOINTCREDIT_NEO4J_PAGE_CACHE")
    """Memory for the store of the embedded database; it uses only as much as the store has."""
    id_key: SecretStr | None = Field(None, alias="JOINTCREDIT_ID_KEY")
    """Key of the hash that finds natural persons, 64 hex digits; for the embedded database it is created in the
    home."""
    host: str = Field("127.0.0.1", alias="JOINTCREDIT_HOST")
    """Address that the gateway listens on."""
    port: Port = Field(8000, alias="JOINTCREDIT_PORT")
    """Port that the gateway listens on."""
    workers: Annotated[int, Field(ge=1, le=MAX_WORKERS)] = Field(1, alias="JOINTCREDIT_WORKERS")
    """Gateway processes; the limits below are for each of them."""
    drain_timeout: WholeSeconds = Field(30, alias="JOINTCREDIT_DRAIN_TIMEOUT")
    """Seconds that requests under way may take once a gateway process is stopped."""
    max_page: Count = Field(1000, alias="JOINTCREDIT_MAX_PAGE")
    """Largest `first` or `last` of a connection."""
    max_batch: Count = Field(500, alias="JOINTCREDIT_MAX_BATCH")
    """Largest number of identifiers or ids in one batch."""
    max_tokens: Count = Field(10_000, alias="JOINTCREDIT_MAX_TOKENS")
    """Tokens of a document, and as many comments."""
    max_depth: Count = Field(12, alias="JOINTCREDIT_MAX_DEPTH")
    """Levels of nested fields. Each is a subquery in a subquery: from about 14 the planner takes seconds."""
    max_aliases: Count = Field(100, alias="JOINTCREDIT_MAX_ALIASES")
    """Aliases of a document, counted wherever a fragment is spread."""
    max_selections: Count = Field(5000, alias="JOINTCREDIT_MAX_SELECTIONS")
    """Fields and fragments that a document selects, counted wherever a fragment is spread."""
    max_directives: Count = Field(200, alias="JOINTCREDIT_MAX_DIRECTIVES")
    """Directives of a document, counted wherever a fragment is spread."""
    max_cost: Count = Field(1_000_000, alias="JOINTCREDIT_MAX_COST")
    """Cost of an operation: its fields, multiplied down the tree by the sizes of pages, batches and lists."""
    max_body: Count = Field(1_000_000, alias="JOINTCREDIT_MAX_BODY")
    """Bytes of a request's body. A batch of 500 identifiers needs 15,000."""
    body_timeout: Seconds = Field(10.0, alias="JOINTCREDIT_BODY_TIMEOUT")
    """Seconds within which the head of a request must arrive, and then its body."""
    max_waiting: Count = Field(1024, alias="JOINTCREDIT_MAX_WAITING")
    """Operations that wait for their turn in one gateway process, besides the JOINTCREDIT_POOL_SIZE that run."""
    patience: Seconds = Field(5.0, alias="JOINTCREDIT_PATIENCE")
    """Seconds that an operation waits for its turn."""
    catalogue_max_age: CountOrNone = Field(60, alias="JOINTCREDIT_CATALOGUE_MAX_AGE")
    """Seconds that caches may keep an answer to GET that contains only catalogue data."""
    operations: Path | None = Field(None, alias="JOINTCREDIT_OPERATIONS")
    """Manifest of the registered operations; without it every operation is executed."""
    fast_path: bool = Field(True, alias="JOINTCREDIT_FAST_PATH")
    """Whether to try the fast path; false has graphql-core complete every field."""
    statement_timeout: Seconds = Field(10.0, alias="JOINTCREDIT_STATEMENT_TIMEOUT")
    """Seconds after which the database stops a statement."""
    max_exports: CountOrNone = Field(2, alias="JOINTCREDIT_MAX_EXPORTS")
    """Exports that one gateway process streams at a time."""
    pool_size: Count = Field(16, alias="JOINTCREDIT_POOL_SIZE")
    """Largest number of Bolt connections of one gateway process."""
    log_level: str = Field("INFO", alias="JOINTCREDIT_LOG_LEVEL", pattern="^(DEBUG|INFO|WARNING|ERROR)$")
    """DEBUG, INFO, WARNING or ERROR."""

    @field_validator("id_key")
    @classmethod
    def _is_a_key(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not is_key(value.get_secret_value()):
            raise ValueError(KEY_EXPECTED)
        return value

    @field_validator("heap", "page_cache")
    @classmethod
    def _is_a_size(cls, value: str) -> str:
        found = re.fullmatch(r"(\d{1,9})([kmg])", value, re.ASCII | re.IGNORECASE)
        size = int(found[1]) << 10 * (1 + "kmg".index(found[2].lower())) if found else 0
        if not SMALLEST_MEMORY <= size <= LARGEST_MEMORY:
            raise ValueError("a size such as 512m or 2g is expected, from 64m to 16384g")
        return value

    @field_validator("*", mode="before")
    @classmethod
    def _is_text(cls, value: Any) -> Any:
        try:
            str(value).encode()
        except UnicodeEncodeError:
            raise ValueError("text in UTF-8 is expected") from None
        return value

    @field_validator("neo4j_user", "neo4j_database", "home", "jars", "operations")
    @classmethod
    def _is_one_line(cls, value: Any) -> Any:
        if re.search(r"[\x00-\x1f\x7f]", str(value)):
            raise ValueError("text without line breaks and other control characters is expected")
        return value

    @field_validator("neo4j_uri")
    @classmethod
    def _is_a_bolt_address(cls, value: str | None) -> str | None:
        if value is not None:
            check_bolt_address(value)
        return value

    @field_validator("maven_repository")
    @classmethod
    def _is_a_web_address(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"https?://[!-~]+", value):
            raise ValueError("an address such as https://host/path is expected")
        return value

    @field_validator("host")
    @classmethod
    def _is_a_host(cls, value: str) -> str:
        check_host(value)
        return value

    @property
    def embedded(self) -> bool:
        """Whether the embedded database is used."""
        return self.neo4j_uri is None

    @property
    def jar_folder(self) -> Path:
        """Where Neo4j's jars are kept."""
        return self.jars or self.home / "jars"


def read_settings() -> Settings:
    """Read the environment. Raises SettingsError, which names the variable and the expected value, never a secret."""
    try:
        settings = Settings()
    except ValidationError as error:
        problems = "; ".join(
            _describe(str(problem["loc"][0]), problem["input"], problem["msg"]) for problem in error.errors()
        )
        raise SettingsError(f"a setting cannot be used: {problems}") from None
    if settings.neo4j_uri and settings.neo4j_password is None:
        raise SettingsError("NEO4J_URI is set, but NEO4J_PASSWORD is not: set it to the password of NEO4J_USER")
    if settings.embedded and os.pathsep in (jars := str(settings.jar_folder.absolute())):
        raise SettingsError(
            f"Java cannot find Neo4j's jars in {shown(jars)}, whose name holds {os.pathsep!r}: set JOINTCREDIT_JARS or "
            "JOINTCREDIT_HOME to a folder without it"
        )
    return settings


def check_host(host: str) -> None:
    """Raises ValueError if it is neither an IP address nor a host name."""
    try:
        ipaddress.ip_address(host)
        return
    except ValueError:
        pass
    try:
        labels = host.encode("idna").decode("ascii").removesuffix(".").split(".")
    except UnicodeError:
        labels = []
    if not labels or len(host) > 253 or not all(map(_LABEL.fullmatch, labels)):
        raise ValueError("an IP address or the name of a host, such as 127.0.0.1 or localhost, is expected")


def check_bolt_address(address: str) -> None:
    """Raises ValueError for an address that Neo4j's driver cannot use or would misread."""
    import neo4j

    expected = "an address such as bolt://host:7687 or neo4j://host:7687 is expected"
    if not re.match(r"(bolt|neo4j)(\+s|\+ssc)?://[^\s/?#]", address) or not address.isprintable():
        raise ValueError(expected)
    if "@" in address:
        raise ValueError(f"{expected}: user and password go into NEO4J_USER and NEO4J_PASSWORD")
    try:
        parts = urlsplit(address)
        check_host(parts.hostname or "")
        if not _has_good_port(address):
            raise ValueError("a port is a number from 1 to 65535")
        if parts.path not in ("", "/") or parts.fragment:
            raise ValueError("it must not contain a path")
        neo4j.GraphDatabase.driver(address).close()  # connects to nothing yet
    except (ValueError, neo4j.exceptions.ConfigurationError) as error:
        raise ValueError(f"{expected} ({error})") from None


def _has_good_port(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.port != 0 and not parts.netloc.endswith(":")
    except ValueError:
        return False


def _describe(name: str, value: Any, problem: str) -> str:
    """What is wrong with a setting. The value is left out if it is a secret or may contain one."""
    secret = any(field.alias == name and "Secret" in str(field.annotation) for field in Settings.model_fields.values())
    text = "" if secret or "@" in str(value) else f" is {quoted(str(value))}"
    return f"{name}{text}: {problem.removeprefix('Value error, ')}"
