"""The rules of RULES.md, each as one Cypher fragment with its number; queries and writes compose them.

Nothing here depends on a query or a request. A rule that is written twice is a bug.
"""
