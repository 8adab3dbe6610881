"""The graph remembers which identity key it was loaded with: another would find no natural person in it."""

from typing import Any

from graph.errors import SettingsError
from graph.identity.key import IdentityKey
from graph.store.transactions import Ask, Transactions
from graph.writes.loading import READ_IDENTITY_KEY, REMEMBER_IDENTITY_KEY


def check_identity_key(transactions: Transactions, key: IdentityKey, *, remember: bool = False) -> None:
    """Raises SettingsError when the graph was loaded with another key. A graph that was never loaded fits any key;
    with `remember` this one is noted. Raises DatabaseError as every transaction does."""
    held = transactions.ask_once(READ_IDENTITY_KEY)
    if not held and remember:
        held = transactions.run("remember identity key", lambda ask: _remember(key, ask))
    if held and held[0] != key.fingerprint:
        raise SettingsError(
            f"this graph was loaded with another JOINTCREDIT_ID_KEY (fingerprint {held[0]}, not {key.fingerprint}): "
            "set the key it was loaded with, or load a new database"
        )


def _remember(key: IdentityKey, ask: Ask) -> list[Any]:
    ask(REMEMBER_IDENTITY_KEY, [key.fingerprint])
    return ask(READ_IDENTITY_KEY, [])
