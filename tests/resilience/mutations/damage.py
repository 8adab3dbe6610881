"""Damage to bytes, as by disks, transfers and editors, without regard to rows and cells."""

from random import Random

from tests.resilience.dataset import Dataset

INVALID = (b"\xff", b"\xfe\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xed\xb0\x80\xed\xa0\x80", b"\xf8\x88\x80\x80\x80",
           b"\xf4\x90\x80\x80", b"\xe4\xb8", b"\xe4", b"\x80", b"\xc3\x28")  # fmt: skip
CONTROLS = (
    "\x1b[31m",
    "\x1b]0;x\x07",
    "\x07",
    "\x08\x08",
    "\x7f",
    "\x85",
    "\x9b31m",
    "\u202e",
    "\u2066",
    "\ufffe",
    "\U0010ffff",
)
LINE_ENDS = (b"\n", b"\r\n", b"\r", b"\n\r", b"\r\r\n", "\u2028".encode(), b"\x0b", b"\x0c", b"\x1e", "\x85".encode())


def flip_bits(rng: Random, dataset: Dataset) -> None:
    name, data = dataset.pick_bytes(rng)
    changed = bytearray(data)
    for _ in range(rng.randint(1, 5) if data else 0):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    dataset.put_bytes(name, bytes(changed))


def change_letters(rng: Random, dataset: Dataset) -> None:
    """ASCII letters to ASCII letters: the file stays valid UTF-8."""
    name, data = dataset.pick_bytes(rng)
    changed = bytearray(data)
    for _ in range(rng.randint(1, 20) if data else 0):
        place = rng.randrange(len(changed))
        if changed[place] < 128:
            changed[place] = rng.choice(b'0123456789XYZ,;"\n -')
    dataset.put_bytes(name, bytes(changed))


def delete_bytes(rng: Random, dataset: Dataset) -> None:
    name, data = dataset.pick_bytes(rng)
    start = rng.randrange(len(data) + 1)
    dataset.put_bytes(name, data[:start] + data[start + rng.choice((1, 1, 2, 7, 100, 1000)) :])


def insert_bytes(rng: Random, dataset: Dataset) -> None:
    _insert(rng, dataset, rng.randbytes(rng.choice((1, 1, 2, 7, 100))))


def insert_ascii(rng: Random, dataset: Dataset) -> None:
    _insert(rng, dataset, bytes(rng.choices(range(32, 127), k=rng.choice((1, 3, 30)))))


def insert_invalid_utf8(rng: Random, dataset: Dataset) -> None:
    _insert(rng, dataset, rng.choice(INVALID))


def insert_nul(rng: Random, dataset: Dataset) -> None:
    for _ in range(rng.choice((1, 1, 5))):
        _insert(rng, dataset, b"\0" * rng.choice((1, 1, 512)))


def insert_controls(rng: Random, dataset: Dataset) -> None:
    for _ in range(rng.choice((1, 1, 5))):
        _insert_between_characters(rng, dataset, rng.choice(CONTROLS))


def insert_carriage_returns(rng: Random, dataset: Dataset) -> None:
    for _ in range(rng.choice((1, 1, 5))):
        _insert_between_characters(rng, dataset, "\r")


def insert_byte_order_mark(rng: Random, dataset: Dataset) -> None:
    name, data = dataset.pick_bytes(rng)
    if rng.random() < 0.5:
        dataset.put_bytes(name, "\ufeff".encode() * rng.choice((1, 2)) + data)
    else:
        _insert_between_characters(rng, dataset, "\ufeff")


def truncate(rng: Random, dataset: Dataset) -> None:
    name, data = dataset.pick_bytes(rng)
    dataset.put_bytes(name, data[: rng.randrange(len(data) + 1)])


def repeat_a_part(rng: Random, dataset: Dataset) -> None:
    name, data = dataset.pick_bytes(rng)
    start, end = sorted(rng.choices(range(len(data) + 1), k=2))
    dataset.put_bytes(name, data[:end] + data[start:end] * rng.choice((1, 1, 3)) + data[end:])


def blank_a_part(rng: Random, dataset: Dataset) -> None:
    """A hole in the file, as after a crash."""
    name, data = dataset.pick_bytes(rng)
    start = rng.randrange(len(data) + 1)
    end = min(len(data), start + rng.choice((1, 64, 512)))
    dataset.put_bytes(name, data[:start] + rng.choice((b"\0", b" ", b"?")) * (end - start) + data[end:])


def other_line_ends(rng: Random, dataset: Dataset) -> None:
    name, data = dataset.pick_bytes(rng)
    dataset.put_bytes(name, data.replace(b"\r\n", b"\n").replace(b"\n", rng.choice(LINE_ENDS)))


def mixed_line_ends(rng: Random, dataset: Dataset) -> None:
    name, data = dataset.pick_bytes(rng)
    lines = data.replace(b"\r\n", b"\n").split(b"\n")
    dataset.put_bytes(name, b"".join(line + rng.choice(LINE_ENDS[:4]) for line in lines))


def noise(rng: Random, dataset: Dataset) -> None:
    name, _ = dataset.pick_bytes(rng)
    dataset.put_bytes(name, rng.randbytes(rng.choice((1, 100, 10_000))))


def _insert(rng: Random, dataset: Dataset, what: bytes) -> None:
    name, data = dataset.pick_bytes(rng)
    place = rng.randrange(len(data) + 1)
    dataset.put_bytes(name, data[:place] + what + data[place:])


def _insert_between_characters(rng: Random, dataset: Dataset, what: str) -> None:
    name, data = dataset.pick_bytes(rng)
    text = data.decode("utf-8", "surrogateescape")
    place = rng.randrange(len(text) + 1)
    dataset.put_bytes(name, (text[:place] + what + text[place:]).encode("utf-8", "surrogateescape"))


MUTATIONS = (
    flip_bits, change_letters, delete_bytes, insert_bytes, insert_ascii, insert_invalid_utf8, insert_nul,
    insert_controls, insert_carriage_returns, insert_byte_order_mark, truncate, repeat_a_part, blank_a_part,
    other_line_ends, mixed_line_ends, noise,
)  # fmt: skip
