"""Quotation marks: never closed, misplaced, of wrong kinds; and content that needs them."""

import csv
from random import Random

from tests.resilience.dataset import Dataset

MARKS = ('"', '""', '"""', "'", "“", "”", "＂", "「", "`", '\\"')


def open_a_quote(rng: Random, dataset: Dataset) -> None:
    """At the start of a cell, where it has a meaning."""
    _insert(rng, dataset, rng.choice((',"', '\n"', ',"x"y"')))


def stray_quotes(rng: Random, dataset: Dataset) -> None:
    for _ in range(rng.choice((1, 1, 5, 50))):
        _insert(rng, dataset, rng.choice(MARKS))


def drop_a_quote(rng: Random, dataset: Dataset) -> None:
    name, data = dataset.pick_bytes(rng)
    places = [place for place, byte in enumerate(data) if byte == ord('"')]
    if places:
        place = rng.choice(places)
        dataset.put_bytes(name, data[:place] + data[place + 1 :])


def drop_all_quotes(rng: Random, dataset: Dataset) -> None:
    name, data = dataset.pick_bytes(rng)
    dataset.put_bytes(name, data.replace(b'"', b""))


def double_quotes(rng: Random, dataset: Dataset) -> None:
    name, data = dataset.pick_bytes(rng)
    dataset.put_bytes(name, data.replace(b'"', b'""'))


def quote_everything(rng: Random, dataset: Dataset) -> None:
    name, rows = dataset.pick(rng)
    if name:
        dataset.put(name, rows, quoting=csv.QUOTE_ALL)


def quote_twice(rng: Random, dataset: Dataset) -> None:
    """Every cell in quotation marks that become part of it."""
    name, rows = dataset.pick(rng)
    if name:
        mark = rng.choice(MARKS)
        dataset.put(name, [rows[0], *([f"{mark}{cell}{mark}" for cell in row] for row in rows[1:])])


def break_lines_in_cells(rng: Random, dataset: Dataset) -> None:
    cell = dataset.pick_cell(rng)
    if cell:
        place = rng.randint(0, len(cell.text))
        cell.put(cell.text[:place] + rng.choice(("\n", "\r\n", "\r", "\n\n\n", "\n,\n")) + cell.text[place:])
        dataset.cut = True


def only_quotes(rng: Random, dataset: Dataset) -> None:
    name, rows = dataset.pick(rng)
    if name:
        dataset.put(name, rows[:1])
        dataset.put_bytes(name, (dataset.files[name] or b"") + b'"' * rng.choice((1, 2, 3, 1_001)))


def open_a_quote_on_every_line(rng: Random, dataset: Dataset) -> None:
    """Each of them makes the parser read to the end of the file."""
    name, rows = dataset.pick(rng)
    if name:
        dataset.put(name, rows[:1])
        line = f'"{"x," * (len(rows[0]) - 1)}x\n'
        dataset.put_bytes(name, (dataset.files[name] or b"") + (line * rng.choice((3, 300, 2_000))).encode())


def _insert(rng: Random, dataset: Dataset, what: str) -> None:
    name, data = dataset.pick_bytes(rng)
    text = data.decode("utf-8", "surrogateescape")
    place = rng.randint(0, len(text))
    dataset.put_bytes(name, (text[:place] + what + text[place:]).encode("utf-8", "surrogateescape"))


MUTATIONS = (
    open_a_quote, stray_quotes, drop_a_quote, drop_all_quotes, double_quotes, quote_everything, quote_twice,
    break_lines_in_cells, only_quotes, open_a_quote_on_every_line,
)  # fmt: skip
