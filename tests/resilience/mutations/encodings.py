"""Files in other encodings, whole or in part, and texts that were decoded in a wrong one."""

import unicodedata
from collections.abc import Callable
from random import Random
from typing import Literal

from tests.resilience.dataset import Dataset


def gb18030(rng: Random, dataset: Dataset) -> None:
    _encode(rng, dataset, "gb18030")


def utf_16(rng: Random, dataset: Dataset) -> None:
    _encode(rng, dataset, rng.choice(("utf-16", "utf-16-le", "utf-16-be", "utf-32")))


def utf_8_with_mark(rng: Random, dataset: Dataset) -> None:
    _encode(rng, dataset, "utf-8-sig")


def big5_with_losses(rng: Random, dataset: Dataset) -> None:
    _encode(rng, dataset, "big5")


def ascii_with_losses(rng: Random, dataset: Dataset) -> None:
    _encode(rng, dataset, "ascii")


def some_lines_in_gb18030(rng: Random, dataset: Dataset) -> None:
    name, data = dataset.pick_bytes(rng)
    lines = data.split(b"\n")
    for place in rng.sample(range(len(lines)), min(len(lines), 3)):
        lines[place] = lines[place].decode("utf-8", "replace").encode("gb18030", "replace")
    dataset.put_bytes(name, b"\n".join(lines))


def through_latin_1(rng: Random, dataset: Dataset) -> None:
    """UTF-8 that was read as Latin-1 and saved as UTF-8 again."""
    name, data = dataset.pick_bytes(rng)
    dataset.put_bytes(name, data.decode("latin-1").encode())


def decomposed(rng: Random, dataset: Dataset) -> None:
    """Every file in decomposed form, as some file systems and editors write it."""
    form: Literal["NFD", "NFKD", "NFKC"] = rng.choice(("NFD", "NFKD", "NFKC"))
    dataset.cut = True
    for name, data in dataset.files.items():
        text = (data or b"").decode("utf-8", "surrogateescape")
        if data:
            dataset.files[name] = unicodedata.normalize(form, text).encode("utf-8", "surrogateescape")


def full_width(rng: Random, dataset: Dataset) -> None:
    """All ASCII characters except the syntax of CSV; sometimes that too."""
    spared = "" if rng.random() < 0.2 else ',"\r\n'
    table = {code: code + 0xFEE0 for code in range(33, 127) if chr(code) not in spared}
    _transform(rng, dataset, lambda text: text.translate(table))


def swapped_case(rng: Random, dataset: Dataset) -> None:
    _transform(rng, dataset, rng.choice((str.upper, str.lower, str.swapcase)))


def _encode(rng: Random, dataset: Dataset, encoding: str) -> None:
    name, data = dataset.pick_bytes(rng)
    dataset.put_bytes(name, data.decode("utf-8", "replace").encode(encoding, "replace"))


def _transform(rng: Random, dataset: Dataset, change: Callable[[str], str]) -> None:
    name, data = dataset.pick_bytes(rng)
    dataset.put_bytes(name, change(data.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape"))


MUTATIONS = (
    gb18030, utf_16, utf_8_with_mark, big5_with_losses, ascii_with_losses, some_lines_in_gb18030,
    through_latin_1, decomposed, full_width, swapped_case,
)  # fmt: skip
