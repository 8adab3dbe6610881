"""Columns: renamed, repeated, moved, unknown."""

from random import Random

from tests.resilience.dataset import Dataset, Table
from tests.resilience.writings import write_number

UNKNOWN = (
    "remark",
    "备注",
    "code ",
    "CODE",
    "nmae",
    "姓名",
    "",
    " ",
    "\u200bname",
    "name\n",
    "[bold]x[/]",
    ":100:",
    "a;b",
    "id",
)


def rename_a_column(rng: Random, dataset: Dataset) -> None:
    name, rows, place = _column(rng, dataset)
    if name:
        rows[0][place] = rng.choice((*UNKNOWN, rows[0][place].upper(), f" {rows[0][place]}\u3000", rows[0][place][:-1]))
        dataset.put(name, rows)


def rename_all_columns(rng: Random, dataset: Dataset) -> None:
    name, rows = dataset.pick(rng)
    if name:
        change = rng.choice((str.upper, str.title, lambda text: f"{text}_", lambda text: f" {text} ", lambda _: ""))
        dataset.put(name, [[change(column) for column in rows[0]], *rows[1:]])


def drop_a_column(rng: Random, dataset: Dataset) -> None:
    name, rows, place = _column(rng, dataset)
    if name:
        dataset.put(name, [row[:place] + row[place + 1 :] for row in rows])


def drop_a_column_name(rng: Random, dataset: Dataset) -> None:
    name, rows, place = _column(rng, dataset)
    if name:
        del rows[0][place]
        dataset.put(name, rows)


def duplicate_a_column(rng: Random, dataset: Dataset) -> None:
    name, rows, place = _column(rng, dataset)
    if name:
        dataset.put(name, [[*row, *row[place : place + 1]] for row in rows])


def reorder_columns(rng: Random, dataset: Dataset) -> None:
    """Names and cells together: the meaning of the dataset does not change."""
    name, rows = dataset.pick(rng)
    if name:
        order = rng.sample(range(len(rows[0])), len(rows[0]))
        dataset.put(name, [[row[place] for place in order if place < len(row)] for row in rows])


def exchange_column_names(rng: Random, dataset: Dataset) -> None:
    """Only the names: the cells of two columns, or of all, are then in a wrong one."""
    name, rows = dataset.pick(rng)
    if name and len(rows[0]) > 1:
        one, other = rng.sample(range(len(rows[0])), 2)
        rows[0][one], rows[0][other] = rows[0][other], rows[0][one]
        if rng.random() < 0.3:
            rng.shuffle(rows[0])
        dataset.put(name, rows)


def add_unknown_columns(rng: Random, dataset: Dataset) -> None:
    name, rows = dataset.pick(rng)
    if name:
        _add(dataset, name, rows, rng.choices(UNKNOWN, k=rng.choice((1, 1, 3))))


def add_thousands_of_columns(rng: Random, dataset: Dataset) -> None:
    name, rows = dataset.pick(rng)
    if name:
        pattern = rng.choice(("x{}", "column_{}", "name{}", "{}", "code"))
        _add(dataset, name, rows, [pattern.format(n) for n in range(rng.choice((2_000, 30_000)))])


def add_a_column_of_a_long_name(rng: Random, dataset: Dataset) -> None:
    name, rows = dataset.pick(rng)
    if name:
        long = rng.choice(("x", "name_", "编码")) * rng.choice((300, 20_000))
        _add(dataset, name, rows, [long])


def name_columns_by_persons(rng: Random, dataset: Dataset) -> None:
    """The header of a sheet that was transposed."""
    name, rows, place = _column(rng, dataset)
    if name:
        numbers, names = sorted(dataset.numbers), sorted(dataset.names)
        person = write_number(rng, rng.choice(numbers)) if rng.random() < 0.5 else rng.choice(names)
        if rng.random() < 0.5:
            rows[0][place] = person
            dataset.put(name, rows)
        else:
            _add(dataset, name, rows, [person])


def only_commas_for_a_header(rng: Random, dataset: Dataset) -> None:
    name, rows = dataset.pick(rng)
    if name:
        dataset.put(name, [[""] * rng.choice((1, len(rows[0]), 5_000)), *rows[1:]])


def separate_columns_otherwise(rng: Random, dataset: Dataset) -> None:
    name, data = dataset.pick_bytes(rng)
    dataset.put_bytes(name, data.replace(b",", rng.choice((b";", b"\t", b"|", "，".encode(), b" ", b",,"))))


def _column(rng: Random, dataset: Dataset) -> tuple[str, Table, int]:
    name, rows = dataset.pick(rng)
    return name, rows, rng.randrange(len(rows[0])) if name else 0


def _add(dataset: Dataset, name: str, rows: Table, columns: list[str]) -> None:
    dataset.put(name, [rows[0] + columns, *(row + [""] * len(columns) for row in rows[1:6])])


MUTATIONS = (
    rename_a_column, rename_all_columns, drop_a_column, drop_a_column_name, duplicate_a_column, reorder_columns,
    exchange_column_names, add_unknown_columns, add_thousands_of_columns, add_a_column_of_a_long_name,
    name_columns_by_persons, only_commas_for_a_header, separate_columns_otherwise,
)  # fmt: skip
