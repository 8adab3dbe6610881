"""Normal forms of texts for comparison: one width, one kind of bracket, no surrounding space."""

import re
import unicodedata

BRACKETS = str.maketrans("[]〔〕【】", "()()()")
"""Every bracket style that remains after NFKC, mapped to the one that is compared."""


def normalise(text: str) -> str:
    """Full-width to half-width (NFKC), without surrounding white space: the form in which codes are compared."""
    return unicodedata.normalize("NFKC", text).strip()


def normalise_document_number(text: str) -> str:
    """The form in which document numbers are compared: NFKC, every bracket style `[] () 〔〕 （）【】` as `()`, no
    white space."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).translate(BRACKETS)
