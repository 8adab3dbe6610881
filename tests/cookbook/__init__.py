"""The queries of docs/cookbook.md and their answers."""
