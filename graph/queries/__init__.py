"""One file for each root question. They compose the rules; the writer prints them."""
