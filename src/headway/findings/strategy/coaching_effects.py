"""What coaching on a priority did to practice, and who got it, in every scope that is asked."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from headway.analysis.coaching import panel
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


NOTHING = Effects(effect=None, allocation=None, verdict=EffectVerdict.DESCRIPTION_ONLY)


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
        One entry for each of the scopes.
    """
    made = panel.of(facts, priority, sessions=sessions)
    if made is None:
        return dict.fromkeys(scopes, NOTHING)
    return {
        name: _of(made.of_people(set(people)), policy=policy) for name, people in scopes.items()
    }


def _of(found: panel.Panel, *, policy: Policy) -> Effects:
    del found, policy
    return NOTHING
