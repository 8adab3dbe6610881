"""One file for each root question, and `neighbours` for the nodes around a node. They compose the rules; the schema
names them, and the writer prints them."""
