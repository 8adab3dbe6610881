"""The command `jointcredit`: its commands and what they print. The only place of `api` that imports `loaders`."""
