"""The README's queries and their answers."""
