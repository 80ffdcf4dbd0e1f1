"""How lately skills were practised: of groups of five and more, and of everybody for themselves."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from statistics import median

from headway.analysis.methods import proportion
from headway.analysis.strategy import groups, skills
from headway.analysis.strategy.groups import Group
from headway.analysis.strategy.skills import Practised
from headway.facts import Facts
from headway.terms.period import Period
from headway.terms.policy import Policy
from headway.terms.skill_currency import (
    OwnSkill,
    OwnSkills,
    SkillCurrency,
    SkillPractised,
    Skills,
    SkillSource,
    SkillState,
)
from headway.terms.survey import LEAST_ANSWERS

_HALF = 0.5


def found(facts: Facts, *, practised: Collection[SkillPractised], policy: Policy) -> Skills:
    """Each priority in force and each skill of the list, in each group of sellers.

    Args:
        facts: of one organisation.
        practised: what people did on the skills of the list; it stays with the two it is between.
        policy: how many days are lately, and how wide a range is.

    Returns:
        Of a priority in recorded work or sessions every group of five sellers and more; of a skill
        of the list every group in which five or more ever practised it, and these are its people.
        Nobody is rated: a state is that of a group's skill.
    """
    end = facts.as_of + timedelta(days=1)
    window = Period(first=end - timedelta(days=policy.skill_days), end=end)
    organisation = groups.of(facts, window=window)
    sellers = [each for each in organisation.groups if each.role == "seller"]
    known = tuple(skills.of(facts, window=window, practised=practised))
    made = [
        _one(each, group=group, window=window, policy=policy) for group in sellers for each in known
    ]
    present = {person for person, role in organisation.present.items() if role == "seller"}
    return Skills(
        groups=tuple(each for each in made if each is not None),
        people=_own(known, sellers=present),
    )


def _one(known: Practised, *, group: Group, window: Period, policy: Policy) -> SkillCurrency | None:
    last = {person: day for person, day in known.last.items() if person in group.members}
    # Whom a skill of the list is meant for nobody declared: those who ever practised it are asked.
    is_listed = known.source is SkillSource.RECORDS
    people = len(last) if is_listed else len(group.members)
    if people < LEAST_ANSWERS:
        return None
    count = sum(day >= window.first for day in last.values())
    low, high = proportion.jeffreys(count, people, level=policy.interval_level)
    return SkillCurrency(
        group=group.name,
        priority=known.priority,
        skill=known.skill,
        source=known.source,
        people=people,
        practised=count,
        idle=None if known.able is None else len(group.members - known.able),
        ever=len(last),
        # Of a session the two alone know the day.
        last_on=max(last.values(), default=None) if known.source is SkillSource.WORK else None,
        half_days=_half_days(last.values(), window=window),
        low=low,
        high=high,
        state=_state(low, high),
    )


def _state(low: float, high: float) -> SkillState:
    if high < _HALF:
        return SkillState.STALE
    return SkillState.CURRENT if low > _HALF else SkillState.UNCLEAR


def _half_days(days: Collection[date], *, window: Period) -> float | None:
    if len(days) < LEAST_ANSWERS:
        return None
    return float(median((window.last - day).days for day in days))


def _own(known: Collection[Practised], *, sellers: set[str]) -> tuple[OwnSkills, ...]:
    """Each seller with what the priorities ask for, and everybody with what they did themselves."""
    own: dict[str, list[OwnSkill]] = defaultdict(list)
    for each in known:
        asked = sellers if each.source is not SkillSource.RECORDS else set()
        for person in sorted(asked | each.last.keys()):
            own[person].append(
                OwnSkill(
                    priority=each.priority,
                    skill=each.skill,
                    source=each.source,
                    last_on=each.last.get(person),
                    is_idle=each.able is not None and person not in each.able,
                )
            )
    return tuple(OwnSkills(person=person, skills=tuple(own[person])) for person in sorted(own))
