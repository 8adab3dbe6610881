"""What may happen to a dataset on its way: one function a mutation, each a function of a generator and a dataset alone.

A mutation whose place is not there, since others came before it, does nothing. None of them knows what the loader does.
"""

from collections.abc import Callable
from random import Random

from tests.resilience.dataset import Dataset
from tests.resilience.mutations import cells, columns, damage, encodings, files, persons, quotes, references, rows

Mutation = Callable[[Random, Dataset], None]

MUTATIONS: tuple[Mutation, ...] = (
    *damage.MUTATIONS,
    *encodings.MUTATIONS,
    *rows.MUTATIONS,
    *columns.MUTATIONS,
    *quotes.MUTATIONS,
    *cells.MUTATIONS,
    *persons.MUTATIONS,
    *references.MUTATIONS,
    *files.MUTATIONS,
)
