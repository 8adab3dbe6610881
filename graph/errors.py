"""Every error that jointcredit raises on purpose.

    JointCreditError                 exit 2, HTTP 500 masked unless a subclass says otherwise
    ├── InputError                   the caller's input cannot be used: BAD_USER_INPUT and its kin
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

A message names the value and the fix; a person's number in it is masked. `code` is what machines read; `api.errors`
maps it to GraphQL and HTTP, the command line maps `exit_status`.
"""

from typing import ClassVar

from .masking import mask_text


class JointCreditError(Exception):
    """The root. `code` is machine-readable, `str(error)` is for people, `exit_status` for shells. What may be a
    person's number in a message is masked as the error is made."""

    code: ClassVar[str] = "INTERNAL_SERVER_ERROR"
    exit_status: ClassVar[int] = 2

    def __init__(self, message: str) -> None:
        super().__init__(mask_text(message))


def one_line(error: BaseException) -> str:
    """What an error of a library says, in one line, to be a part of a message."""
    return " ".join(str(getattr(error, "message", None) or error).split())


class InputError(JointCreditError):
    """Raised when an argument cannot be used. `code` may be narrowed for the instance."""

    code: ClassVar[str] = "BAD_USER_INPUT"

    def __init__(self, message: str, *, reason: str | None = None) -> None:
        super().__init__(message)
        self.reason = reason
        """A finer machine-readable reason, such as IDENTIFIER_LENGTH, or None."""


class IdentifierError(InputError):
    """Raised for a malformed identifier; `reason` is one of IDENTIFIER_LENGTH, _ALPHABET, _CHECK, _DATE."""


class LimitExceeded(InputError):
    """Raised, before anything runs, for what goes beyond a limit: its name, the most it allows, and what was found."""

    code: ClassVar[str] = "LIMIT_EXCEEDED"

    def __init__(self, limit: str, maximum: int, found: int, message: str) -> None:
        super().__init__(message)
        self.limit = limit
        self.maximum = maximum
        self.found = found


class NotFound(InputError):
    """Raised for a code that names nothing in the graph."""

    code: ClassVar[str] = "NOT_FOUND"


class SettingsError(JointCreditError):
    """Raised at start when a setting is missing or cannot be understood."""

    code: ClassVar[str] = "SETTINGS"


class DatasetError(JointCreditError):
    """Raised before anything is written, when a dataset folder cannot be loaded at all."""

    code: ClassVar[str] = "DATASET"


class LoadInterrupted(JointCreditError):
    """Raised in the middle of a load, when one of its processes was ended from outside, or paused for so long that
    another load went on in its place."""

    code: ClassVar[str] = "LOAD_INTERRUPTED"
    exit_status: ClassVar[int] = 3


class DiskFull(JointCreditError):
    """What a command says of a full disk, wherever it met it."""

    code: ClassVar[str] = "DISK_FULL"
    exit_status: ClassVar[int] = 3


class FileError(JointCreditError):
    """Raised for a file or folder that cannot be read or written; the message names it."""

    code: ClassVar[str] = "FILE"


class DatabaseError(JointCreditError):
    """Raised when the database refuses or cannot be used."""

    code: ClassVar[str] = "DATABASE"
    exit_status: ClassVar[int] = 3


class DatabaseUnavailable(DatabaseError):
    """Raised when Neo4j does not answer, or cannot just now."""

    code: ClassVar[str] = "DATABASE_UNAVAILABLE"


class StatementTimedOut(DatabaseError):
    """Raised when a statement ran into its time limit; the same would again."""

    code: ClassVar[str] = "STATEMENT_TIMED_OUT"


class GraphInUse(DatabaseError):
    """Raised when another process writes the graph for longer than one waits; the message says which."""

    code: ClassVar[str] = "GRAPH_IN_USE"


class GraphNotReady(DatabaseError):
    """Raised when a migration, constraint or index is missing; the message lists them."""

    code: ClassVar[str] = "GRAPH_NOT_READY"


class EmbeddedError(JointCreditError):
    """Raised when the embedded Neo4j cannot be set up, started or stopped."""

    code: ClassVar[str] = "EMBEDDED"
    exit_status: ClassVar[int] = 3


class HomeInUse(EmbeddedError):
    """Raised on a second start of the same home; the message says which process holds it."""

    code: ClassVar[str] = "HOME_IN_USE"


class DownloadFailed(EmbeddedError):
    """Raised when the jars cannot be fetched or a sum differs from the lock; the message says what to do."""

    code: ClassVar[str] = "DOWNLOAD_FAILED"
