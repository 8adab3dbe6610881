"""Brings codes and numbers into the form in which they are compared: one width, no surrounding space."""

import unicodedata


def normalise(text: str) -> str:
    """Full-width to half-width (NFKC), without surrounding white space: the form in which codes are compared."""
    return unicodedata.normalize("NFKC", text).strip()
