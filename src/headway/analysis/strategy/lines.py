"""Every link of every priority in every group, counted with the same few queries for all."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from headway.analysis.strategy import declared, groups, logged, moved, practised, recorded, survey
from headway.analysis.strategy.declared import Priority
from headway.analysis.strategy.groups import Group, Organisation
from headway.analysis.strategy.logged import Logged
from headway.analysis.strategy.moved import Results
from headway.analysis.strategy.practised import Practice
from headway.analysis.strategy.recorded import Records
from headway.analysis.strategy.survey import Survey
from headway.analysis.strategy.verdict import Counted
from headway.facts import Facts
from headway.terms.line import Link
from headway.terms.period import Period


@dataclass(frozen=True, kw_only=True)
class Line:
    """One priority in one group: the links behind the first, in order, as counted."""

    priority: Priority
    group: Group
    links: tuple[Counted, ...]


@dataclass(frozen=True, kw_only=True)
class _Known:
    """What the links are counted from; `practice` and `results` by priority.

    `others` are, by priority and role, those with whom people who practise are compared.
    """

    window: Period
    organisation: Organisation
    records: Records
    answers: Survey
    logged: Logged
    practice: Mapping[str, Practice | None]
    results: Mapping[str, Results]
    others: Mapping[tuple[str, str], npt.NDArray[np.bool_]]


def of(facts: Facts, *, window: Period) -> tuple[Line, ...]:
    """All lines, priority by priority, the widest group of each role first.

    The work of each priority is read once, however many groups there are.
    """
    priorities = declared.priorities(facts, window=window)
    organisation = groups.of(facts, window=window)
    if not priorities:
        return _undeclared(organisation, window=window)
    practice = {one.priority_id: practised.of(facts, one, window=window) for one in priorities}
    results = {
        one.priority_id: moved.of(
            facts,
            one,
            practice=practice[one.priority_id],
            organisation=organisation,
            window=window,
        )
        for one in priorities
    }
    # The widest group of a role stands first.
    everybody = {group.role: group for group in reversed(organisation.groups)}
    known = _Known(
        window=window,
        organisation=organisation,
        records=recorded.of(facts, organisation=organisation, window=window),
        answers=survey.of(facts, window=window),
        logged=logged.of(facts, widest=everybody.values(), window=window),
        practice=practice,
        results=results,
        others={
            (one.priority_id, role): results[one.priority_id].others(one, everybody=widest)
            for one in priorities
            for role, widest in everybody.items()
        },
    )
    return tuple(
        Line(priority=priority, group=group, links=_links(known, priority, group=group))
        for priority in priorities
        for group in organisation.groups
    )


def _links(known: _Known, priority: Priority, *, group: Group) -> tuple[Counted, ...]:
    """The links behind the first, in the order of the line."""
    records, answers, among = known.records, known.answers, known.organisation
    practice = known.practice[priority.priority_id]
    if not known.logged.is_enough(priority, group=group):
        practice = None
    results = known.results[priority.priority_id]
    return (
        records.counted(Link.TOLD, priority=priority, group=group),
        answers.counted(Link.RECALLED, priority=priority, group=group, organisation=among),
        answers.counted(Link.UNDERSTOOD, priority=priority, group=group, organisation=among),
        records.counted(Link.CONNECTED, priority=priority, group=group),
        _led(
            records.counted(Link.LED, priority=priority, group=group),
            said=answers.led(priority=priority, group=group, organisation=among),
        ),
        practised.unmeasured(priority, group=group)
        if practice is None
        else practice.counted(priority, group=group, window=known.window),
        replace(
            records.counted(Link.COACHED, priority=priority, group=group),
            kept=None if practice is None else practice.kept(priority, group=group),
        ),
        results.counted(
            priority, group=group, others=known.others[priority.priority_id, group.role]
        ),
    )


def _led(own: Counted, *, said: Counted) -> Counted:
    """What leaders did before they asked; where too little is on record, what those led say."""
    if own.k is not None and own.reason is None:
        return own
    is_told = said.k is not None or (own.k is None and said.reason is not None)
    return said if is_told else own


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
