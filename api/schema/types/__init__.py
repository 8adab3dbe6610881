"""The GraphQL types, one noun a file: each field has a description and the operation of `graph` that fetches it.

The methods are empty, because the value comes from the one statement of the request (api/execution/executor.py).
"""
