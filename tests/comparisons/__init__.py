"""The gateway's answers against the independent reading, and its two ways of answering against each other."""
