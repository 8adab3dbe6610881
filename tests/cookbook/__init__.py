"""The queries of docs/cookbook.md and their answers, and the commands of every page."""
