"""What leaders did with their time: the sessions they held, who got them, what changed since."""

from headway.analysis import field_time, given_time
from headway.analysis.coaching import coach_benefit
from headway.analysis.strategy import declared, sessions
from headway.analysis.strategy import window as windows
from headway.facts import Facts
from headway.terms.own_time import FieldMonth, GivenTime
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
    along = field_time.along(facts)
    logged_hours = field_time.logged_hours(facts)
    made = []
    for person in sorted({*weeks, *below, *open_roles}):
        people, leaders = below.get(person, (frozenset(), frozenset()))
        thirds = None
        if held and won is not None:
            thirds = given_time.thirds(minutes, people=people, coaches=leaders, won=won)
        field = None
        if along is not None and people:
            field = field_time.of_leader(
                along.get(person, ()),
                people=people,
                won=won,
                last=facts.as_of,
                logged_hours=logged_hours.get(person),
            )
        made.append(
            GivenTime(
                person=person,
                last=facts.as_of,
                weeks=weeks.get(person, ()),
                people=len(people),
                thirds=thirds,
                open_roles=open_roles.get(person, 0),
                benefit=benefits.get(person),
                field=field,
            )
        )
    return tuple(made)


def field_months(facts: Facts) -> tuple[FieldMonth, ...]:
    """The months that are over, of five leaders and more who were with customers."""
    below = given_time.sellers_below(facts)
    along, won = field_time.along(facts), given_time.won_before(facts)
    if along is None or won is None:
        return ()
    return tuple(field_time.months(along, below=below, won=won, last=facts.as_of))
