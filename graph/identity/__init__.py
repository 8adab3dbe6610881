"""Identifiers of subjects: parsing, checks and keyed hashes. Masking and check digits are modules of `graph` itself,
because errors need them."""
