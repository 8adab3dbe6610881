"""Checks a document before anything runs: its text becomes a checked document, or is rejected."""
