"""The key of the hash that finds natural persons: from the environment, or from the home of the embedded database."""

import hmac
import secrets
from pathlib import Path

from graph.errors import SettingsError
from graph.files.disk import is_no_space
from graph.files.durable import make_once
from graph.files.paths import read_input
from graph.settings import KEY_EXPECTED, Settings, is_key

FILE = "id_key"


class IdentityKey:
    """The key of the hash that finds natural persons. Settings has already checked its form."""

    def __init__(self, key: str) -> None:
        """`key`: 64 hex digits."""
        self._key = bytes.fromhex(key)

    def hash(self, resident_id: str) -> str:
        """HMAC-SHA-256 of a resident ID, 64 hex digits."""
        return hmac.digest(self._key, resident_id.encode("ascii"), "sha256").hex()

    @property
    def fingerprint(self) -> str:
        """The value by which the graph recognises another key: 16 hex digits that reveal nothing about this one."""
        return hmac.digest(self._key, b"jointcredit identity key", "sha256").hex()[:16]


def identity_key(settings: Settings) -> IdentityKey:
    """The key. For the embedded database, the first call creates it and stores it with mode 0600.

    Raises SettingsError for a file without a valid key, OSError on a full disk, and SettingsError if JOINTCREDIT_ID_KEY
    is not set for a Neo4j that runs elsewhere: a key created here would be lost, and all natural persons with it.
    """
    if settings.id_key is not None:
        return IdentityKey(settings.id_key.get_secret_value())
    if not settings.embedded:
        raise SettingsError(
            "JOINTCREDIT_ID_KEY is not set: give the 64 hex digits this graph is loaded with, or, for a new graph, "
            "what `openssl rand -hex 32` prints, and keep them"
        )
    path = settings.home / FILE
    try:
        kept = "" if path.is_dir() else _kept(path)
    except OSError as error:
        if is_no_space(error):
            raise
        raise SettingsError(
            f"the ID key cannot be kept in {path} ({error.strerror}): set JOINTCREDIT_HOME to a folder that "
            "can be written, or NEO4J_URI and JOINTCREDIT_ID_KEY for a Neo4j that runs elsewhere"
        ) from None
    if not is_key(kept):
        raise SettingsError(
            f"{path} holds no ID key: {KEY_EXPECTED}; put the key back that the graph was loaded with, or, where "
            "nothing was loaded yet, delete the file"
        )
    return IdentityKey(kept)


def _kept(path: Path) -> str:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        text = read_input(path)
    except FileNotFoundError:
        make_once(path, secrets.token_hex(32))
        text = read_input(path)
    return text.decode("ascii", "replace").strip()
