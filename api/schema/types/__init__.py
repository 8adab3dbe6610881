"""The GraphQL types, one noun a file: each field has a description and the operation of `graph` that fetches it.

The methods are empty, because the values come from the statement of the request: one, plus one for each kind of
catalogue fragment that is not cached yet; while the catalogue is being changed, it is sent again without the cache.
"""
