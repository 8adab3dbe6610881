"""A document's text becomes a checked document, or is refused, before anything runs."""
