"""Why a measure applies to a subject or does not, over the reading: every check, and the fact that decided it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tests.oracle.rows import Affiliation, Listing, Measure
from tests.oracle.rules import Reading, holds, known


@dataclass(frozen=True, slots=True)
class Check:
    """A checked rule, whether it holds, and the fact that decided it, with the day and the code of the fact.

    | rule | holds | does not |
    |---|---|---|
    | 2 | IN_FORCE | NOT_YET_IN_FORCE (its first day), NO_LONGER_IN_FORCE (its last), SUPERSEDED (since when, by what) |
    | 3 | GOVERNS_A_LIST | GOVERNS_NO_LIST |
    | 3 | LISTED | NOT_LISTED |
    | 5 | NOT_A_REWARD, NOT_BLACK | BLACK_BEATS_RED (the number of the listing) |
    | 1 | ACTIVE | NOT_YET_LISTED (from when), EXPIRED (since when), REMOVED (since when) |
    | 4 | ROLE_HELD | ROLE_NOT_YET_HELD (from when), ROLE_ENDED (since when) |
    | 3 | TARGETED | NOT_TARGETED |
    | 3 | COLOR_FITS | COLOR_DOES_NOT_FIT |
    """

    rule: int
    holds: bool
    fact: str
    day: date | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One listing through which the measure may apply; role, organization and since are None if via is DIRECT."""

    via: str
    listing: str
    list: str
    role: str | None
    organization: str | None
    since: date | None
    holds: bool
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The four general checks; the attempts by via (DIRECT first), listing number, role, organisation and since."""

    applies: bool
    general: tuple[Check, ...]
    attempts: list[Attempt]


def explain(reading: Reading, subject: str, measure: str, day: date) -> Explanation:
    """Raises UnknownCode if the subject or the measure is not in the dataset."""
    known(reading.tables.entities, subject)
    x = known(reading.tables.measures, measure)
    attempts = sorted(
        _attempts(reading, subject, x, day),
        key=lambda a: (a.via != "DIRECT", a.listing, a.role or "", a.organization or "", a.since or date.min),
    )
    general = (
        _in_force(reading, x.memorandum, day),
        Check(3, True, "GOVERNS_A_LIST") if _governed(reading, x) else Check(3, False, "GOVERNS_NO_LIST"),
        Check(3, True, "LISTED") if attempts else Check(3, False, "NOT_LISTED"),
        _not_beaten(reading, subject, x, day),
    )
    applies = all(check.holds for check in general) and any(attempt.holds for attempt in attempts)
    return Explanation(applies, general, attempts)


def _governed(reading: Reading, x: Measure) -> set[str]:
    """The lists that the measure's memorandum governs."""
    return {code for code, row in reading.tables.lists.items() if x.memorandum in row.memoranda}


def _in_force(reading: Reading, memorandum: str, day: date) -> Check:
    m = known(reading.tables.memoranda, memorandum)
    if day < m.effective_from:
        return Check(2, False, "NOT_YET_IN_FORCE", m.effective_from)
    if m.effective_to is not None and m.effective_to <= day:
        return Check(2, False, "NO_LONGER_IN_FORCE", m.effective_to)
    superseders = [
        s for s in reading.tables.memoranda.values() if s.supersedes == memorandum and s.effective_from <= day
    ]
    if superseders:
        first = min(superseders, key=lambda s: s.code)
        return Check(2, False, "SUPERSEDED", first.effective_from, first.code)
    return Check(2, True, "IN_FORCE")


def _not_beaten(reading: Reading, subject: str, x: Measure, day: date) -> Check:
    if x.nature != "REWARD":
        return Check(5, True, "NOT_A_REWARD")
    black = reading.active_listings(subject, day, "BLACK")
    return Check(5, False, "BLACK_BEATS_RED", None, black[0]) if black else Check(5, True, "NOT_BLACK")


def _attempts(reading: Reading, subject: str, x: Measure, day: date) -> Iterator[Attempt]:
    governed = _governed(reading, x)
    kind = reading.tables.entities[subject].kind
    for listing in reading.listings_of.get(subject, []):
        if listing.list in governed:
            checks = (_active(listing, day), *_fitting(reading, listing, x, kind))
            through = (None, None, None)
            yield Attempt("DIRECT", listing.listing_no, listing.list, *through, all(c.holds for c in checks), checks)
    for a in reading.affiliations_of.get(subject, []):
        for listing in reading.listings_of.get(a.organization, []):
            if listing.list in governed:
                checks = (_active(listing, day), _held(a, day), *_fitting(reading, listing, x, a.role))
                affiliation = (a.role, a.organization, a.since)
                yield Attempt(
                    "AFFILIATED", listing.listing_no, listing.list, *affiliation, all(c.holds for c in checks), checks
                )


def _active(listing: Listing, day: date) -> Check:
    if day < listing.listed_on:
        return Check(1, False, "NOT_YET_LISTED", listing.listed_on)
    if listing.expires_on is not None and listing.expires_on <= day:
        return Check(1, False, "EXPIRED", listing.expires_on)
    if listing.removed_on is not None and listing.removed_on <= day:
        return Check(1, False, "REMOVED", listing.removed_on)
    return Check(1, True, "ACTIVE")


def _held(a: Affiliation, day: date) -> Check:
    if holds(a.since, a.until, day):
        return Check(4, True, "ROLE_HELD")
    return Check(4, False, "ROLE_NOT_YET_HELD", a.since) if day < a.since else Check(4, False, "ROLE_ENDED", a.until)


def _fitting(reading: Reading, listing: Listing, x: Measure, target: str) -> list[Check]:
    """Rule 3, two checks: the kind or role is a target; the colour of the list fits the nature of the measure."""
    fits = (reading.tables.lists[listing.list].color == "RED") == (x.nature == "REWARD")
    return [
        Check(3, True, "TARGETED") if target in x.targets else Check(3, False, "NOT_TARGETED"),
        Check(3, True, "COLOR_FITS") if fits else Check(3, False, "COLOR_DOES_NOT_FIT"),
    ]
