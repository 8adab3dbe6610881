"""Identifiers of subjects: parsing, checks, keyed hashes and masking."""
