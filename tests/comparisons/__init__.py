"""Compares the gateway's answers with the independent reading, and its two paths with each other."""
