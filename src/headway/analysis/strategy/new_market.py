"""A new market was declared: do people approach it, or go on with the accounts they know?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from headway.analysis.strategy import (
    approached,
    circumstances,
    comfort,
    conduct,
    judged,
    selling,
)
from headway.analysis.strategy.approached import Approached
from headway.analysis.strategy.comfort import Trend
from headway.analysis.strategy.conduct import Conduct
from headway.analysis.strategy.declared import Priority
from headway.analysis.strategy.groups import Group
from headway.analysis.strategy.judged import Judged, counted, valued
from headway.analysis.strategy.selling import Worked
from headway.facts import Facts, collect
from headway.facts.arrays import Array
from headway.terms.pattern import PatternEvidence, PatternVerdict
from headway.terms.period import Period
from headway.terms.policy import SEED, Policy

if TYPE_CHECKING:
    import ibis.expr.types as ir

_KIND = "segment"
_FEWEST_APPROACHES = 30
_FEWEST_PEOPLE = 3
_FEWEST_COMPARED = 10
# Fewer people with a list, or fewer accounts on the lists of all than people, is no list.
_LEAST_LISTED_SHARE = 0.5
# Below this part of what others reach it is low; customers meet anyone more easily.
_LOW, _LOW_BESIDE_CUSTOMERS = 0.75, 0.5
_SURE_OF_FALL = 0.95
_DAYS_A_MONTH = 30.0
_DRAWS = 4_000

_Evidence = tuple[PatternEvidence, ...]


@dataclass(frozen=True, kw_only=True)
class _Market:
    """Whom everybody approached since conduct was due, and by what it is judged in every place."""

    done: Approached
    first_met_on: Array
    sold: Worked
    held: Mapping[str, frozenset[str]]
    window: Period
    since: Period
    target: float | None
    by_orders: bool
    evidence: _Evidence


def looked_at(facts: Facts, *, where: Sequence[Group], policy: Policy) -> Iterator[Judged]:
    """The attention to each new market, in each place.

    Attention is the share of prospecting and meetings that goes to accounts of the market. Where at
    least half of the sellers of a place hold such accounts, those alone count: the others have
    nobody to approach. Without activities, opportunities created stand for them.

    Args:
        facts: of one organisation.
        where: groups of sellers.
        policy: the window, and how sure a verdict has to be.

    Returns:
        For each priority of the kind segment one judgement per place. Conduct is present, which is
        short, where attention is probably below its margin (see `conduct`) and the share that goes
        to customers of before the launch is not falling. The sub-type says at which step of the
        way from a list to a win it stops.
    """
    return judged.by_place(
        facts, kind=_KIND, where=where, policy=policy, work_of=_market, judge=_judged
    )


def _market(facts: Facts, one: Priority, window: Period) -> _Market | _Evidence:
    """What is the same in all places, or why nothing can be said in any."""
    if one.has_unreadable_scope:
        return (valued("scope_unusable", 1),)
    segment = one.scope and approached.segment(one.scope)
    if segment is None:
        return (valued("no_scope", 1),)
    if not facts.has("seen/account_owner"):
        return (valued("no_account_owner", 1),)
    if one.due_on >= window.end:
        return (valued("too_early", (one.due_on - window.last).days),)
    target = approached.accounts_of(facts, segment)
    if not len(collect(target.as_table())):
        return (counted("no_eligible", k=0, n=0),)
    done, by_orders = _done(facts, one, target=target)
    window = Period(first=max(window.first, one.due_on), end=window.end)
    stops = circumstances.during(facts, kind="supply_stop", window=window)
    sold = selling.worked(facts, wanted=approached.opportunities_on(facts, target), eligible=None)
    return _Market(
        done=done,
        first_met_on=done.first_met_on,
        sold=sold,
        held=approached.held(facts, target=target),
        window=window,
        since=Period(first=one.due_on, end=window.end),
        target=None if one.asks_among({"account"}) else one.planned_share(window),
        by_orders=by_orders,
        evidence=(valued("supply_stop", stops),) if stops else (),
    )


def _done(facts: Facts, one: Priority, *, target: "ir.StringColumn") -> tuple[Approached, bool]:
    """The approaches, and whether opportunities have to stand for them."""
    among = one.eligibility
    if among is not None and among.grain != "activity":
        among = None
    done = approached.by_activities(
        facts, target=target, known_before=one.launched_on, eligible=among
    )
    if len(done.on):
        return done, False
    return approached.by_opportunities(facts, target=target, known_before=one.launched_on), True


def _judged(market: _Market, one: Priority, place: Group, policy: Policy) -> Judged:
    lists = {person: market.held.get(person, frozenset()) for person in place.members}
    holders = {person for person, accounts in lists.items() if accounts}
    is_half = len(holders) >= _LEAST_LISTED_SHARE * len(lists)
    has_list = is_half and sum(map(len, lists.values())) >= len(lists)
    done = market.done.of_people(holders if is_half else place.members)
    done = done.only(selling.inside(done.on, market.since))
    within = selling.inside(done.on, market.window)
    found = conduct.of(
        done.per_person(within & done.is_target),
        done.per_person(within),
        pieces=done.pieces_per_person(within),
    )
    moved = _comfort(done.only(within), window=market.window)
    evidence = (
        *market.evidence,
        counted("holders", k=len(holders), n=len(lists)),
        valued("accounts_held", sum(map(len, lists.values())) / len(lists)),
        *_list_worked(done.only(within), lists=lists),
        counted("attention", k=found.k, n=found.n),
        *((valued("orders_only", 1),) if market.by_orders else _new_meetings(market, done, within)),
        *_told_comfort(done, within, moved=moved),
    )
    reasons = _reasons(market, found)
    if reasons or market.target is None or market.evidence:
        return judged.cannot_tell(one.priority_id, place.name, evidence=(*evidence, *reasons))
    margin = conduct.margin_of(market.target)
    p_short = found.p_short(market.target, margin=margin)
    verdict = found.verdict(market.target, margin=margin, policy=policy)
    subtype: str | None = None
    steps: _Evidence = ()
    if verdict is PatternVerdict.PRESENT and moved and moved.p_falling >= _SURE_OF_FALL:
        verdict, steps = PatternVerdict.CANNOT_TELL, (valued("comfort_falling", moved.p_falling),)
    elif verdict is PatternVerdict.PRESENT:
        subtype = "list_not_worked" if has_list else "no_list"
    elif verdict is PatternVerdict.ABSENT:
        sold = market.sold.of_people(place.members)
        subtype, steps = _beyond(
            done, sold, since=market.since, confidence=policy.verdict_confidence
        )
    return Judged(
        priority=one.priority_id,
        place=place.name,
        verdict=verdict,
        subtype=subtype,
        shortfall=found.shortfall(market.target, level=policy.interval_level),
        p_short=p_short,
        p_as_declared=found.p_as_declared(market.target),
        evidence=(*evidence, *judged.weighed(found, target=market.target, margin=margin), *steps),
    )


def _reasons(market: _Market, found: Conduct) -> _Evidence:
    reasons = judged.without_target(market.target)
    if found.n < _FEWEST_APPROACHES:
        reasons += (counted("too_few_approaches", k=found.n, n=_FEWEST_APPROACHES),)
    if found.people < _FEWEST_PEOPLE:
        reasons += (counted("too_few_people", k=found.people, n=_FEWEST_PEOPLE),)
    return reasons


def _list_worked(done: Approached, *, lists: Mapping[str, frozenset[str]]) -> _Evidence:
    """How many of the accounts of the market that people hold they approached in the window."""
    listed = {(person, account) for person, held in lists.items() for account in held}
    worked = listed & done.pairs(done.is_target)
    return (counted("list_worked", k=len(worked), n=len(listed)),) if listed else ()


def _new_meetings(market: _Market, done: Approached, within: Array) -> _Evidence:
    """First meetings with accounts of the market that were no customers, and a seller-month."""
    is_first = done.on == market.first_met_on[done.account]
    met = within & done.is_meeting & done.is_target & ~done.is_known & is_first
    count = len(np.unique(done.account[met]))
    months = market.window.days / _DAYS_A_MONTH * max(len(np.unique(done.person[within])), 1)
    return (valued("new_meetings", count), valued("new_meetings_a_month", count / months))


def _comfort(done: Approached, *, window: Period) -> Trend | None:
    week = (done.on - np.datetime64(window.first).astype(int)) // 7
    shape = (len(done.people), window.days // 7 + 1)
    if not shape[0]:
        return None
    k, n = np.zeros(shape), np.zeros(shape)
    place = (done.person, week.astype(int))
    np.add.at(n, place, 1.0)
    np.add.at(k, place, done.is_known.astype(float))
    has = n.sum(axis=1) > 0
    return comfort.trend(k[has], n[has], seed=SEED) if has.any() else None


def _told_comfort(done: Approached, within: Array, *, moved: Trend | None) -> _Evidence:
    known = counted("comfort", k=int((within & done.is_known).sum()), n=int(within.sum()))
    if moved is None:
        return (known,)
    slope, falling = moved.slope, moved.p_falling
    return (known, valued("comfort_slope", slope), valued("p_comfort_falls", falling))


def _beyond(
    done: Approached, sold: Worked, *, since: Period, confidence: float
) -> tuple[str | None, _Evidence]:
    """Where it stops although the market is approached: at the door, or at the win."""
    evidence: _Evidence = ()
    for subtype, codes, compared in (
        ("worked_not_opened", ("met", "others_met", "p_not_opened"), _opened(done)),
        ("opened_not_won", ("won", "others_won", "p_not_won"), _won(sold, since=since)),
    ):
        if compared is None:
            continue
        one, other, low = compared
        p_lower = conduct.p_lower(one, other, times=low, draws=_DRAWS, seed=SEED)
        evidence += (
            counted(codes[0], k=one.k, n=one.n),
            counted(codes[1], k=other.k, n=other.n),
            valued(codes[2], p_lower),
        )
        if p_lower >= confidence:
            return subtype, evidence
    return None, evidence


_Compared = tuple[Conduct, Conduct, float]


def _opened(done: Approached) -> _Compared | None:
    """Accounts met of the approaches it took, in the market and elsewhere; strangers, if any."""
    one = _met(done, done.is_target & ~done.is_known)
    strangers = _met(done, ~done.is_target & ~done.is_known)
    is_alike = strangers.n >= _FEWEST_COMPARED
    other = strangers if is_alike else _met(done, ~done.is_target)
    if min(one.n, other.n) < _FEWEST_COMPARED or not other.k:
        return None
    return one, other, _LOW if is_alike else _LOW_BESIDE_CUSTOMERS


def _met(done: Approached, chosen: Array) -> Conduct:
    """Accounts met, of all approaches up to the first meeting: some accounts are asked more often.

    The first meeting is itself one of the approaches.
    """
    them = done.only(chosen)
    met = them.accounts_per_person(them.is_meeting)
    before = ~them.is_meeting & (them.on <= them.first_met_on[them.account])
    return conduct.answered(met, them.per_person(before) + met)


def _won(sold: Worked, *, since: Period) -> _Compared | None:
    """Opportunities won of those decided that were created since, in the market and elsewhere."""
    decided = sold.is_decided & selling.inside(sold.created_on, since)
    one, other = (
        conduct.answered(sold.per_person(chosen & sold.is_won), sold.per_person(chosen))
        for chosen in (decided & sold.is_wanted, decided & ~sold.is_wanted)
    )
    if min(one.n, other.n) < _FEWEST_COMPARED or not other.k:
        return None
    return one, other, _LOW
