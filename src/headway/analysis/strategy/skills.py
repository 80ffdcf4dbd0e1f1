"""When each person last practised what a priority asks for, and each skill of the list."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from headway.analysis.strategy import declared, items, sessions
from headway.analysis.strategy.declared import Priority
from headway.facts import Facts
from headway.terms.period import Period
from headway.terms.skill_currency import SkillPractised, SkillSource


@dataclass(frozen=True, kw_only=True)
class Practised:
    """The last day on which each person practised one skill; who never did is not there.

    `able` are those with work in the window in which it could have shown; None where the source is
    no work.
    """

    priority: str
    skill: str
    source: SkillSource
    last: Mapping[str, date]
    able: frozenset[str] | None


def of(
    facts: Facts, *, window: Period, practised: Collection[SkillPractised]
) -> Iterator[Practised]:
    """Each priority in force, then each skill that somebody practised, by name.

    Of a priority whose behaviour shows in recorded work that work tells, and else the sessions that
    count and the practices that were looked at again. Without either nothing is told of it.

    Args:
        facts: of one organisation.
        window: the days that are lately.
        practised: what people did on the skills of the list.
    """
    held = sessions.of(facts, last=window.last)
    for priority in declared.priorities(facts, window=window):
        found = _in_work(facts, priority, window=window)
        if found is None and held is not None:
            found = _in_sessions(held, priority)
        if found is not None:
            yield found
    yield from _of_list(practised, last=window.last)


def _in_work(facts: Facts, priority: Priority, *, window: Period) -> Practised | None:
    if priority.eligibility is None or priority.behaviour is None:
        return None
    work = items.of(facts, eligibility=priority.eligibility, behaviour=priority.behaviour)
    if work is None:
        return None
    return Practised(
        priority=priority.priority_id,
        skill="",
        source=SkillSource.WORK,
        last=work.last_shown(end=window.end),
        able=frozenset(work.counts(first=window.first, end=window.end)),
    )


def _in_sessions(held: Collection[sessions.Session], priority: Priority) -> Practised:
    last: dict[str, date] = {}
    for each in held:
        if each.priority == priority.priority_id:
            for day in (each.held_on if each.counts else None, each.followed_on):
                if day is not None:
                    last[each.person] = max(day, last.get(each.person, day))
    return Practised(
        priority=priority.priority_id,
        skill="",
        source=SkillSource.SESSIONS,
        last=last,
        able=None,
    )


def _of_list(practised: Collection[SkillPractised], *, last: date) -> Iterator[Practised]:
    """Each skill; it belongs to a priority where all that was done on it for one was for that."""
    days: dict[str, dict[str, date]] = defaultdict(dict)
    priorities: dict[str, set[str]] = defaultdict(set)
    for each in practised:
        if each.on <= last:
            of_skill = days[each.skill]
            of_skill[each.person] = max(each.on, of_skill.get(each.person, each.on))
            priorities[each.skill] |= {each.priority} - {""}
    for skill in sorted(days):
        found = priorities[skill]
        yield Practised(
            priority=min(found) if len(found) == 1 else "",
            skill=skill,
            source=SkillSource.RECORDS,
            last=days[skill],
            able=None,
        )
