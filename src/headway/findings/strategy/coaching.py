"""What is found about coaching: who is reached, what the time goes into, and who is held back."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from headway.analysis.strategy import (
    declared,
    groups,
    inspected,
    oversight,
    sessions,
    survey,
    touches,
)
from headway.analysis.strategy import window as windows
from headway.analysis.strategy.groups import Organisation
from headway.analysis.strategy.inspected import Inspected, Spell
from headway.analysis.strategy.oversight import Answers, Signs
from headway.analysis.strategy.sessions import Session
from headway.analysis.strategy.survey import AUTONOMY, Survey
from headway.analysis.strategy.touches import Touches
from headway.facts import Facts
from headway.findings.strategy import coaching_effects
from headway.findings.strategy.coaching_effects import Effects
from headway.terms.coaching import Coaching, Micromanagement
from headway.terms.period import Period
from headway.terms.policy import Policy

_COVERED = timedelta(days=30)
_SCALE = frozenset("12345")


@dataclass(frozen=True, kw_only=True)
class Found:
    """Coaching by scope and priority; `for_others` is the same without what leaders logged.

    The log of their own time is private: whatever follows from it is for that leader alone.
    """

    whole: tuple[Coaching, ...]
    for_others: tuple[Coaching, ...]


@dataclass(frozen=True, kw_only=True)
class _Known:
    """What all scopes are read from; `held` is None where nobody logs sessions.

    `effects` are by priority and scope.
    """

    window: Period
    organisation: Organisation
    scopes: Mapping[str, frozenset[str]]
    effects: Mapping[str, Mapping[str, Effects]]
    held: tuple[Session, ...] | None
    answers: Mapping[str, Answers]
    touches: Touches


def found(facts: Facts, *, policy: Policy) -> Found:
    """Coaching on each priority, in each group and with the own people of each manager.

    Args:
        facts: of one organisation.
        policy: the window, the margin and how sure a sign has to be.

    Returns:
        For each priority in force every group of at least five people, and every leader of sellers
        or managers by their id: their scope is who reports to them directly. Empty where no
        priority is declared or nobody's reporting line is known.
    """
    window = windows.of(facts, policy=policy)
    priorities = declared.priorities(facts, window=window)
    organisation = groups.of(facts, window=window)
    if not priorities or not organisation.present:
        return Found(whole=(), for_others=())
    held = sessions.of(facts, last=window.last)
    scopes = _scopes(organisation)
    known = _Known(
        window=window,
        organisation=organisation,
        scopes=scopes,
        effects={
            each.priority_id: coaching_effects.effects(
                facts, priority=each, sessions=held or (), scopes=scopes, policy=policy
            )
            for each in priorities
        },
        held=held,
        answers=_answers(survey.of(facts, window=window), organisation=organisation),
        touches=touches.of(facts, window=window),
    )
    logged = inspected.with_own_log(facts, held=held or (), window=window)
    shared = inspected.of_sessions(held or (), window=window)
    return Found(
        whole=_coaching(known, spells=logged, shared=shared, policy=policy),
        for_others=_coaching(known, spells=shared, shared=shared, policy=policy),
    )


def _coaching(
    known: _Known, *, spells: Iterable[Spell], shared: Collection[Spell], policy: Policy
) -> tuple[Coaching, ...]:
    """Of each manager by all of their time, of groups by the sessions that both sides know of."""
    by_coach = inspected.by_coach(spells)
    teams = known.organisation.teams()
    lead_sellers = [
        manager
        for manager, people in teams.items()
        if any(known.organisation.present[person] == "seller" for person in people)
    ]
    signs = oversight.of(
        lead_sellers,
        inspected=by_coach,
        answers=known.answers,
        touches=known.touches,
        policy=policy,
    )
    return tuple(
        _one(
            scope,
            priority=priority,
            people=people,
            coach_count=len({known.organisation.manager_of.get(person) for person in people}),
            covered=covered,
            effects=effects[scope],
            spent=by_coach.get(scope) if scope in teams else inspected.with_people(shared, people),
            micromanagement=_micromanagement(signs.get(scope)) if scope in teams else None,
        )
        for priority, effects in known.effects.items()
        for covered in [_covered(known, priority=priority)]
        for scope, people in known.scopes.items()
    )


def _scopes(organisation: Organisation) -> dict[str, frozenset[str]]:
    """The people of each scope: groups by their names, and whom each leads directly by their id."""
    return {group.name: group.members for group in organisation.groups} | organisation.teams()


def _micromanagement(signs: Signs | None) -> Micromanagement:
    """Nobody's work is looked at where the people lead others themselves."""
    return Micromanagement.CANNOT_TELL if signs is None else signs.verdict


def _one(
    scope: str,
    *,
    priority: str,
    people: frozenset[str],
    coach_count: int,
    covered: frozenset[str] | None,
    effects: Effects,
    spent: Inspected | None,
    micromanagement: Micromanagement | None,
) -> Coaching:
    return Coaching(
        scope=scope,
        priority=priority,
        covered=None if covered is None else len(people & covered),
        people=None if covered is None else len(people),
        effect=effects.effect,
        allocation=effects.allocation,
        inspection_share=None if spent is None else spent.share,
        micromanagement=micromanagement,
        verdict=effects.verdict,
        missing=effects.missing,
        by_third=effects.by_third,
        gains_most=effects.gains_most,
        pre_trend=effects.pre_trend,
        rebound=effects.rebound,
        coach_count=coach_count,
        is_start_drawn=effects.is_start_drawn,
    )


def _covered(known: _Known, *, priority: str) -> frozenset[str] | None:
    """Who had a session that counts on the priority in the last 30 days."""
    if known.held is None:
        return None
    return frozenset(
        each.person
        for each in known.held
        if each.counts and each.priority == priority and each.held_on > known.window.last - _COVERED
    )


def _answers(told: Survey, *, organisation: Organisation) -> Mapping[str, Answers]:
    """What the sellers of each manager say of their autonomy, where five or more have answered."""
    given = {
        manager: told.of_team(AUTONOMY, manager=manager, role="seller")
        for manager in organisation.teams()
    }
    return {
        manager: answers
        for manager, answers in given.items()
        if answers is not None and answers.keys() <= _SCALE
    }
