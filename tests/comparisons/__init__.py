"""Compares the gateway's answers with the oracle, and its two paths with each other."""
