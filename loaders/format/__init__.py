"""The interchange format: its tables, columns and cells. FORMAT.md says the same in words."""
