"""Checks that need more than one row: references, cycles, unique numbers."""
