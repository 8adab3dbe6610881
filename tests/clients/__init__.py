"""Clients that others write, generated from the schema."""
