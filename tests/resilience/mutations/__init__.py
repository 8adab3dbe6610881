"""What may happen to a dataset on its way: one function per mutation, which depends only on a generator and a dataset.

A mutation whose target is gone, because of earlier mutations, does nothing. None of them knows how the loader works.
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
