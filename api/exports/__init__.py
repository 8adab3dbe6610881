"""Streams of many rows, and their formats."""
