"""A second, independent implementation of the rules in plain Python over a dataset folder, and its tests. It imports
nothing from the product."""
