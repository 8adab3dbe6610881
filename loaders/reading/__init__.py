"""Reads a folder of CSV files into rows whose cells are checked against the format."""
