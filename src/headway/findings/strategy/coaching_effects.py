"""What coaching on a priority did to practice, and who got it, in every scope that is asked."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from headway.analysis.coaching import effect, panel, thirds
from headway.analysis.coaching.panel import Panel
from headway.analysis.strategy.declared import Priority
from headway.analysis.strategy.sessions import Session
from headway.facts import Facts
from headway.terms.coaching import Allocation, CoachingEffect, EffectVerdict
from headway.terms.policy import Policy


@dataclass(frozen=True, kw_only=True)
class Effects:
    """Of one priority in one scope; `effect` is None exactly where only a description stands."""

    effect: CoachingEffect | None
    allocation: Allocation | None
    verdict: EffectVerdict


_NOTHING = Effects(effect=None, allocation=None, verdict=EffectVerdict.DESCRIPTION_ONLY)


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
    if made is None:
        return dict.fromkeys(scopes, _NOTHING)
    return {
        name: in_panel(made.of_people(frozenset(people)), policy=policy)
        for name, people in scopes.items()
    }


def in_panel(made: Panel, *, policy: Policy) -> Effects:
    """The same of people and quarters already read."""
    sides = effect.sides(made, policy=policy)
    found = None if sides is None else effect.of(sides)
    if sides is None or found is None:
        return Effects(
            effect=None,
            allocation=thirds.allocation(made),
            verdict=EffectVerdict.DESCRIPTION_ONLY,
        )
    low, high = found.ends(policy.interval_level)
    return Effects(
        effect=CoachingEffect(
            estimate=found.value,
            low=low,
            high=high,
            treated_count=int(sides.coached.sum()),
            control_count=int(sides.others.sum()),
        ),
        allocation=thirds.allocation(made),
        verdict=EffectVerdict.CANNOT_TELL
        if effect.parted_before(sides)
        else verdict(low, high, policy=policy),
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
