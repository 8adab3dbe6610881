"""Checks the identity key: the graph records with which key it was loaded, and another would find no natural person."""

from typing import Any

from graph.errors import SettingsError
from graph.identity.key import IdentityKey
from graph.store.transactions import Ask, Transactions
from graph.writes.loading import READ_IDENTITY_KEY, REMEMBER_IDENTITY_KEY


def check_identity_key(transactions: Transactions, key: IdentityKey, *, remember: bool = False) -> None:
    """Raises SettingsError if the graph was loaded with another key. A graph that was never loaded accepts any key;
    `remember` then records this one. Raises DatabaseError like every transaction."""
    known = transactions.ask_once(READ_IDENTITY_KEY)
    if not known and remember:
        known = transactions.run("remember identity key", lambda ask: _remember(key, ask))
    if known and known[0] != key.fingerprint:
        raise SettingsError(
            f"this graph was loaded with another JOINTCREDIT_ID_KEY (fingerprint {known[0]}, not {key.fingerprint}): "
            "set the key it was loaded with, or load a new database"
        )


def _remember(key: IdentityKey, ask: Ask) -> list[Any]:
    ask(REMEMBER_IDENTITY_KEY, [key.fingerprint])
    return ask(READ_IDENTITY_KEY, [])
