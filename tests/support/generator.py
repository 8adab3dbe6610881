"""Generates small, nasty datasets in the interchange format: every situation that the rules distinguish, often.

The same arguments give the same bytes. Most dates are a day of AS_OF or next to one, so a test that queries those days
covers both sides of every boundary. Nothing describes a real person or organisation: identifiers are serial numbers
with valid check characters, names are random characters. Rows may refer to later rows.

    python -m tests.support.generator --out DIR [--entities 300] [--seed 1] [--memoranda 12] [--power-items 120]
"""

import argparse
import csv
from collections import deque
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

from tests.support.chance import CONFIDENCES, KINDS, NUMBERS, REGIONS, ROLES, Cells, after, maybe, near, some
from tests.support.generator_catalogue import catalogue
from tests.support.numbers import org_code, registration_no, resident_id, uscc

REASONS = ("未履行法定义务", '提供"虚假"材料', "拖欠工资,经催告仍不支付", "第一项\n第二项", "纳税信用A级", "it's; late")
REMOVALS = ("REPAIRED", "OBJECTION_UPHELD", "FULFILLED", "")
NAME_PARTS = "安邦博昌诚德鼎发丰广海恒华汇嘉建㐂龘犇𠮷𬭎"  # from the BMP, its Extension A, and outside the BMP
NAME_TAILS = ("有限公司", "(集团)股份公司", "经营部", '"老字号"商行', ",Ltd", ' Co., "HK"', "合作社\n分社", "·分店")
PREFIXES = {
    "LEGAL_PERSON": ("91", "91", "91", "93", "12", "51", "N1"),
    "INDIVIDUAL_BUSINESS": ("92",),
    "UNINCORPORATED_ORGANIZATION": ("91", "59", "Y1"),
}
LISTING_PREFIXES = ("S", "S", "S", "s", "粤", "﨎", "𠮷")  # not in the order of UTF-16 units


def make_dataset(
    folder: Path, *, entities: int = 300, seed: int = 1, memoranda: int = 12, power_items: int = 120
) -> None:
    """Write the eleven files into the folder, which is created if it is missing.

    The catalogue depends only on seed, memoranda and power_items. Subjects are written as they are generated, so memory
    does not grow with them; their identifiers are unique up to a hundred million.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lists = catalogue(folder, Random(f"catalogue {seed}"), memoranda, power_items)
    subjects(folder, Random(f"subjects {seed}"), entities, seed, lists)


def subjects(folder: Path, rng: Random, count: int, seed: int, lists: list[tuple[str, str]]) -> None:
    """Write the three files of the subjects; `lists`: code and colour of each credit list."""
    by_color = {c: [code for code, color in lists if color == c] for c in ("RED", "BLACK")}
    recent: deque[str] = deque(maxlen=60)  # organisations for roles, and those of them that are listed
    listed: deque[str] = deque(maxlen=60)
    black: deque[str] = deque(maxlen=60)  # organisations that are only on black lists
    serial = 0
    with (
        (folder / "entities.csv").open("w", encoding="utf-8-sig", newline="") as entity_file,
        (folder / "affiliations.csv").open("w", encoding="utf-8", newline="") as affiliation_file,
        (folder / "listings.csv").open("w", encoding="utf-8", newline="") as listing_file,
    ):
        entities, affiliations = csv.writer(entity_file), csv.writer(affiliation_file)
        listings = csv.writer(listing_file)
        columns = "identifier,scheme,kind,name,org_code,registration_no,region_code,source,confidence"
        entities.writerow(columns.split(","))
        affiliations.writerow(["person", "organization", "role", "since", "until"])
        columns = "source,listing_no,entity,list_code,reason,document_no,listed_on,expires_on,removed_on,removal_reason"
        listings.writerow(columns.split(","))
        for n in range(count):
            kind = KINDS[n] if n < 4 else rng.choices(KINDS, (40, 12, 10, 38))[0]
            row = _entity(rng, n, seed, kind)
            entities.writerow(row)
            code = str(row[0])
            person = kind == "NATURAL_PERSON"
            role_count = rng.choice((0, 1, 1, 2, 3)) if person else rng.choice((0, 0, 1))
            marks = rng.choice((0, 0, 0, 1, 1, 2, 3)) if person else rng.choice((0, 0, 1, 1, 2, 3, 4))
            only = rng.choice(("RED", "BLACK", ""))
            around = [*recent, *listed, *listed]
            if black and rng.random() < 0.15:  # red itself, and black through others: a conflict
                role_count, marks, only, around = rng.randint(1, 3), rng.randint(2, 4), "RED", list(black)
            affiliations.writerows(_affiliations(rng, code, person, around, role_count))
            for _ in range(marks):
                color = only or rng.choice(("RED", "BLACK"))
                lists_of_it = by_color[color][:3] if rng.random() < 0.6 else by_color[color]  # some hit by many
                listings.writerow(_listing(rng, f"{rng.choice(LISTING_PREFIXES)}{serial}", code, lists_of_it))
                serial += 1
            if not person:
                recent.append(code)
                if marks:
                    listed.append(code)
                if marks > 1 and only == "BLACK":
                    black.append(code)


def _entity(rng: Random, n: int, seed: int, kind: str) -> Cells:
    name = "".join(rng.choice(NAME_PARTS) for _ in range(rng.randint(2, 4)))
    region = rng.choice(REGIONS[1:6])[0]
    source = (maybe(rng, 0.5, "登记机关"), rng.choice(CONFIDENCES))
    if kind == "NATURAL_PERSON":
        identifier = resident_id((n * 7_368_787 + seed * 1_000_003) % (6 * 19_000 * 999))
        return (identifier, "RESIDENT_ID", kind, name, "", "", region, *source)
    organization = org_code((n * 30_103_050_379 + seed * 1_000_000_007) % 31**8)
    identifier = uscc(rng.choice(PREFIXES[kind]), region, organization)
    number = maybe(rng, 0.7, registration_no(region, (n * 7_368_787 + seed) % 10**8))
    cells = (name + rng.choice(NAME_TAILS), maybe(rng, 0.7, organization), number, region)
    return (identifier, "USCC", kind, *cells, *source)


def _affiliations(rng: Random, code: str, person: bool, organizations: list[str], role_count: int) -> Iterator[Cells]:
    """Roles at that many organisations: several at one, and one role in two periods that may touch or overlap."""
    for organization in dict.fromkeys(some(rng, organizations, role_count, role_count)):
        roles = some(rng, ROLES, 1, 1 if rng.random() < 0.6 else 3) if person else ["ACTUAL_CONTROLLER"]
        for role in roles:
            since = near(rng) if rng.random() < 0.5 else date(2014, 1, 1) + timedelta(rng.randrange(900))
            until = after(rng, since) if rng.random() < 0.5 else None
            yield (code, organization, role, since, until or "")
            if rng.random() < 0.25:
                again = until if until and rng.random() < 0.5 else after(rng, until or since)
                if again != since:
                    yield (code, organization, role, again, maybe(rng, 0.4, after(rng, again)))
        if not person and rng.random() < 0.2:
            yield (organization, code, "ACTUAL_CONTROLLER", near(rng), "")  # each controls the other


def _listing(rng: Random, number: str, entity: str, lists: list[str]) -> Cells:
    listed = near(rng) if rng.random() < 0.6 else date(2015, 1, 1) + timedelta(rng.randrange(700))
    expires = maybe(rng, 0.4, after(rng, listed))
    removed = maybe(rng, 0.3, after(rng, listed))
    document = f"测执{rng.choice(NUMBERS).format(listed.year, number)}"
    why = rng.choice(REMOVALS) if removed else ""
    source = maybe(rng, 0.3, "信用平台")
    return (source, number, entity, rng.choice(lists), rng.choice(REASONS), document, listed, expires, removed, why)


def main() -> None:
    """The command line of `make_dataset`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--entities", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--memoranda", type=int, default=12)
    parser.add_argument("--power-items", type=int, default=120)
    args = parser.parse_args()
    make_dataset(
        args.out, entities=args.entities, seed=args.seed, memoranda=args.memoranda, power_items=args.power_items
    )


if __name__ == "__main__":
    main()
