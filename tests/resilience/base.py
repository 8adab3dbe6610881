"""The dataset that is mutated: generated and small, with persons whose names appear nowhere else."""

from pathlib import Path

from graph.check_digits import is_uscc
from tests.resilience.dataset import Dataset, Table
from tests.support.generator import make_dataset

HERE = Path(__file__).parent
NAMES = (
    "王芳", "李小明", "欧阳娜娜", "司马相如", "古丽米热·艾合买提", "慕容紫英", "Zhang Sanfeng", "LI XIAOMING",
    "Ouyang Na-na", "Maria de Souza", "Nora O'Brien", "WANGXIAOMING", "尉迟敬德", "上官婉儿", "José Álvarez",
    "吕洞宾", "何仙姑", "Ｌｉ　Ｓｉｙｕａｎ",
)  # fmt: skip
"""Names of nobody, in several scripts and widths. None is part of another text of the dataset or of a message."""
FIXTURE_NUMBERS = {"440000190001010078", "440000190001010051"}
FIXTURE_NAMES = {"张三丰", "Zhang Sanfeng", "Zhang San", "Z" * 20}


def make_base(folder: Path) -> Dataset:
    """Forty subjects over a small catalogue; every row is good. `folder` is for the files."""
    make_dataset(folder, entities=40, seed=6, memoranda=6, power_items=8)
    dataset = Dataset.read(folder)
    dataset.put("embeddings.csv", dataset.table("embeddings.csv")[:40])
    entities = dataset.table("entities.csv")
    numbers = [row[0] for row in entities if row[1] == "RESIDENT_ID"]
    if any(is_uscc(number) for number in numbers):
        raise ValueError("a number of the dataset passes as that of an organisation: take another seed")
    names = dict(zip(numbers, NAMES * len(numbers), strict=False))
    for row in entities:
        row[3] = names.get(row[0], row[3])
    dataset.put("entities.csv", entities)
    listings = dataset.table("listings.csv")
    for place, row in enumerate(listings[1:30:3]):  # as in real ones: a text, stored unchanged, contains a name
        row[listings[0].index("reason")] += f"（{NAMES[place % len(NAMES)]}）"
    dataset.put("listings.csv", listings)
    lists = dataset.table("credit_lists.csv")
    dataset.put("credit_lists.csv", [*lists, ["L000", *lists[1][1:]]])  # the rows of privacy/ refer to it
    dataset.numbers = set(numbers)
    dataset.names = set(NAMES)
    return dataset


def privacy_rows(name: str) -> Table:
    """The rows of privacy/, header first: numbers and names where they do not belong."""
    return Dataset.read(HERE / "privacy").table(name)
