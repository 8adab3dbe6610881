"""The key of the hash that finds natural persons: from the environment, or kept in the embedded database's home."""

import os
import secrets
from pathlib import Path

from .errors import SettingsError
from .identity import IdentityKey
from .settings import Settings

FILE = "id_key"


def identity_key(settings: Settings) -> IdentityKey:
    """The key. For the embedded database it is made at the first call and kept with mode 0600.

    Raises SettingsError for a Neo4j that runs elsewhere when JOINTCREDIT_ID_KEY is not set: a key made here would be
    lost, and with it every natural person.
    """
    if settings.id_key is not None:
        return IdentityKey(settings.id_key.get_secret_value())
    if not settings.embedded:
        raise SettingsError(
            "JOINTCREDIT_ID_KEY is not set: give the 64 hex digits this graph is loaded with, or, for a new graph, "
            "what `openssl rand -hex 32` prints, and keep them"
        )
    try:
        return IdentityKey(_kept(settings.home / FILE))
    except OSError as error:
        raise SettingsError(
            f"the ID key cannot be kept in {settings.home} ({error.strerror}): set JOINTCREDIT_HOME to a folder that "
            "can be written, or NEO4J_URI and JOINTCREDIT_ID_KEY for a Neo4j that runs elsewhere"
        ) from None


def _kept(path: Path) -> str:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    if not path.exists():
        descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
        try:
            os.link(made, path)  # whole or not at all, and the first of two wins
        except FileExistsError:
            pass
        finally:
            made.unlink()
    return path.read_text().strip()
