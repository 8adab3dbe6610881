"""The words and days of generated datasets, and random choices among them."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

AS_OF = (date(2017, 1, 1), date(2018, 2, 28), date(2018, 10, 1), date(2019, 12, 31), date(2020, 2, 29))

SCENES = ("APPROVAL", "SUPERVISION", "PUBLIC_RESOURCE_TRADING", "FISCAL_FUNDS", "AWARD_EVALUATION", "PUBLIC_SERVICE")
PUNISHING = ("PROHIBITION", "RESTRICTION", "REFERENCE", "SUPERVISION", "PUBLICITY", "ASSISTANCE")
KINDS = ("LEGAL_PERSON", "INDIVIDUAL_BUSINESS", "UNINCORPORATED_ORGANIZATION", "NATURAL_PERSON")
ROLES = ("LEGAL_REPRESENTATIVE", "ACTUAL_CONTROLLER", "EXECUTIVE", "DIRECTLY_RESPONSIBLE")
NUMBERS = ("〔{}〕{}号", "[{}]{}号", "({}){}号", "（{}）{}号", "［{}］{}号", "【{}】{}号", "〔{}]第{}号")
CONFIDENCES = ("high", "medium", "low", "")
REGIONS = (
    ("440000", "广东省", "100000", "PROVINCE"),
    ("440300", "深圳市", "440000", "CITY"),
    ("440700", "江门市", "440000", "CITY"),
    ("442000", "中山市", "440000", "CITY"),
    ("440304", "福田区", "440300", "COUNTY"),
    ("440703", "蓬江区", "440700", "COUNTY"),
    ("100000", "中华人民共和国", "", "NATIONAL"),  # last, so that the others refer to a later row
)

Cells = Sequence[object]


def near(rng: Random) -> date:
    """A day of AS_OF or next to one, three times out of four; otherwise any day from 2015 to 2021."""
    if rng.random() < 0.75:
        return rng.choice(AS_OF) + timedelta(rng.choice((-1, 0, 1)))
    return date(2015, 1, 1) + timedelta(rng.randrange(2500))


def after(rng: Random, first: date) -> date:
    """The last day of a period from `first`: sometimes the same day, often near a day of AS_OF."""
    if rng.random() < 0.1:
        return first
    last = near(rng)
    return last if last >= first else first + timedelta(rng.randrange(1, 900))


def maybe(rng: Random, chance: float, value: object) -> object:
    """The value, or an empty cell."""
    return value if rng.random() < chance else ""


def some(rng: Random, population: Sequence[str], least: int, most: int) -> list[str]:
    """From `least` to `most` different members, or fewer if there are not so many, in random order."""
    return rng.sample(population, min(len(population), rng.randint(least, most)))


def write(folder: Path, table: str, header: str, rows: Iterable[Cells], encoding: str = "utf-8") -> None:
    with (folder / f"{table}.csv").open("w", encoding=encoding, newline="") as file:
        out = csv.writer(file)
        out.writerow(header.split(","))
        out.writerows(rows)
