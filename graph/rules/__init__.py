"""The rules of RULES.md, each one Cypher fragment with its number; queries and writes compose them.

Nothing here knows a question or a request. A rule that stands twice is a bug.
"""
