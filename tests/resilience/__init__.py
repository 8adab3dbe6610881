"""What people do to datasets, and what must hold whatever they do: mutations, the runs of the command, the oracle.

Mutations know nothing of the loader; the oracle knows FORMAT.md. Both are tested beside the fuzz that uses them.
"""
