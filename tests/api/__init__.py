"""One file for each module of `api`."""
