"""Checks that need more than one row: references, cycles, numbers that are unique."""
