"""Identifiers of subjects: how they are read, checked, keyed and masked."""
