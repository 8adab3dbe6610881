"""The GraphQL types, one noun a file: each field says what it means and which operation of `graph` fetches it.

Bodies are empty: the value comes with the one statement of the request (api/execution/executor.py).
"""
