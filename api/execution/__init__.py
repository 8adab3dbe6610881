"""Executes a checked document: it becomes one statement, and the row that it returns becomes the answer."""
