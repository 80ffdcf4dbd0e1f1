"""A new product was declared: do people work on it, or go on with the old mix?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from headway.analysis.strategy import circumstances, conduct, judged, selling, shortfall
from headway.analysis.strategy.conduct import Floats
from headway.analysis.strategy.declared import Priority
from headway.analysis.strategy.groups import Group
from headway.analysis.strategy.judged import Judged, counted, valued
from headway.analysis.strategy.selling import Worked
from headway.analysis.strategy.shortfall import Gap, Totals
from headway.facts import Facts, collect
from headway.facts.arrays import Array
from headway.terms.pattern import PatternEvidence, PatternVerdict
from headway.terms.period import Period
from headway.terms.policy import SEED, Policy

if TYPE_CHECKING:
    import ibis.expr.types as ir

_KIND = "product"
_FEWEST_CREATED = 30
_FEWEST_PEOPLE = 3
_FEWEST_CYCLES = 10
_LEAST_KNOWN_SHARE = 0.5
_MOST_OF_GAP = 0.5
# A product belongs to a launch that lies so many days or fewer from its own.
_LAUNCHED_TOGETHER_DAYS = 30
# The first steps of an opportunity that show what somebody works on, and their columns.
_STEPS = (
    ("opportunities_created", "created_on"),
    ("first_meetings", "met_on"),
    ("proposals", "proposed_on"),
)

# Rows that say where the product could be sold; others say who should, or how.
_ELIGIBLE_GRAINS = frozenset({"opportunity", "account", "account_owner"})
_REASONS = frozenset(
    {
        *("no_eligible", "too_few_opportunities", "too_few_people"),
        *("no_target", "target_too_small", "supply_stop"),
    }
)

_Evidence = tuple[PatternEvidence, ...]


@dataclass(frozen=True, kw_only=True)
class _Work:
    """What sellers worked on since conduct was due, and by what it is judged in every place."""

    done: Worked
    window: Period
    since: Period
    target: float | None
    planned_share: float
    cycle_days: float | None
    needs_lines: bool
    evidence: _Evidence


def looked_at(facts: Facts, *, where: Sequence[Group], policy: Policy) -> Iterator[Judged]:
    """The attention to each new product, in each place.

    Attention is the share of opportunities created, first meetings and proposals that is about the
    new product, the three counted together: each alone is rare in a place, and each can be made to
    look right without the others. They belong to the seller who owned the opportunity at creation.

    Args:
        facts: of one organisation.
        where: groups of sellers.
        policy: the window, and how sure a verdict has to be.

    Returns:
        For each priority of the kind product one judgement per place. Conduct is present, which is
        short, where attention is probably a quarter of the declared share or five points below it;
        see `conduct`. The sub-type says where the result's shortfall sits; see `shortfall`.
    """
    return judged.by_place(
        facts, kind=_KIND, where=where, policy=policy, work_of=_work, judge=_judged
    )


def _work(facts: Facts, one: Priority, window: Period) -> _Work | _Evidence:
    """What is the same in all places, or why nothing can be said in any."""
    if one.has_unreadable_scope:
        return (valued("scope_unusable", 1),)
    if not facts.has("seen/opportunity_line") and (
        one.scope is None or selling.names_products(one.scope)
    ):
        return (valued("no_products", 1),)
    products = _products(facts, one)
    evidence: _Evidence = ()
    if one.scope is None:
        if not products:
            return (valued("no_scope", 1),)
        evidence = (valued("products_by_launch", len(products)),)
    launches = [day or one.launched_on for day in products.values()]
    start = max(one.launched_on, min(launches, default=one.launched_on))
    if start > one.launched_on:
        evidence += (valued("later_launch", (start - one.launched_on).days),)
    due = start + timedelta(days=one.grace_days)
    if due >= window.end:
        return (*evidence, valued("too_early", (due - window.last).days))
    return _counted_work(facts, one, due=due, products=products, window=window, evidence=evidence)


def _products(facts: Facts, one: Priority) -> dict[str, date | None]:
    if one.scope is not None:
        return selling.products_of(facts, one.scope)
    near = timedelta(days=_LAUNCHED_TOGETHER_DAYS)
    found = collect(facts.columns("seen/product", "product_id", "launched_on")).records()
    return {
        row["product_id"]: row["launched_on"]
        for row in found
        if row["launched_on"] is not None and abs(row["launched_on"] - one.launched_on) <= near
    }


def _counted_work(
    facts: Facts,
    one: Priority,
    *,
    due: date,
    products: Mapping[str, date | None],
    window: Period,
    evidence: _Evidence,
) -> _Work | _Evidence:
    wanted = (
        selling.of_products(facts, tuple(products))
        if one.scope is None
        else selling.opportunities_of(facts, one.scope)
    )
    if wanted is None:
        return (valued("scope_unusable", 1),)
    done = selling.worked(facts, wanted=wanted, eligible=_eligible(facts, one))
    window = Period(first=max(window.first, due), end=window.end)
    since = Period(first=due, end=window.end)
    stops, pays = (
        circumstances.during(facts, kind=kind, window=window, products=products)
        for kind in ("supply_stop", "compensation_change")
    )
    evidence += (valued("supply_stop", stops),) if stops else ()
    evidence += (valued("compensation_change", pays),) if pays else ()
    return _Work(
        done=done,
        window=window,
        since=since,
        target=None if one.asks_among(selling.PRODUCT_TABLES) else one.planned_share(window),
        planned_share=one.planned_share(since) or 0.0,
        cycle_days=_cycle_days(done),
        needs_lines=one.scope is None or selling.names_products(one.scope),
        evidence=evidence,
    )


def _eligible(facts: Facts, one: Priority) -> "ir.StringColumn | None":
    """Opportunities in which the product could be sold; None = in all."""
    if one.eligibility is None or one.eligibility.grain not in _ELIGIBLE_GRAINS:
        return None
    return selling.opportunities_of(facts, one.eligibility)


def _cycle_days(done: Worked) -> float | None:
    """The median days from creation to won or lost of what the product is not in."""
    days = (done.closed_on - done.created_on)[~done.is_wanted & done.is_decided]
    known = days[days >= 0]
    return float(np.median(known)) if len(known) >= _FEWEST_CYCLES else None


def _judged(work: _Work, one: Priority, place: Group, policy: Policy) -> Judged:
    done = work.done.of_people(place.members)
    done = done.only(done.is_eligible)
    created = selling.inside(done.created_on, work.window)
    evidence, is_known = work.evidence, True
    if work.needs_lines:
        known = int((created & done.has_lines).sum())
        evidence += (counted("products_known", k=known, n=int(created.sum())),)
        is_known = known >= _LEAST_KNOWN_SHARE * created.sum()
        done = done.only(done.has_lines)
    steps = {code: _step(done, column, window=work.window) for code, column in _STEPS}
    evidence += tuple(counted(code, k=k.sum(), n=n.sum()) for code, (k, n) in steps.items())
    each = np.array(list(steps.values()))
    found = conduct.of(
        each[:, 0].sum(axis=0), each[:, 1].sum(axis=0), pieces=_pieces(done, window=work.window)
    )
    evidence += (counted("attention", k=found.k, n=found.n),)
    if not steps["first_meetings"][1].sum():
        evidence += (valued("orders_only", 1),)
    evidence += _too_few(int(steps["opportunities_created"][1].sum()), people=found.people)
    evidence += judged.without_target(work.target)
    is_held = any(each.code in _REASONS for each in evidence)
    if is_held or not is_known or work.target is None:
        return judged.cannot_tell(one.priority_id, place.name, evidence=evidence)
    margin = conduct.margin_of(work.target)
    p_short = found.p_short(work.target, margin=margin)
    verdict = found.verdict(work.target, margin=margin, policy=policy)
    subtype, result = _result(work, done, verdict=verdict, policy=policy)
    return Judged(
        priority=one.priority_id,
        place=place.name,
        verdict=verdict,
        subtype=subtype,
        shortfall=found.shortfall(work.target, level=policy.interval_level),
        p_short=p_short,
        p_as_declared=found.p_as_declared(work.target),
        evidence=(
            *evidence,
            *judged.weighed(found, target=work.target, margin=margin),
            *result,
        ),
    )


def _step(done: Worked, column: str, *, window: Period) -> tuple[Floats, Floats]:
    """How often each person took one step in the window, for the new product and at all."""
    taken = selling.inside(getattr(done, column), window)
    return done.per_person(taken & done.is_wanted), done.per_person(taken)


def _pieces(done: Worked, *, window: Period) -> Floats:
    """Of how many opportunities the steps of each person are."""
    taken = [selling.inside(getattr(done, column), window) for _, column in _STEPS]
    steps = np.sum(taken, axis=0).astype(float)
    sums, squares = (done.per_person(steps > 0, worth=each) for each in (steps, steps**2))
    return conduct.pieces_of(sums, squares)


def _too_few(created: int, *, people: int) -> _Evidence:
    if not created:
        return (counted("no_eligible", k=0, n=0),)
    found: _Evidence = ()
    if created < _FEWEST_CREATED:
        found += (counted("too_few_opportunities", k=created, n=_FEWEST_CREATED),)
    if people < _FEWEST_PEOPLE:
        found += (counted("too_few_people", k=people, n=_FEWEST_PEOPLE),)
    return found


def _result(
    work: _Work, done: Worked, *, verdict: PatternVerdict, policy: Policy
) -> tuple[str | None, _Evidence]:
    """The sub-type, and what the result shows of it."""
    is_short = verdict is PatternVerdict.PRESENT
    is_there = verdict is PatternVerdict.ABSENT
    if work.cycle_days is None:
        return "not_tried" if is_short else None, (valued("no_cycle", 1),)
    left = work.cycle_days - work.since.days
    if left > 0:
        subtype = "not_tried" if is_short else "tried_early" if is_there else None
        return subtype, (valued("result_too_early", left),)
    cohort = done.only(selling.inside(done.created_on, work.since))
    gap = shortfall.of(
        _totals(cohort, cohort.is_wanted),
        _totals(cohort, ~cohort.is_wanted),
        planned_share=work.planned_share,
        seed=SEED,
    )
    if gap is None:
        won = int((cohort.is_won & ~cohort.is_wanted).sum())
        few = counted("result_too_few", k=won, n=shortfall.FEWEST_WINS)
        return "not_tried" if is_short else None, (few,)
    evidence = (
        valued("result_missing", gap.share),
        valued("p_result_missing", gap.p_large),
        *(valued(f"gap_{name}", share) for name, share in gap.factors.items()),
    )
    return _subtype(gap, verdict=verdict, policy=policy), evidence


def _subtype(gap: Gap, *, verdict: PatternVerdict, policy: Policy) -> str | None:
    if verdict is PatternVerdict.PRESENT:
        return "not_tried" if gap.factors["attention"] >= _MOST_OF_GAP else None
    if verdict is PatternVerdict.CANNOT_TELL or gap.p_large < policy.verdict_confidence:
        return None
    named = {"conversion": "tried_lost", "time": "tried_early"}
    return next((named[each] for each in named if gap.factors[each] >= _MOST_OF_GAP), None)


def _totals(cohort: Worked, chosen: Array) -> Totals:
    won = chosen & cohort.is_won
    # Where no amount is known every win counts alike; else an unknown one is an average one.
    known = cohort.amount[cohort.is_won & np.isfinite(cohort.amount)]
    amount = np.nan_to_num(cohort.amount, nan=float(known.mean()) if len(known) else 1.0)
    return Totals(
        created=cohort.per_person(chosen),
        decided=cohort.per_person(chosen & cohort.is_decided),
        won=cohort.per_person(won),
        amount=cohort.per_person(won, worth=amount),
    )
