"""One file for each module of `graph`."""
