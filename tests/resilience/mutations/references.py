"""References: to nothing, to itself, in a circle, to a refused row, to a shared number."""

from random import Random

from tests.resilience.dataset import Dataset

OWN = {
    "regions.csv": "parent_code",
    "agencies.csv": "parent_code",
    "memoranda.csv": "supersedes",
    "power_items.csv": "devolved_from",
}
NAMING = (
    "parent_code", "region_code", "successor_code", "agency_code", "division_code", "devolved_from",
    "supersedes", "signatories", "recognizing_agency", "memoranda", "memorandum_code", "agencies", "divisions",
    "power_items", "power_item_code", "measure_code", "list_code", "person", "organization", "entity",
)  # fmt: skip


def dangling(rng: Random, dataset: Dataset) -> None:
    for _ in range(rng.choice((1, 10))):
        cell = dataset.pick_cell(rng, NAMING)
        if cell:
            cell.put(
                rng.choice(("NOWHERE", "999999", f"{cell.text}?", f"{cell.text};NOWHERE", "91440000XXXX00019F", "没有"))
            )


def of_another_kind(rng: Random, dataset: Dataset) -> None:
    """A code of another table."""
    one, other = dataset.pick_cell(rng, NAMING), dataset.pick_cell(rng, ("code", "listing_no", "identifier"))
    if one and other:
        one.put(other.text)


def itself(rng: Random, dataset: Dataset) -> None:
    name, rows = dataset.pick(rng, OWN)
    if name and {"code", OWN[name]} <= set(rows[0]):
        code, parent = rows[0].index("code"), rows[0].index(OWN[name])
        for row in rng.sample(rows[1:], 1):
            if len(row) > max(code, parent):
                row[parent] = row[code]
        dataset.put(name, rows)


def circle(rng: Random, dataset: Dataset) -> None:
    name, rows = dataset.pick(rng, OWN, least=4)
    if name and {"code", OWN[name]} <= set(rows[0]):
        code, parent = rows[0].index("code"), rows[0].index(OWN[name])
        ring = [row for row in rows[1:] if len(row) > max(code, parent)]
        rng.shuffle(ring)
        ring = ring[: rng.choice((2, 3, len(ring)))]
        for row, above in zip(ring, ring[1:] + ring[:1], strict=True):
            row[parent] = above[code]
        dataset.put(name, rows)


def role_at_oneself(rng: Random, dataset: Dataset) -> None:
    name, rows = dataset.pick(rng, ("affiliations.csv",))
    for row in rng.sample(rows[1:], min(3, len(rows) - 1)) if name else ():
        if len(row) > 1:
            one, other = rng.choice(((0, 1), (1, 0)))
            row[one] = row[other]
    if name:
        dataset.put(name, rows)


def same_key(rng: Random, dataset: Dataset) -> None:
    """The same key for two different rows."""
    name, rows = dataset.pick(rng, least=3)
    if name:
        one, other = rng.sample(rows[1:], 2)
        if one and other:
            one[0] = rng.choice((other[0], other[0].lower(), f" {other[0]} "))
        dataset.put(name, rows)


def same_organisation_code(rng: Random, dataset: Dataset) -> None:
    """The same code at two organisations, or codes exchanged between them, perhaps in a circle."""
    name, rows = dataset.pick(rng, ("entities.csv",), least=3)
    if name and "org_code" in rows[0]:
        place = rows[0].index("org_code")
        holders = [row for row in rows[1:] if len(row) > place and row[place]]
        rng.shuffle(holders)
        codes = [row[place] for row in holders]
        turned = codes[1:] + codes[:1] if rng.random() < 0.5 else [codes[0]] * len(codes) if codes else []
        for row, code in list(zip(holders, turned, strict=True))[: rng.choice((2, 5, 100))]:
            row[place] = code
        dataset.put(name, rows)


def named_is_refused(rng: Random, dataset: Dataset) -> None:
    """A node that many rows refer to."""
    columns = {
        "regions.csv": "level",
        "agencies.csv": "level",
        "memoranda.csv": "kind",
        "entities.csv": "kind",
        "credit_lists.csv": "color",
    }
    name = rng.choice(list(columns))
    cell = dataset.pick_cell(rng, (columns[name],), (name,))
    if cell:
        cell.put("NONSENSE")


MUTATIONS = (
    dangling,
    of_another_kind,
    itself,
    circle,
    role_at_oneself,
    same_key,
    same_organisation_code,
    named_is_refused,
)
