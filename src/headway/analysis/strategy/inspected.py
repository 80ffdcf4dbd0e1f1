"""How much of the time that coaches spend with people is inspection."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from headway.analysis.strategy.sessions import Session
from headway.facts import Facts, collect
from headway.terms.period import Period

_MINUTES_AN_HOUR = 60
_LOGGED = {"inspection": True, "development": False}


@dataclass(frozen=True, kw_only=True)
class Spell:
    """Time that one coach spent: a session, or what they logged of one kind for one week."""

    coach: str
    person: str | None
    minutes: float
    is_inspection: bool


@dataclass(frozen=True, kw_only=True)
class Inspected:
    """Minutes of inspection among those of inspection and development together.

    `cases` is how many spells of equal length they are worth.
    """

    inspection_minutes: float
    minutes: float
    cases: float

    @property
    def share(self) -> float:
        """0..1 of the minutes."""
        return self.inspection_minutes / self.minutes


def of_sessions(held: Iterable[Session], *, window: Period) -> tuple[Spell, ...]:
    """The sessions of the window."""
    return tuple(
        Spell(
            coach=each.coach,
            person=each.person,
            minutes=each.minutes,
            is_inspection=each.is_inspection,
        )
        for each in held
        if each.held_on >= window.first
    )


def with_own_log(facts: Facts, *, held: Iterable[Session], window: Period) -> tuple[Spell, ...]:
    """The same; of a week that a coach logged, what they logged stands in place of sessions.

    A log holds the time of its sessions too: both together would count it twice.
    """
    logged = [
        row
        for row in collect(facts.columns("said/time_log")).records()
        if row["category"] in _LOGGED and window.first <= row["week_on"] <= window.last
    ]
    weeks = {(row["person_id"], row["week_on"]) for row in logged}
    kept = [
        each
        for each in held
        if (each.coach, each.held_on - timedelta(days=each.held_on.weekday())) not in weeks
    ]
    return (
        *of_sessions(kept, window=window),
        *(
            Spell(
                coach=row["person_id"],
                person=None,
                minutes=row["hours"] * _MINUTES_AN_HOUR,
                is_inspection=_LOGGED[row["category"]],
            )
            for row in logged
        ),
    )


def by_coach(spells: Iterable[Spell]) -> Mapping[str, Inspected]:
    """The time of each coach who spent any."""
    found: dict[str, list[Spell]] = defaultdict(list)
    for each in spells:
        found[each.coach].append(each)
    summed = {coach: of(own) for coach, own in found.items()}
    return {coach: each for coach, each in summed.items() if each is not None}


def with_people(spells: Iterable[Spell], people: Collection[str]) -> Inspected | None:
    """The time spent with some people; None where there was none."""
    return of([each for each in spells if each.person in people])


def of(spells: Collection[Spell]) -> Inspected | None:
    """Minutes of some spells; None where there are none.

    References:
        Own, domain.md 2.5.4; Kish (1965), Survey Sampling, for what unequal weights are worth.

    Examples:
        >>> half = [
        ...     Spell(coach="a", person="b", minutes=30.0, is_inspection=each)
        ...     for each in (True, False)
        ... ]
        >>> of(half)
        Inspected(inspection_minutes=30.0, minutes=60.0, cases=2.0)
    """
    minutes = sum(each.minutes for each in spells)
    if not minutes > 0:
        return None
    return Inspected(
        inspection_minutes=sum(each.minutes for each in spells if each.is_inspection),
        minutes=minutes,
        cases=minutes**2 / sum(each.minutes**2 for each in spells),
    )
