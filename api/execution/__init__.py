"""A checked document becomes one statement, and the row that it returns becomes the answer."""
