"""The rules of RULES.md, each one Cypher fragment with its number; queries and writes compose them."""
