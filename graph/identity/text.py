"""Texts as they are compared: one width, one kind of bracket, no space around."""

import re
import unicodedata

BRACKETS = str.maketrans("[]〔〕【】", "()()()")
"""Every style that NFKC leaves, to the one in which texts are compared."""


def normalise(text: str) -> str:
    """Full-width to half-width (NFKC), no white space around: how every code is compared."""
    return unicodedata.normalize("NFKC", text).strip()


def normalise_document_number(text: str) -> str:
    """A document number as it is matched: NFKC, every bracket style `[] () 〔〕 （）【】` as `()`, no white space."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).translate(BRACKETS)
