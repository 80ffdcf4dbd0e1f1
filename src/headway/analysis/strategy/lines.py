"""Every link of every priority in every group, counted with the same few queries for all."""

from dataclasses import dataclass

from headway.analysis.strategy import declared, groups, recorded, survey
from headway.analysis.strategy.declared import Priority
from headway.analysis.strategy.groups import Group
from headway.analysis.strategy.verdict import Counted
from headway.facts import Facts
from headway.terms.line import Link, LinkReason
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

    Practice and its effect on results are not counted here: they stand as not measured.
    """
    priorities = declared.priorities(facts, window=window)
    if not priorities:
        return ()
    organisation = groups.of(facts, window=window)
    records = recorded.of(facts, organisation=organisation, window=window)
    answers = survey.of(facts, window=window)

    def counted(link: Link, priority: Priority, group: Group) -> Counted:
        if link in RECORDED:
            return records.counted(link, priority=priority, group=group)
        if link in SURVEYED:
            return answers.counted(link, priority=priority, group=group, organisation=organisation)
        return Counted(link=link, target=priority.targets[link], reason=LinkReason.NOT_MEASURED)

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
