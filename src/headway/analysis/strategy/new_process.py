"""A new process was declared: is it followed where it could be, or only written down?"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from headway.analysis.methods.variation import Distance
from headway.analysis.strategy import (
    circumstances,
    conduct,
    items,
    judged,
    selling,
    stage_moves,
)
from headway.analysis.strategy.conduct import Conduct
from headway.analysis.strategy.declared import Priority
from headway.analysis.strategy.groups import Group
from headway.analysis.strategy.items import Items
from headway.analysis.strategy.judged import Judged, counted, valued
from headway.analysis.strategy.stage_moves import FEWEST_PATHS, LATE_DAYS, PATH_DAYS, Moves
from headway.facts import Facts, collect, predicate
from headway.terms.pattern import PatternEvidence, PatternVerdict
from headway.terms.period import Period
from headway.terms.policy import SEED, Policy
from headway.terms.predicate import OF_STAGE, Op, Predicate

_KIND = "process"
_HISTORY = "seen/opportunity_change"
_FEWEST_ITEMS = 30
_FEWEST_PEOPLE = 3
_FIRST, _STRETCH, _STEP = timedelta(days=90), timedelta(days=30), timedelta(days=10)
_MOST_OF_GAP = 0.5
# What fell by a quarter, and surely by five points, was used before.
_FELL, _LEAST_FALL = 0.75, 0.05
_DRAWS = 2_000
_ORDER = OF_STAGE | {Op.WITHIN_DAYS}

_Evidence = tuple[PatternEvidence, ...]


@dataclass(frozen=True, kw_only=True)
class _Work:
    """The eligible work, and by what it is judged in every place.

    The same items three times: shown where the process was followed, where it was on paper at least
    (it may have been typed in afterwards), and where the step was done at any time.
    """

    followed: Items
    on_paper: Items
    anyhow: Items
    moves: Moves
    launch: date
    window: Period
    target: float
    evidence: _Evidence


@dataclass(frozen=True, kw_only=True)
class _Shown:
    """In one place and period: followed, followed on paper at least, done for the record alone."""

    followed: Conduct
    on_paper: Conduct
    for_show: float


def looked_at(facts: Facts, *, where: Sequence[Group], policy: Policy) -> Iterator[Judged]:
    """The conformance to each new process, in each place.

    Eligible work conforms where it shows the declared behaviour, the step before the gate that it
    serves, and neither the step nor most of the stages were typed in afterwards: more than a week
    later, or three moves within an hour. It belongs to its seller, see `items`. Work that a service
    user did or wrote does not count.

    Args:
        facts: of one organisation.
        where: groups of sellers, the whole sales force first.
        policy: the window, and how sure a verdict has to be.

    Returns:
        For each priority of the kind process one judgement per place. Conduct is present, which is
        short, where conformance is probably a quarter of the declared share or five points below
        it; see `conduct`. Where it is short only by what was typed in afterwards, that must not be
        falling since before the launch. The sub-type says how the process is not followed.
    """
    return judged.by_place(
        facts, kind=_KIND, where=where, policy=policy, work_of=_work, judge=_judged
    )


def _work(facts: Facts, one: Priority, window: Period) -> _Work | _Evidence:
    """What is the same in all places, or why nothing can be said in any."""
    held = _held(facts, one, window=window)
    if held or one.eligibility is None or one.behaviour is None:
        return held
    done = items.of(facts, eligibility=one.eligibility, behaviour=one.behaviour)
    anyhow = items.of(facts, eligibility=one.eligibility, behaviour=_at_any_time(one.behaviour))
    opportunities = selling.opportunities_of(facts, one.eligibility)
    if done is None or anyhow is None or opportunities is None:
        return (valued("behaviour_unusable", 1),)
    window = Period(first=max(window.first, one.due_on), end=window.end)
    target = one.planned_share(window)
    if target is None or target <= conduct.margin_of(target):
        return judged.without_target(target)
    moves = stage_moves.of(facts, opportunities=opportunities)
    late = _typed_in_late(facts, one.behaviour)
    if one.behaviour.grain == "opportunity":
        late |= moves.written_afterwards()
    is_timed = facts.has_column(_HISTORY, "recorded_at")
    return _Work(
        followed=replace(done, is_shown=done.is_shown & ~np.isin(done.key, sorted(late))),
        on_paper=done,
        anyhow=anyhow,
        moves=moves,
        launch=one.launched_on,
        window=window,
        target=target,
        evidence=() if is_timed else (valued("no_typing_time", 1),),
    )


def _held(facts: Facts, one: Priority, *, window: Period) -> _Evidence:
    """What keeps any judgement back, before the work is counted."""
    if one.eligibility is None or one.behaviour is None:
        return (valued("no_behaviour", 1),)
    if not facts.has(_HISTORY):
        return (valued("no_stage_history", 1),)
    if one.due_on >= window.end:
        return (valued("too_early", (one.due_on - window.last).days),)
    due = Period(first=max(window.first, one.due_on), end=window.end)
    outages = circumstances.during(facts, kind="outage", window=due)
    return (valued("outage", outages),) if outages else ()


def _at_any_time(behaviour: Predicate) -> Predicate | None:
    """The behaviour without what says when; None where nothing else is asked."""
    kept = tuple(each for each in behaviour.conditions if each.op not in _ORDER)
    return replace(behaviour, conditions=kept) if kept else None


def _typed_in_late(facts: Facts, behaviour: Predicate) -> frozenset[str]:
    """The items whose step is activities that were all typed in more than a week later."""
    asked = tuple(
        each for each in behaviour.conditions if each.table == "activity" and each.op not in _ORDER
    )
    if not asked:
        return frozenset()
    rows = facts.table("seen/activity")
    rows = rows.filter(predicate.holds(facts, Predicate(grain="activity", conditions=asked)))
    key = rows.activity_id if behaviour.grain == "activity" else rows.opportunity_id
    found = collect(rows.select("occurred_at", "recorded_at", key=key).filter(key.notnull()))
    waited = found.column("recorded_at") - found.column("occurred_at")
    # What has no time of typing in compares as in time.
    is_late = waited > np.timedelta64(LATE_DAYS, "D")
    keys = found.column("key").astype(str)
    return frozenset(keys[is_late].tolist()) - frozenset(keys[~is_late].tolist())


def _judged(work: _Work, one: Priority, place: Group, policy: Policy) -> Judged:
    now = _shown(work, place.members, period=work.window)
    evidence = (
        *work.evidence,
        counted("conformance", k=now.followed.k, n=now.followed.n),
        counted("on_paper", k=now.on_paper.k, n=now.on_paper.n),
        counted("for_show", k=now.for_show, n=now.followed.n),
    )
    few = _too_few(now.followed)
    if few:
        return judged.cannot_tell(one.priority_id, place.name, evidence=(*evidence, *few))
    margin = conduct.margin_of(work.target)
    p_short = now.followed.p_short(work.target, margin=margin)
    verdict = now.followed.verdict(work.target, margin=margin, policy=policy)
    backfill, is_falling = _backfill(work, place, policy=policy)
    is_short_on_paper = (
        now.on_paper.p_short(work.target, margin=margin) >= policy.naming_probability
    )
    if verdict is PatternVerdict.PRESENT and is_falling and not is_short_on_paper:
        verdict = PatternVerdict.CANNOT_TELL
    early, is_dropped = _early(work, place, now=now.followed, policy=policy)
    subtype = None
    if verdict is PatternVerdict.PRESENT:
        gap = work.target * now.followed.n - now.followed.k
        is_for_show = now.for_show >= _MOST_OF_GAP * gap
        subtype = (
            "used_for_show" if is_for_show else "used_then_dropped" if is_dropped else "not_used"
        )
    return Judged(
        priority=one.priority_id,
        place=place.name,
        verdict=verdict,
        subtype=subtype,
        shortfall=now.followed.shortfall(work.target, level=policy.interval_level),
        p_short=p_short,
        p_as_declared=now.followed.p_as_declared(work.target),
        evidence=(
            *evidence,
            *judged.weighed(now.followed, target=work.target, margin=margin),
            *early,
            *backfill,
            *_path(work, place),
        ),
    )


def _shown(work: _Work, people: Collection[str], *, period: Period) -> _Shown:
    counts, paper, any_time = (
        {
            who: each
            for who, each in one.counts(first=period.first, end=period.end).items()
            if who in people
        }
        for one in (work.followed, work.on_paper, work.anyhow)
    )
    n = np.array([every for _, every in counts.values()], dtype=float)
    kept, said = (
        np.array([shown for shown, _ in each.values()], dtype=float) for each in (counts, paper)
    )
    # Whatever was done at any time and does not conform was done for the record.
    ever = sum(max(shown, paper[who][0]) for who, (shown, _) in any_time.items())
    return _Shown(
        followed=conduct.of(kept, n), on_paper=conduct.of(said, n), for_show=ever - kept.sum()
    )


def _too_few(found: Conduct) -> _Evidence:
    if not found.n:
        return (counted("no_eligible", k=0, n=0),)
    few: _Evidence = ()
    if found.n < _FEWEST_ITEMS:
        few += (counted("too_few_items", k=found.n, n=_FEWEST_ITEMS),)
    if found.people < _FEWEST_PEOPLE:
        few += (counted("too_few_people", k=found.people, n=_FEWEST_PEOPLE),)
    return few


def _early(work: _Work, place: Group, *, now: Conduct, policy: Policy) -> tuple[_Evidence, bool]:
    """What was done in the first ninety days after the launch, and whether it has fallen since.

    Use often rises with a training and then falls within weeks, so that every thirty of these days
    are looked at; who looks so often has to be the surer (Bonferroni).
    """
    end = min(work.launch + _FIRST, work.window.first)
    if end <= work.launch:
        return (), False
    first = Period(first=work.launch, end=end)
    early, *stretches = (
        _followed(work, place, period=each) for each in (first, *_stretches(first))
    )
    evidence: _Evidence = (counted("conformance_first", k=early.k, n=early.n),)
    looks = [each for each in (early, *stretches) if each.n >= _FEWEST_ITEMS]
    if not looks or not now.n:
        return evidence, False
    most = max(looks, key=lambda each: each.share)
    p_fell = conduct.p_fell(most, now, least=_LEAST_FALL, seed=SEED)
    is_sure = len(looks) * (1 - p_fell) <= 1 - policy.verdict_confidence
    evidence += (counted("conformance_most", k=most.k, n=most.n), valued("p_fell", p_fell))
    return evidence, is_sure and now.share <= _FELL * most.share


def _stretches(first: Period) -> Iterator[Period]:
    """Each thirty days, every ten days anew."""
    begins = first.first
    while begins + _STRETCH <= first.end:
        yield Period(first=begins, end=begins + _STRETCH)
        begins += _STEP


def _followed(work: _Work, place: Group, *, period: Period) -> Conduct:
    """How much of the items of the place followed the process."""
    counts = work.followed.counts(first=period.first, end=period.end)
    both = np.array([counts.get(who, (0, 0)) for who in sorted(place.members)], dtype=float)
    return conduct.of(both[:, 0], both[:, 1])


def _backfill(work: _Work, place: Group, *, policy: Policy) -> tuple[_Evidence, bool]:
    """How much of the stages was typed in afterwards, and whether that falls since the launch."""
    before = Period(first=work.launch - _FIRST, end=work.launch)
    then, now = (
        conduct.of(*work.moves.backfilled(place.members, window=period))
        for period in (before, work.window)
    )
    evidence = (
        counted("backfill_before", k=then.k, n=then.n),
        counted("backfill", k=now.k, n=now.n),
    )
    if min(then.n, now.n) < _FEWEST_ITEMS:
        return evidence, False
    p_falls = conduct.p_lower(now, then, times=_FELL, draws=_DRAWS, seed=SEED)
    return (
        (*evidence, valued("p_backfill_falls", p_falls)),
        p_falls >= policy.verdict_confidence,
    )


def _path(work: _Work, place: Group) -> _Evidence:
    """Whether opportunities go through other stages than before the launch."""
    whole = timedelta(days=PATH_DAYS)
    before = Period(first=work.launch - 2 * _FIRST, end=work.launch - whole)
    first = max(work.launch, work.window.first - whole)
    if first >= work.window.end - whole:
        return ()
    after = Period(first=first, end=work.window.end - whole)
    found = work.moves.path_distance(place.members, before=before, after=after)
    if isinstance(found, Distance):
        return (valued("path_distance", found.value), valued("p_path_same", found.p))
    return (counted("too_few_paths", k=min(found), n=FEWEST_PATHS),)
