"""Why a measure applies to a subject on a day or does not: every rule that was checked, with the fact that decided
it."""

from dataclasses import dataclass

from graph.model import Label, Rel
from graph.queries.explanation_text import Fact
from graph.rules import applicability as rules
from graph.statements.fetch import MapList, return_rows
from graph.statements.selected import Scope, Selected
from graph.statements.writer import Writer

from .filters import known_code
from .subjects import require_subject

CHECKS = MapList("checks", ("rule", "holds", "fact", "date", "memorandum", "listing", "expected", "actual"))
"""Checks, as maps. `expected`, a list of words, and `actual`, a word, are for comparisons of words."""
ATTEMPTS = MapList("attempts", ("via", "listing", "list", "affiliation", "organization", "holds", "checks"))
"""Attempts, as maps."""


def _check(rule: int, holds: str, fact: str, **facts: str) -> str:
    """The map literal of a check; `fact` and `facts` are expressions."""
    entries = {"rule": str(rule), "holds": holds, "fact": fact, **facts}
    return "{" + ", ".join(f"{name}: {value}" for name, value in entries.items()) + "}"


def _either(holds: str, when: Fact, otherwise: Fact) -> str:
    return f"CASE WHEN {holds} THEN '{when}' ELSE '{otherwise}' END"


def _first(cases: list[tuple[str, str]], otherwise: str) -> str:
    return "CASE " + " ".join(f"WHEN {when} THEN {then}" for when, then in cases) + f" ELSE {otherwise} END"


def _dated(
    term: rules.Term, day: str, early: Fact, ended: tuple[Fact, ...], within: Fact, *more: tuple[str, Fact, str]
) -> tuple[str, str]:
    """The expressions of the fact about a term, and of its date: the first case that is true, which may be one of
    `more`, or else that the day is `within`."""
    ends = [(term.ended_by(end, day), fact, end) for end, fact in zip(term.ends, ended, strict=True)]
    cases = [(term.begins_after(day), early, term.first), *ends, *more]
    fact = _first([(when, f"'{fact}'") for when, fact, _ in cases], f"'{within}'")
    return fact, _first([(when, date) for when, _, date in cases], term.first)


def general_checks(day: str) -> str:
    """The list of the checks that do not depend on a listing. Uses `memorandum`, `superseder`, `measure`, `black` (a
    listing or null) and `attempts`."""
    in_force, since = _dated(
        rules.memorandum_term("memorandum"),
        day,
        Fact.NOT_YET_IN_FORCE,
        (Fact.NO_LONGER_IN_FORCE,),
        Fact.IN_FORCE,
        ("superseder IS NOT NULL", Fact.SUPERSEDED, rules.memorandum_term("superseder").first),
    )
    by = f"CASE WHEN {in_force} = '{Fact.SUPERSEDED}' THEN superseder END"
    governs = f"EXISTS {{ (memorandum)-[:{Rel.GOVERNS}]->(:{Label.CREDIT_LIST}) }}"
    rewarding = rules.is_reward("measure.nature")
    blocked = rules.black_beats(rewarding, "black IS NOT NULL")
    color = _first(
        [(f"NOT {rewarding}", f"'{Fact.NOT_A_REWARD}'"), ("black IS NULL", f"'{Fact.NOT_BLACK}'")],
        f"'{Fact.BLACK_BEATS_RED}'",
    )
    checks = [
        _check(2, rules.in_force("memorandum", day), in_force, date=since, memorandum=by),
        _check(3, governs, _either(governs, Fact.GOVERNS_A_LIST, Fact.GOVERNS_NO_LIST)),
        _check(3, "size(attempts) > 0", _either("size(attempts) > 0", Fact.LISTED, Fact.NOT_LISTED)),
        _check(5, f"NOT ({blocked})", color, listing=f"CASE WHEN {blocked} THEN black END"),
    ]
    return f"[{', '.join(checks)}]"


def attempt_checks(day: str) -> str:
    """The list of the checks of one attempt. Uses `measure` and the variables of `listing_routes`."""
    active, when = _dated(
        rules.listing_term("listing"), day, Fact.NOT_YET_LISTED, (Fact.EXPIRED, Fact.REMOVED), Fact.ACTIVE
    )
    role_fact, since = _dated(
        rules.affiliation_term("affiliation"), day, Fact.ROLE_NOT_YET_HELD, (Fact.ROLE_ENDED,), Fact.ROLE_HELD
    )
    fits = rules.color_fits_nature("list.color", "measure.nature")
    aimed = rules.is_target("target", "measure")
    role = _check(4, rules.active_affiliation("affiliation", day), role_fact, date=since)
    checks = [
        _check(1, rules.active_listing("listing", day), active, date=when),
        f"CASE WHEN affiliation IS NOT NULL THEN {role} END",
        _check(
            3,
            aimed,
            _either(aimed, Fact.TARGETED, Fact.NOT_TARGETED),
            expected="measure.targets",
            actual="target",
        ),
        _check(
            3, fits, _either(fits, Fact.COLOR_FITS, Fact.COLOR_DOES_NOT_FIT), expected="[measure.nature]",
            actual="list.color",
        ),
    ]  # fmt: skip
    return f"[check IN [{', '.join(checks)}] WHERE check IS NOT NULL]"


@dataclass(frozen=True)
class ExplainMeasure:
    """Root field `explain`: binds `entity`, `measure`, `applies`, `checks` and `attempts`."""

    def write(self, selected: Selected, scope: Scope, writer: Writer) -> str:
        prop, values = require_subject("subject", selected, writer)
        code = known_code("measure", Label.MEASURE, selected, writer)
        day = writer.day(selected)
        whole = "all(check IN {} WHERE check.holds)"
        with writer.call("one") as name:
            writer.line(f"MATCH (measure:{Label.MEASURE})<-[:{Rel.PRESCRIBES}]-(memorandum:{Label.MEMORANDUM})")
            writer.line(f"WHERE measure.code IN {code}")
            with writer.call_as("entity", ["measure"]):
                writer.line(f"MATCH (entity:{Label.ENTITY}) WHERE entity.{prop} IN {values}")
                writer.line("RETURN entity")
            with writer.call_as("superseder", ["memorandum"]):
                writer.line(f"OPTIONAL MATCH {rules.superseders('memorandum', 'superseder', day)}")
                writer.line("RETURN superseder ORDER BY superseder.code LIMIT 1")
            with writer.call_as("black", ["entity"]):
                writer.line(f"OPTIONAL MATCH {rules.direct_black_listings('entity', 'black', day)}")
                writer.line("RETURN black ORDER BY black.listingNo LIMIT 1")
            with writer.call_as("attempts", ["entity", "memorandum", "measure"]):
                writer.line(rules.listing_routes("entity", None))
                writer.line(f"WITH * WHERE EXISTS {{ (memorandum)-[:{Rel.GOVERNS}]->(list) }}")
                writer.line(f"WITH *, {attempt_checks(day)} AS checks")
                order = rules.GROUND_ORDER.format_map({role: role for role in rules.GROUND})
                writer.line(f"WITH *, {whole.format('checks')} AS holds ORDER BY {order}")
                writer.line(
                    f"RETURN collect({{{', '.join(f'{role}: {role}' for role in ATTEMPTS.binds)}}}) AS attempts"
                )
            writer.line(f"WITH entity, measure, attempts, {general_checks(day)} AS checks")
            writer.line(f"WITH *, {whole.format('checks')} AND any(attempt IN attempts WHERE attempt.holds) AS applies")
            roles = {role: role for role in ("entity", "measure", "applies", "checks", "attempts")}
            return_rows(selected, roles, None, name, writer, one=True)
        return name
