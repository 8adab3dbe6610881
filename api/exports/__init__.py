"""Streams of many rows: what they hold, and in which format."""
