"""Codes as they are compared: one width, no space around."""

import unicodedata


def normalise(text: str) -> str:
    """Full-width to half-width (NFKC), no white space around: how every code is compared."""
    return unicodedata.normalize("NFKC", text).strip()
