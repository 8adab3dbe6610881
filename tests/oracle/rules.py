"""A second implementation of the rules in plain Python over a dataset folder, against which tests compare the gateway.

It is written from the rules alone: it imports nothing from the product, and prefers the obvious to the fast. The
numbers beside the methods are the numbers of the rules. Subjects are named by the identifier of their row, dates are
calendar days, and every answer has the order that the rules fix, text by code point.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

from tests.oracle.answers import ApplicableAgency, ApplicableMeasure, Ground, MeasurePath, ground_order, path_order
from tests.oracle.rows import Affiliation, CreditList, Listing, Measure, Tables

Row = TypeVar("Row")

MILDEST_FIRST = ("REWARD", "ASSISTANCE", "PUBLICITY", "SUPERVISION", "REFERENCE", "RESTRICTION", "PROHIBITION")
ADVICE = {
    "PROHIBITION": "REFUSE",
    "RESTRICTION": "RESTRICT",
    "REFERENCE": "CAUTION",
    "SUPERVISION": "WATCH",
    "REWARD": "FACILITATE",
    "PUBLICITY": "CLEAR",
    "ASSISTANCE": "CLEAR",
}


class UnknownCode(LookupError):
    """Raised if a subject, filter or argument names nothing in the dataset."""


def holds(first: date, last: date | None, d: date) -> bool:
    """Whether a day is in a period: from its first day up to, not including, its last."""
    return first <= d and (last is None or d < last)


class Reading:
    """The rules applied to the rows in `tables`; `listings_of` and `affiliations_of` hold all those of a subject."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.listings_of: dict[str, list[Listing]] = defaultdict(list)
        self.affiliations_of: dict[str, list[Affiliation]] = defaultdict(list)
        self._prescribed: dict[str, list[Measure]] = defaultdict(list)
        for listing in tables.listings.values():
            self.listings_of[listing.entity].append(listing)
        for affiliation in tables.affiliations.values():
            self.affiliations_of[affiliation.person].append(affiliation)
        for measure in tables.measures.values():
            self._prescribed[measure.memorandum].append(measure)
        # All rows are frozen, so results can be cached.
        self._gated: dict[str, list[str]] = {}
        self._in_force: dict[tuple[str, date], bool] = {}
        self._found: dict[tuple[str, date], dict[str, set[Ground]]] = {}

    @classmethod
    def load(cls, *folders: Path) -> "Reading":
        """Read the folders in order: a later row replaces an earlier one with the same code or key."""
        tables = Tables()
        for folder in folders:
            tables.add(folder)
        return cls(tables)

    def active_listings(self, e: str, d: date, color: str | None = None) -> list[str]:
        """Rule 1: the numbers of the subject's own active listings, sorted."""
        return sorted(x.listing_no for x in self._active(e, d) if color is None or self._list(x).color == color)

    def in_force(self, memorandum: str, d: date) -> bool:
        """Rule 2."""
        if (memorandum, d) not in self._in_force:
            self._in_force[memorandum, d] = self._is_in_force(memorandum, d)
        return self._in_force[memorandum, d]

    def _is_in_force(self, memorandum: str, d: date) -> bool:
        m = known(self.tables.memoranda, memorandum)
        superseders = [s for s in self.tables.memoranda.values() if s.supersedes == memorandum]
        return holds(m.effective_from, m.effective_to, d) and not any(s.effective_from <= d for s in superseders)

    def affiliations(self, e: str, d: date) -> list[Affiliation]:
        """The roles that the subject holds on the day (rule 4), by role, organisation and since."""
        known(self.tables.entities, e)
        active = [a for a in self.affiliations_of.get(e, []) if holds(a.since, a.until, d)]
        return sorted(active, key=lambda a: (a.role, a.organization, a.since))

    def applicable(
        self,
        e: str,
        d: date,
        *,
        color: str | None = None,
        natures: Collection[str] | None = None,
        agency: str | None = None,
        power_item: str | None = None,
        scene: str | None = None,
        via: str | None = None,
    ) -> list[ApplicableMeasure]:
        """Rule 5 and the filters: the measures that apply, by code, each once with its remaining grounds.

        Raises UnknownCode if the agency or the power item is not in the dataset.
        """
        if agency is not None:
            known(self.tables.agencies, agency)
        if power_item is not None:
            known(self.tables.power_items, power_item)
        answer = []
        for code, all_grounds in sorted(self._grounds(e, d).items()):
            measure = self.tables.measures[code]
            gated = self.gated(code)
            grounds = [
                g
                for g in sorted(all_grounds, key=ground_order)
                if (via is None or g.via == via) and (color is None or self.tables.lists[g.list].color == color)
            ]
            if (
                grounds
                and (natures is None or measure.nature in natures)
                and (agency is None or agency in measure.agencies)
                and (power_item is None or power_item in gated)
                and (scene is None or any(self.tables.power_items[i].scene == scene for i in gated))
            ):
                answer.append(ApplicableMeasure(code, grounds, gated))
        return answer

    def gated(self, measure: str) -> list[str]:
        """Rule 6: the items that the measure names and all that are devolved from one of them, by code."""
        if measure not in self._gated:
            named = set(known(self.tables.measures, measure).power_items)
            self._gated[measure] = sorted(i for i in self.tables.power_items if named & self._origins(i))
        return list(self._gated[measure])

    def gating(self, item: str) -> list[str]:
        """Rule 6 in reverse: the measures that gate the item, in force or not, by code."""
        known(self.tables.power_items, item)
        return sorted(x for x in self.tables.measures if item in self.gated(x))

    def agencies(
        self, e: str, d: date, *, color: str | None = None, natures: Collection[str] | None = None
    ) -> list[ApplicableAgency]:
        """Rule 7, by agency code."""
        applicable = self.applicable(e, d, color=color, natures=natures)
        answer = []
        for agency in sorted(self.tables.agencies):
            implemented = [x for x in applicable if agency in self.tables.measures[x.measure].agencies]
            gated = {i for x in implemented for i in x.power_items}
            own = sorted(i for i in gated if self.tables.power_items[i].agency == agency)
            if implemented:
                answer.append(ApplicableAgency(agency, [x.measure for x in implemented], own))
        return answer

    def standing(self, e: str, d: date) -> str:
        """Rule 8."""
        colors = {self._list(x).color for x in self._active(e, d)}
        if colors == {"RED", "BLACK"}:
            return "MIXED"
        return colors.pop() if colors else "CLEAR"

    def advice(self, e: str, item: str, d: date) -> str:
        """Rule 9: REWARD is the mildest nature, so ASSISTANCE or PUBLICITY beside it gives CLEAR."""
        natures = {self.tables.measures[x.measure].nature for x in self.applicable(e, d, power_item=item)}
        return ADVICE[max(natures, key=MILDEST_FIRST.index)] if natures else "CLEAR"

    def paths(self, e: str, d: date, *, power_item: str | None = None, agency: str | None = None) -> list[MeasurePath]:
        """Rule 10. A power item keeps the paths to it, an agency those that end there. Raises UnknownCode like
        applicable."""
        if agency is not None:
            known(self.tables.agencies, agency)
        if power_item is not None:
            known(self.tables.power_items, power_item)
        every = [p for x in self.applicable(e, d) for ground in x.grounds for p in self._paths(e, ground, x)]
        kept = [
            p
            for p in every
            if (power_item is None or p.power_item == power_item) and (agency is None or p.agency == agency)
        ]
        return sorted(kept, key=path_order)

    def _active(self, e: str, d: date) -> list[Listing]:
        known(self.tables.entities, e)
        return [
            x
            for x in self.listings_of.get(e, [])
            if x.listed_on <= d
            and (x.expires_on is None or d < x.expires_on)
            and (x.removed_on is None or d < x.removed_on)
        ]

    def _list(self, listing: Listing) -> CreditList:
        return self.tables.lists[listing.list]

    def _brought(self, listing: Listing, d: date) -> Iterator[Measure]:
        """The measures that a listing brings on the day, for any target (rule 3 without the target)."""
        credit_list = self._list(listing)
        for memorandum in credit_list.memoranda:
            if self.in_force(memorandum, d):
                for measure in self._prescribed.get(memorandum, []):
                    if (measure.nature == "REWARD") == (credit_list.color == "RED"):
                        yield measure

    def _grounds(self, e: str, d: date) -> dict[str, set[Ground]]:
        """Rules 3, 4 and 5: every applicable measure with all its grounds."""
        if (e, d) not in self._found:
            self._found[e, d] = self._find_grounds(e, d)
        return self._found[e, d]

    def _find_grounds(self, e: str, d: date) -> dict[str, set[Ground]]:
        entity = known(self.tables.entities, e)
        found: dict[str, set[Ground]] = defaultdict(set)
        for listing in self._active(e, d):
            for x in self._brought(listing, d):
                if entity.kind in x.targets:
                    found[x.code].add(Ground("DIRECT", listing.listing_no, listing.list, x.memorandum))
        for a in self.affiliations(e, d):
            for listing in self._active(a.organization, d):
                for x in self._brought(listing, d):
                    if a.role in x.targets:
                        through = (a.role, a.organization, a.since)
                        ground = Ground("AFFILIATED", listing.listing_no, listing.list, x.memorandum, *through)
                        found[x.code].add(ground)
        if self.active_listings(e, d, "BLACK"):
            return {code: grounds for code, grounds in found.items() if self.tables.measures[code].nature != "REWARD"}
        return found

    def _origins(self, item: str) -> set[str]:
        """The item itself and every item from which it was devolved, over any number of hops."""
        origins: set[str] = set()
        code: str | None = item
        while code is not None and code not in origins:
            origins.add(code)
            code = self.tables.power_items[code].devolved_from
        return origins

    def _paths(self, e: str, ground: Ground, x: ApplicableMeasure) -> Iterator[MeasurePath]:
        start = [("Entity", e)]
        if ground.organization is not None:
            start.append(("Entity", ground.organization))
        start.append(("Listing", ground.listing))
        start.append(("CreditList", ground.list))
        start.append(("Memorandum", ground.memorandum))
        start.append(("Measure", x.measure))
        for code in x.power_items:
            item = self.tables.power_items[code]
            middle = [("PowerItem", code)]
            if item.division is not None:
                middle.append(("Division", item.division))
            steps = [*start, *middle, ("Agency", item.agency)]
            yield MeasurePath(ground, x.measure, code, item.division, item.agency, steps)
        if not x.power_items:
            for agency in dict.fromkeys(self.tables.measures[x.measure].agencies):
                yield MeasurePath(ground, x.measure, None, None, agency, [*start, ("Agency", agency)])


def known(table: Mapping[str, Row], code: str) -> Row:
    """The row of the code. Raises UnknownCode if the table has none."""
    if code not in table:
        raise UnknownCode(code)
    return table[code]
