"""The interchange format: its tables, columns and cells. FORMAT.md describes it in prose."""
