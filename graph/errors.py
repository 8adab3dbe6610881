"""Every error that jointcredit raises on purpose.

    JointCreditError                 exit 2, HTTP 500 masked unless a subclass says otherwise
    ├── InputError                   the caller's input cannot be used: BAD_USER_INPUT and narrower codes
    │   ├── IdentifierError          an identifier is malformed; the code says how
    │   ├── LimitExceeded            something asked for is larger than a limit: LIMIT_EXCEEDED
    │   └── NotFound                 a code or a subject that the graph does not hold
    ├── SettingsError                a setting is missing or wrong
    ├── DatasetError                 a dataset folder that cannot be loaded at all
    ├── LoadInterrupted              a process of a load was ended from outside
    ├── DiskFull                     no space is left for what a command writes
    ├── FileError                    a file or folder that a command needs cannot be read or written
    ├── DatabaseError                the database cannot be used
    │   ├── DatabaseUnavailable      it does not answer
    │   ├── StatementTimedOut        a statement took longer than it may
    │   ├── GraphInUse               another process writes the graph
    │   └── GraphNotReady            a migration, constraint or index is missing
    └── EmbeddedError                the embedded Neo4j cannot be run
        ├── HomeInUse                another process holds the home
        └── DownloadFailed           the jars could not be fetched or do not match the lock

A message names the value and the fix; a person's number in it is masked. Programs read `code`, which `api.errors` maps
to GraphQL and HTTP; the command line maps `exit_status`.
"""

from typing import ClassVar

from .masking import mask_text


class JointCreditError(Exception):
    """The root. `code` is machine-readable, `str(error)` is for people, `exit_status` for shells. The constructor masks
    what may be a person's number in the message."""

    code: ClassVar[str] = "INTERNAL_SERVER_ERROR"
    exit_status: ClassVar[int] = 2

    def __init__(self, message: str) -> None:
        super().__init__(mask_text(message))


def one_line(error: BaseException) -> str:
    """The message of a library's error in one line, for use in another message."""
    return " ".join(str(getattr(error, "message", None) or error).split())


class InputError(JointCreditError):
    """Raised if an argument cannot be used. An instance may narrow `code`."""

    code: ClassVar[str] = "BAD_USER_INPUT"

    def __init__(self, message: str, *, reason: str | None = None) -> None:
        super().__init__(message)
        self.reason = reason
        """A finer machine-readable reason, such as IDENTIFIER_LENGTH, or None."""


class IdentifierError(InputError):
    """Raised for a malformed identifier; `reason` is one of IDENTIFIER_LENGTH, _ALPHABET, _CHECK, _DATE."""


class LimitExceeded(InputError):
    """Raised, before anything runs, if a limit is exceeded: its name, its maximum, and what was found."""

    code: ClassVar[str] = "LIMIT_EXCEEDED"

    def __init__(self, limit: str, maximum: int, found: int, message: str) -> None:
        super().__init__(message)
        self.limit = limit
        self.maximum = maximum
        self.found = found


class NotFound(InputError):
    """Raised for a code that no node in the graph has."""

    code: ClassVar[str] = "NOT_FOUND"


class SettingsError(JointCreditError):
    """Raised at start if a setting is missing or invalid."""

    code: ClassVar[str] = "SETTINGS"


class DatasetError(JointCreditError):
    """Raised before anything is written if a dataset folder cannot be loaded at all."""

    code: ClassVar[str] = "DATASET"


class LoadInterrupted(JointCreditError):
    """Raised during a load if one of its processes was ended from outside, or was paused for so long that another load
    took over."""

    code: ClassVar[str] = "LOAD_INTERRUPTED"
    exit_status: ClassVar[int] = 3


class DiskFull(JointCreditError):
    """Raised by a command that finds a disk full."""

    code: ClassVar[str] = "DISK_FULL"
    exit_status: ClassVar[int] = 3


class FileError(JointCreditError):
    """Raised for a file or folder that cannot be read or written; the message names it."""

    code: ClassVar[str] = "FILE"


class DatabaseError(JointCreditError):
    """Raised if the database refuses a statement or cannot be used."""

    code: ClassVar[str] = "DATABASE"
    exit_status: ClassVar[int] = 3


class DatabaseUnavailable(DatabaseError):
    """Raised if Neo4j does not answer, or temporarily cannot."""

    code: ClassVar[str] = "DATABASE_UNAVAILABLE"


class StatementTimedOut(DatabaseError):
    """Raised if a statement exceeded its time limit; trying again would take as long."""

    code: ClassVar[str] = "STATEMENT_TIMED_OUT"


class GraphInUse(DatabaseError):
    """Raised if another process writes the graph for longer than the command waits; the message names it."""

    code: ClassVar[str] = "GRAPH_IN_USE"


class GraphNotReady(DatabaseError):
    """Raised if a migration, constraint or index is missing; the message lists them."""

    code: ClassVar[str] = "GRAPH_NOT_READY"


class EmbeddedError(JointCreditError):
    """Raised if the embedded Neo4j cannot be set up, started or stopped."""

    code: ClassVar[str] = "EMBEDDED"
    exit_status: ClassVar[int] = 3


class HomeInUse(EmbeddedError):
    """Raised on a second start of the same home; the message says which process holds it."""

    code: ClassVar[str] = "HOME_IN_USE"


class DownloadFailed(EmbeddedError):
    """Raised if the jars cannot be fetched or a checksum differs from the lock file; the message says what to do."""

    code: ClassVar[str] = "DOWNLOAD_FAILED"
