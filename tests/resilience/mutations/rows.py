"""Rows and the cells in them: repeated, moved, lost."""

from random import Random

from tests.resilience.dataset import Dataset, Table


def duplicate_rows(rng: Random, dataset: Dataset) -> None:
    name, rows = dataset.pick(rng)
    for _ in range(rng.choice((1, 3, 10)) if rows else 0):
        rows.insert(rng.randint(1, len(rows)), list(rng.choice(rows[1:])))
    _put(dataset, name, rows)


def duplicate_all_rows(rng: Random, dataset: Dataset) -> None:
    name, rows = dataset.pick(rng)
    _put(dataset, name, rows + rows[1:])


def shuffle_rows(rng: Random, dataset: Dataset) -> None:
    name, rows = dataset.pick(rng)
    _put(dataset, name, rows[:1] + rng.sample(rows[1:], len(rows) - 1) if rows else [])


def drop_rows(rng: Random, dataset: Dataset) -> None:
    """Other rows may then have dangling references."""
    name, rows = dataset.pick(rng)
    share = rng.choice((0.1, 0.5, 0.9))
    _put(dataset, name, rows[:1] + [row for row in rows[1:] if rng.random() > share])


def drop_all_rows(rng: Random, dataset: Dataset) -> None:
    name, rows = dataset.pick(rng)
    _put(dataset, name, rows[:1])


def swap_cells(rng: Random, dataset: Dataset) -> None:
    """Two cells of a row."""
    name, rows = dataset.pick(rng)
    for row in _some(rng, rows):
        if len(row) > 1:
            one, other = rng.sample(range(len(row)), 2)
            row[one], row[other] = row[other], row[one]
    _put(dataset, name, rows)


def swap_cells_between_rows(rng: Random, dataset: Dataset) -> None:
    name, rows = dataset.pick(rng, least=3)
    for row in _some(rng, rows):
        other, place = rng.choice(rows[1:]), rng.randrange(max(len(row), 1))
        if place < min(len(row), len(other)):
            row[place], other[place] = other[place], row[place]
    _put(dataset, name, rows)


def cells_of_another_file(rng: Random, dataset: Dataset) -> None:
    """From another file of subjects: a person may then be anywhere."""
    (name, rows), (_, others) = (
        dataset.pick(rng, ("entities.csv", "listings.csv", "affiliations.csv")),
        dataset.pick(rng),
    )
    for row in _some(rng, rows):
        source = rng.choice(others[1:])
        if row and source:
            row[rng.randrange(len(row))] = rng.choice(source)
    _put(dataset, name, rows)


def shift_cells(rng: Random, dataset: Dataset) -> None:
    """The same number of cells, each moved one place; the last becomes the first."""
    name, rows = dataset.pick(rng)
    for row in _some(rng, rows):
        places = rng.choice((1, 1, 2, -1))
        row[:] = row[-places:] + row[:-places]
    _put(dataset, name, rows)


def extra_cells(rng: Random, dataset: Dataset) -> None:
    name, rows = dataset.pick(rng)
    for row in _some(rng, rows):
        row[rng.randint(0, len(row)) : 0] = [rng.choice(("", "x", "440000"))] * rng.choice((1, 1, 2, 1000))
    _put(dataset, name, rows)


def missing_cells(rng: Random, dataset: Dataset) -> None:
    name, rows = dataset.pick(rng)
    for row in _some(rng, rows):
        del row[rng.randint(0, len(row)) :]
    _put(dataset, name, rows)


def empty_rows(rng: Random, dataset: Dataset) -> None:
    name, rows = dataset.pick(rng)
    width = len(rows[0]) if rows else 0
    for _ in range(rng.choice((1, 5, 500)) if rows else 0):
        row = rng.choice(([], [""] * width, [" "], ["\u3000"] * width, ["", ""], ["\t"]))
        rows.insert(rng.randint(1, len(rows)), row)
    _put(dataset, name, rows)


def empty_cells(rng: Random, dataset: Dataset) -> None:
    name, rows = dataset.pick(rng)
    for row in _some(rng, rows):
        for place in range(len(row)):
            if rng.random() < 0.4:
                row[place] = rng.choice(("", "", " ", "\u3000", "\u200b", "\ufeff"))
    _put(dataset, name, rows)


def repeat_the_header(rng: Random, dataset: Dataset) -> None:
    name, rows = dataset.pick(rng)
    for _ in range(rng.choice((1, 1, 5)) if rows else 0):
        rows.insert(rng.randint(1, len(rows)), list(rows[0]))
    _put(dataset, name, rows)


def move_the_header(rng: Random, dataset: Dataset) -> None:
    """Into the middle or to the end: the first row takes its place."""
    name, rows = dataset.pick(rng)
    _put(dataset, name, [*rows[1 : (end := rng.randint(2, len(rows)))], rows[0], *rows[end:]] if rows else [])


def drop_the_header(rng: Random, dataset: Dataset) -> None:
    name, rows = dataset.pick(rng)
    _put(dataset, name, rows[1:])


def lines_before_the_header(rng: Random, dataset: Dataset) -> None:
    name, rows = dataset.pick(rng)
    before = rng.choice(([""], ["信用主体名单"], ["", "", ""], ["sep=,"], ["# 2018"]))
    _put(dataset, name, [before, *rows] if rows else [])


def join_cells(rng: Random, dataset: Dataset) -> None:
    """Two cells in one, with a separator, and one cell fewer or an empty one."""
    name, rows = dataset.pick(rng)
    for row in _some(rng, rows):
        if len(row) > 1:
            place = rng.randrange(len(row) - 1)
            joined = row[place] + rng.choice(("", " ", "/", "\n", ";", "，")) + row[place + 1]
            row[place : place + 2] = [joined, ""] if rng.random() < 0.7 else [joined]
    _put(dataset, name, rows)


def _some(rng: Random, rows: Table) -> Table:
    below = rows[1:]
    return rng.sample(below, min(len(below), rng.choice((1, 3, 10))))


def _put(dataset: Dataset, name: str, rows: Table) -> None:
    if name:
        dataset.put(name, rows)


MUTATIONS = (
    duplicate_rows, duplicate_all_rows, shuffle_rows, drop_rows, drop_all_rows, swap_cells, swap_cells_between_rows,
    cells_of_another_file, shift_cells, extra_cells, missing_cells, empty_rows, empty_cells, repeat_the_header,
    move_the_header, drop_the_header, lines_before_the_header, join_cells,
)  # fmt: skip
