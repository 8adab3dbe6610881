"""The rules once more, in plain Python over a dataset folder, and tests of it. It imports nothing of the product."""
