"""The files of the folder: missing, empty, too many, with wrong names and kinds."""

from random import Random

from tests.resilience.dataset import SUBJECTS, Dataset
from tests.resilience.writings import write_number

UNKNOWN = (
    "entity.csv", "Listings2.csv", "实体.csv", "a b.csv", "[red].csv", ":100:.csv", "x" * 200 + ".csv", ".csv",
    "..csv", "-.csv", "entities (1).csv", "entities.CSV", "~$entities.csv", ".entities.csv", "%s.csv",
)  # fmt: skip
OTHER = (
    "README.md",
    "entities.xlsx",
    "entities.csv.gz",
    ".DS_Store",
    "Thumbs.db",
    "entities",
    "x" * 250,
    "备注.txt",
    "csv",
)


def missing_file(rng: Random, dataset: Dataset) -> None:
    for name in rng.sample(sorted(dataset.files), min(len(dataset.files), rng.choice((1, 1, 4)))):
        del dataset.files[name]


def no_files(rng: Random, dataset: Dataset) -> None:
    dataset.files.clear()


def one_file(rng: Random, dataset: Dataset) -> None:
    """All its references are then dangling."""
    name, _ = dataset.pick(rng)
    dataset.files = {name: dataset.files[name]} if name else {}


def empty_file(rng: Random, dataset: Dataset) -> None:
    name, _ = dataset.pick(rng)
    if name:
        dataset.files[name] = rng.choice((b"", b"\n", b"\n\n\n", "\ufeff".encode(), b" ", b"\0", b'""', b",", b"\r"))


def unknown_file(rng: Random, dataset: Dataset) -> None:
    dataset.files[rng.choice(UNKNOWN)] = rng.choice((b"", b"a,b\n1,2\n", dataset.files.get("entities.csv")))


def other_file(rng: Random, dataset: Dataset) -> None:
    """A file that is not of the format, and is ignored."""
    dataset.files[rng.choice(OTHER)] = rng.choice((b"x", rng.randbytes(100), None))


def folder_in_place_of_a_file(rng: Random, dataset: Dataset) -> None:
    name, _ = dataset.pick(rng)
    if name:
        dataset.files[name] = None


def capital_extension(rng: Random, dataset: Dataset) -> None:
    name, _ = dataset.pick(rng)
    if name:
        dataset.files[rng.choice((name.upper(), name.title(), f"{name[:-3]}CSV"))] = dataset.files.pop(name)


def exchanged_files(rng: Random, dataset: Dataset) -> None:
    (one, _), (other, _) = dataset.pick(rng), dataset.pick(rng)
    if one and other:
        dataset.files[one], dataset.files[other] = dataset.files[other], dataset.files[one]


def file_named_by_a_number(rng: Random, dataset: Dataset) -> None:
    text = write_number(rng, rng.choice(sorted(dataset.numbers))).replace("/", " ").replace("\0", " ")
    dataset.files[f"{text}.csv"] = b"code,name,level\n"


def file_twice(rng: Random, dataset: Dataset) -> None:
    """Two files joined in one, with both headers. Persons stay out of the catalogue, where names are not masked."""
    among = [name for name in dataset.files if name in SUBJECTS] if rng.random() < 0.5 else []
    among = among or [name for name in dataset.files if name not in SUBJECTS]
    (one, _), (other, _) = dataset.pick(rng, among), dataset.pick(rng, among)
    if one and other:
        dataset.files[one] = (dataset.files[one] or b"") + (dataset.files[other] or b"")


MUTATIONS = (
    missing_file, no_files, one_file, empty_file, unknown_file, other_file, folder_in_place_of_a_file,
    capital_extension, exchanged_files, file_named_by_a_number, file_twice,
)  # fmt: skip
