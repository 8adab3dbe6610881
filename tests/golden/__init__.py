"""Documents and the statements that they become."""
