"""Search by name: which text is stored, what is looked for in it, and how hits are scored."""
