"""One file for each module of `loaders`."""
