"""The catalogue's connections over the reading: the codes that pass all filters, in order.

A region means exactly that region, a field must match literally, and a missing date keeps all. Raises UnknownCode for
an agency, memorandum, power item or region that is not in the dataset.
"""

from datetime import date

from tests.oracle.rules import Reading, known


def memoranda(
    reading: Reading, *, in_force_on: date | None = None, signed_by: str | None = None, field: str | None = None
) -> list[str]:
    if signed_by is not None:
        known(reading.tables.agencies, signed_by)
    return sorted(
        m.code
        for m in reading.tables.memoranda.values()
        if (in_force_on is None or reading.in_force(m.code, in_force_on))
        and (signed_by is None or signed_by in m.signatories)
        and (field is None or m.field == field)
    )


def measures(
    reading: Reading,
    *,
    memorandum: str | None = None,
    agency: str | None = None,
    power_item: str | None = None,
    nature: str | None = None,
    in_force_on: date | None = None,
) -> list[str]:
    """Filters: `agency` implements the measure, `power_item` is gated by it (rule 6), its memorandum is in force."""
    if memorandum is not None:
        known(reading.tables.memoranda, memorandum)
    if agency is not None:
        known(reading.tables.agencies, agency)
    if power_item is not None:
        known(reading.tables.power_items, power_item)
    return sorted(
        x.code
        for x in reading.tables.measures.values()
        if (memorandum is None or x.memorandum == memorandum)
        and (agency is None or agency in x.agencies)
        and (power_item is None or power_item in reading.gated(x.code))
        and (nature is None or x.nature == nature)
        and (in_force_on is None or reading.in_force(x.memorandum, in_force_on))
    )


def agencies(reading: Reading, *, level: str | None = None, region: str | None = None) -> list[str]:
    if region is not None:
        known(reading.tables.regions, region)
    return sorted(
        a.code
        for a in reading.tables.agencies.values()
        if (level is None or a.level == level) and (region is None or a.region == region)
    )


def power_items(
    reading: Reading,
    *,
    agency: str | None = None,
    region: str | None = None,
    scene: str | None = None,
    key_items_only: bool = False,
) -> list[str]:
    """`agency` exercises the item; `region` is that of the item itself, not of its agency."""
    if agency is not None:
        known(reading.tables.agencies, agency)
    if region is not None:
        known(reading.tables.regions, region)
    return sorted(
        i.code
        for i in reading.tables.power_items.values()
        if (agency is None or i.agency == agency)
        and (region is None or i.region == region)
        and (scene is None or i.scene == scene)
        and (not key_items_only or i.is_key_item)
    )


def credit_lists(reading: Reading, *, color: str | None = None) -> list[str]:
    return sorted(x.code for x in reading.tables.lists.values() if color is None or x.color == color)
