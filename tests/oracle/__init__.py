"""The oracle: a second, independent implementation of the rules in plain Python over a dataset folder, and its tests.

The implementation imports nothing from the product. Of the tests, test_search.py imports one of its limits,
`MAX_CANDIDATES`, to leave out searches that find more.
"""
