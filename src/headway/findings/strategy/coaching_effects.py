"""What coaching on a priority did to practice, and who got it, in every scope that is asked."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from headway.analysis.coaching import drawn_starts, effect, panel, rebounds, thirds
from headway.analysis.coaching.effect import Sides
from headway.analysis.coaching.panel import Panel
from headway.analysis.strategy.declared import Priority
from headway.analysis.strategy.sessions import Session
from headway.facts import Facts
from headway.terms.coaching import (
    Allocation,
    CoachingEffect,
    EffectGate,
    EffectVerdict,
    PracticeThird,
    PreTrend,
    ThirdEffect,
)
from headway.terms.policy import Policy
from headway.terms.survey import LEAST_ANSWERS


@dataclass(frozen=True, kw_only=True)
class Effects:
    """Of one priority in one scope, as `terms.coaching.Coaching` has it.

    `effect` is None exactly where only a description stands; `missing` says why.
    `is_start_drawn` = it is told from an order of starting that was drawn by lot.
    """

    effect: CoachingEffect | None
    allocation: Allocation | None
    verdict: EffectVerdict
    missing: tuple[EffectGate, ...] = ()
    by_third: tuple[ThirdEffect, ...] = ()
    gains_most: PracticeThird | None = None
    pre_trend: PreTrend | None = None
    rebound: float | None = None
    is_start_drawn: bool = False


_NOTHING = Effects(
    effect=None,
    allocation=None,
    verdict=EffectVerdict.DESCRIPTION_ONLY,
    missing=(EffectGate.WORK,),
)


def effects(
    facts: Facts,
    *,
    priority: Priority,
    sessions: Sequence[Session],
    scopes: Mapping[str, Collection[str]],
    policy: Policy,
) -> Mapping[str, Effects]:
    """The effect, the allocation and the verdict of one priority in each scope.

    The work is read once, however many scopes there are.

    Args:
        facts: of one organisation, cut to the day that is asked about.
        priority: one in force.
        sessions: all that were held.
        scopes: the people of each: a group's members by its name, a manager's own by their id.
        policy: the gates and the margins.

    Returns:
        One entry for each of the scopes. The effect is an average over people, in points of a
        practice rate (-1..1); nothing in it is about one of them.
    """
    made = panel.of(facts, priority, sessions=sessions)
    found = {}
    for name, people in scopes.items():
        members = frozenset(people)
        held = _NOTHING if made is None else in_panel(made.of_people(members), policy=policy)
        drawn = drawn_starts.of(facts, priority, scope=members, policy=policy)
        found[name] = held if drawn is None else by_lot(held, drawn, policy=policy)
    return found


def by_lot(held: Effects, drawn: drawn_starts.Found, *, policy: Policy) -> Effects:
    """What the lots tell instead of the sessions held; who got these stays as it is."""
    return Effects(
        effect=CoachingEffect(
            estimate=drawn.value,
            low=drawn.low,
            high=drawn.high,
            treated_count=drawn.started,
            control_count=drawn.waited,
        ),
        allocation=held.allocation,
        verdict=verdict(drawn.low, drawn.high, policy=policy),
        rebound=held.rebound,
        is_start_drawn=True,
    )


def in_panel(made: Panel, *, policy: Policy) -> Effects:
    """The same of people and quarters already read."""
    sides = effect.sides(made, policy=policy)
    found = None if sides is None else effect.of(sides)
    if sides is None or found is None:
        return Effects(
            effect=None,
            allocation=thirds.allocation(made),
            verdict=EffectVerdict.DESCRIPTION_ONLY,
            # Where nothing varies, there is no work to tell from.
            missing=effect.missing(made, policy=policy) or (EffectGate.WORK,),
            rebound=rebounds.of_lowest_third(made),
        )
    low, high = found.ends(policy.interval_level)
    is_parted = effect.parted_before(sides)
    by_third = () if is_parted else _by_third(sides, policy=policy)
    return Effects(
        effect=CoachingEffect(
            estimate=found.value,
            low=low,
            high=high,
            treated_count=int(sides.coached.sum()),
            control_count=int(sides.others.sum()),
        ),
        allocation=thirds.allocation(made),
        verdict=EffectVerdict.CANNOT_TELL if is_parted else verdict(low, high, policy=policy),
        by_third=by_third,
        gains_most=gains_most(by_third),
        pre_trend=_pre_trend(sides, policy=policy),
        rebound=rebounds.of_lowest_third(made),
    )


def verdict(low: float, high: float, *, policy: Policy) -> EffectVerdict:
    """What a range says of an effect, both ends in points of a practice rate (-1..1).

    Helps and harms need the whole range beyond what such a comparison may be wrong by, which is
    more to the side of harm: people in a lasting bad spell are picked. No effect needs all of it
    within the margin under which coaching would not be worth its time.
    """
    if low > policy.helps_beyond:
        return EffectVerdict.HELPS
    if high < -policy.harms_beyond:
        return EffectVerdict.HARMS
    if -policy.no_effect_margin < low and high < policy.no_effect_margin:
        return EffectVerdict.NO_EFFECT
    return EffectVerdict.CANNOT_TELL


def gains_most(by_third: Sequence[ThirdEffect]) -> PracticeThird | None:
    """The third whose range lies above those of the others; None where they overlap, or one is all.

    Two ranges of 90 % that do not overlap differ by more than 95 %.

    Examples:
        >>> made = [
        ...     ThirdEffect(third=third, estimate=low + 0.02, low=low, high=low + 0.04)
        ...     for third, low in zip(PracticeThird, (0.10, 0.01, 0.0), strict=True)
        ... ]
        >>> gains_most(made).value
        'top'
        >>> gains_most(made[1:]) is None
        True
    """
    ordered = sorted(by_third, key=lambda each: each.estimate)
    if len(ordered) < 2:  # noqa: PLR2004  nothing to be above
        return None
    *others, best = ordered
    is_clear = best.low > 0 and all(best.low > each.high for each in others)
    return best.third if is_clear else None


def _by_third(sides: Sides, *, policy: Policy) -> tuple[ThirdEffect, ...]:
    """The thirds that can be told, the highest first."""
    found = thirds.effects(sides, least=LEAST_ANSWERS)
    told = []
    for third, each in zip(PracticeThird, reversed(found), strict=True):
        if each is not None:
            low, high = each.ends(policy.interval_level)
            told.append(ThirdEffect(third=third, estimate=each.value, low=low, high=high))
    return tuple(told)


def _pre_trend(sides: Sides, *, policy: Policy) -> PreTrend | None:
    found = effect.before(sides)
    if found is None:
        return None
    low, high = found.ends(policy.interval_level)
    return PreTrend(estimate=found.value, low=low, high=high)
