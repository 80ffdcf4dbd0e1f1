"""Every link of every priority in every group, counted with the same few queries for all."""

from dataclasses import dataclass

from headway.analysis.strategy import declared, groups, moved, practised, recorded, survey
from headway.analysis.strategy.declared import Priority
from headway.analysis.strategy.groups import Group, Organisation
from headway.analysis.strategy.verdict import Counted
from headway.facts import Facts
from headway.terms.line import Link
from headway.terms.period import Period

RECORDED = (Link.TOLD, Link.CONNECTED, Link.LED, Link.COACHED)
SURVEYED = (Link.RECALLED, Link.UNDERSTOOD)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One priority in one group: the links behind the first, in order, as counted."""

    priority: Priority
    group: Group
    links: tuple[Counted, ...]


def of(facts: Facts, *, window: Period) -> tuple[Line, ...]:
    """All lines, priority by priority, the widest group of each role first.

    The work of each priority is read once, however many groups there are.
    """
    priorities = declared.priorities(facts, window=window)
    organisation = groups.of(facts, window=window)
    if not priorities:
        return _undeclared(organisation, window=window)
    records = recorded.of(facts, organisation=organisation, window=window)
    answers = survey.of(facts, window=window)
    # The widest group of a role stands first.
    everybody = {group.role: group for group in reversed(organisation.groups)}
    practice = {one.priority_id: practised.of(facts, one, window=window) for one in priorities}
    results = {
        one.priority_id: moved.of(facts, one, practice=practice[one.priority_id], window=window)
        for one in priorities
    }

    def counted(link: Link, priority: Priority, group: Group) -> Counted:
        if link in RECORDED:
            return records.counted(link, priority=priority, group=group)
        if link in SURVEYED:
            return answers.counted(link, priority=priority, group=group, organisation=organisation)
        if link is Link.MOVED:
            return results[priority.priority_id].counted(
                priority, group=group, everybody=everybody[group.role]
            )
        found = practice[priority.priority_id]
        if found is None:
            return practised.unmeasured(priority, group=group)
        return found.counted(priority, group=group, window=window)

    return tuple(
        Line(
            priority=priority,
            group=group,
            links=tuple(
                counted(link, priority, group) for link in Link if link is not Link.DECLARED
            ),
        )
        for priority in priorities
        for group in organisation.groups
    )


def _undeclared(organisation: Organisation, *, window: Period) -> tuple[Line, ...]:
    """Without a priority the one line of everybody breaks before it begins."""
    nothing = declared.nothing(window=window)
    links = tuple(
        Counted(link=link, target=nothing.targets[link])
        for link in Link
        if link is not Link.DECLARED
    )
    return tuple(
        Line(priority=nothing, group=group, links=links) for group in organisation.groups[:1]
    )
