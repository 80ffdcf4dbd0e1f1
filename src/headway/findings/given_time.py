"""What leaders did with their time: the sessions they held, who got them, what changed since."""

from headway.analysis import given_time
from headway.analysis.coaching import coach_benefit
from headway.analysis.strategy import declared, sessions
from headway.analysis.strategy import window as windows
from headway.facts import Facts
from headway.terms.own_time import GivenTime
from headway.terms.policy import Policy


def found(facts: Facts, *, policy: Policy) -> tuple[GivenTime, ...]:
    """One for each leader with people who sell, sessions or open roles; for that leader alone."""
    held = given_time.sessions(facts)
    weeks = given_time.by_week(held, last=facts.as_of)
    minutes = given_time.developed(held, last=facts.as_of)
    won = given_time.won_before(facts)
    below = given_time.sellers_below(facts)
    open_roles = given_time.open_roles(facts)
    window = windows.of(facts, policy=policy)
    benefits = coach_benefit.of(
        facts,
        sessions=sessions.of(facts, last=facts.as_of) or (),
        priorities=declared.priorities(facts, window=window),
        level=policy.interval_level,
    )
    made = []
    for person in sorted({*weeks, *below, *open_roles}):
        people, leaders = below.get(person, (frozenset(), frozenset()))
        thirds = None
        if held and won is not None:
            thirds = given_time.thirds(minutes, people=people, coaches=leaders, won=won)
        made.append(
            GivenTime(
                person=person,
                last=facts.as_of,
                weeks=weeks.get(person, ()),
                people=len(people),
                thirds=thirds,
                open_roles=open_roles.get(person, 0),
                benefit=benefits.get(person),
            )
        )
    return tuple(made)
