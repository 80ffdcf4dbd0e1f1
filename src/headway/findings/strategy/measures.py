"""Shares that are no link: promises kept, word and deed of leaders, and how much people decide."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from headway.analysis.methods.evidence import TooFew
from headway.analysis.methods.proportion import jeffreys
from headway.analysis.strategy import commitments, groups, persistence, promises, survey
from headway.analysis.strategy import window as windows
from headway.analysis.strategy.commitments import Promised
from headway.analysis.strategy.groups import Group, Organisation
from headway.analysis.strategy.persistence import Carried, Tally
from headway.analysis.strategy.promises import Due
from headway.analysis.strategy.survey import AUTONOMY, WORD_AND_DEED, Survey
from headway.facts import Facts
from headway.terms.coaching import Measure
from headway.terms.line import LinkVerdict
from headway.terms.period import Period
from headway.terms.policy import Policy


@dataclass(frozen=True, kw_only=True)
class _Kept:
    """What people keep at, read once for all groups; None where no commitment is recorded.

    `checks` and `carried` are by person.
    """

    promised: Sequence[Promised]
    checks: Mapping[str, Tally]
    carried: Mapping[str, Carried]
    last: date

    def owners(self, group: Group, *, priority: str | None = None) -> set[str]:
        """Who of a group promised something, for one priority or for anything."""
        return {
            row["owner_id"]
            for row, _events in self.promised
            if row["owner_id"] in group.members
            and (priority is None or row["subject_id"] == priority)
        }


def found(facts: Facts, *, policy: Policy) -> tuple[Measure, ...]:
    """Each measure of each group, by the last day of the facts.

    Args:
        facts: of one organisation.
        policy: the window, and the level of the ranges.

    Returns:
        `kept_on_time` and `silent_miss` of the commitments of the group's people that fell due in
        the window; `word_deed`, the share of answers that agree, averaged over the items that were
        asked, and `autonomy`. Beyond the exchange format: `checks_held` of those planned for a day
        in the window; `persistence`, one for each priority that somebody of the group promised
        something for, weeks with a record of thirteen; `dropped`, the share of what was promised
        that is dropped within 13 weeks; `overloaded`, people who serve more priorities at once than
        anybody can carry. No target is declared for any of them, so that none has a verdict but
        `blocked`: too few have answered for it to be told.
    """
    window = windows.of(facts, policy=policy)
    organisation = groups.of(facts, window=window)
    due = promises.of(facts, window=window)
    answers = survey.of(facts, window=window)
    kept = _kept(facts, window=window)
    made: list[Measure] = []
    for group in organisation.groups:
        made += _promised(due, group=group, policy=policy)
        made += _kept_at(kept, group=group, policy=policy)
        made += _answered(answers, group=group, organisation=organisation, policy=policy)
    return tuple(made)


def _promised(due: Iterable[Due] | None, *, group: Group, policy: Policy) -> Iterator[Measure]:
    own = [each for each in due or () if each.owner in group.members]
    asked: dict[str, Callable[[Due], bool | None]] = {
        "kept_on_time": lambda each: each.is_kept,
        "silent_miss": lambda each: each.is_silent,
    }
    for code, is_met in asked.items():
        known = [each for each in own if is_met(each) is not None]
        yield _measure(
            code,
            group=group,
            k=None if due is None else float(sum(bool(is_met(each)) for each in known)),
            n=None if due is None else len(known),
            people=len({each.owner for each in known}),
            policy=policy,
        )


def _kept(facts: Facts, *, window: Period) -> _Kept | None:
    if not facts.has("meant/commitment"):
        return None
    return _Kept(
        promised=tuple(commitments.of(facts, until=window.last)),
        checks=persistence.checks_held(facts, window=window),
        carried=persistence.carried(facts),
        last=window.last,
    )


def _kept_at(kept: _Kept | None, *, group: Group, policy: Policy) -> Iterator[Measure]:
    """Of the group's own people alone: what its head promised is no measure of it."""
    if kept is None:
        for code in ("checks_held", "dropped", "overloaded"):
            yield _measure(code, group=group, k=None, n=None, people=0, policy=policy)
        return
    yield _checks_held(kept, group=group, policy=policy)
    yield from _persistence(kept, group=group, policy=policy)
    yield _dropped(kept, group=group, policy=policy)
    yield _overloaded(kept, group=group, policy=policy)


def _checks_held(kept: _Kept, *, group: Group, policy: Policy) -> Measure:
    own = [each for owner, each in kept.checks.items() if owner in group.members]
    return _measure(
        "checks_held",
        group=group,
        k=float(sum(each.k for each in own)),
        n=sum(each.n for each in own),
        people=len(own),
        policy=policy,
    )


def _persistence(kept: _Kept, *, group: Group, policy: Policy) -> Iterator[Measure]:
    told = persistence.persistence(kept.promised, owners=group.members, until=kept.last)
    for priority, each in told.items():
        yield _measure(
            "persistence",
            group=group,
            subject=priority,
            k=float(each.k),
            n=each.n,
            people=len(kept.owners(group, priority=priority)),
            policy=policy,
        )


def _dropped(kept: _Kept, *, group: Group, policy: Policy) -> Measure:
    told = persistence.share_dropped(
        kept.promised, owners=group.members, last=kept.last, level=policy.interval_level
    )
    if isinstance(told, TooFew):
        return _measure("dropped", group=group, k=0.0, n=0, people=0, policy=policy)
    return Measure(
        code="dropped",
        group=group.name,
        subject=None,
        k=told.share.value * told.share.n,
        n=told.share.n,
        mean=told.share.value,
        low=told.share.low,
        high=told.share.high,
        verdict=None,
        people=len(kept.owners(group)),
    )


def _overloaded(kept: _Kept, *, group: Group, policy: Policy) -> Measure:
    served = [kept.carried[person].priorities for person in group.members & kept.carried.keys()]
    return _measure(
        "overloaded",
        group=group,
        k=float(sum(each > policy.most_priorities_at_once for each in served)),
        n=len(group.members),
        people=len(group.members),
        policy=policy,
    )


def _answered(
    answers: Survey, *, group: Group, organisation: Organisation, policy: Policy
) -> Iterator[Measure]:
    for code, items in (("word_deed", WORD_AND_DEED), ("autonomy", (AUTONOMY,))):
        told = [
            counted
            for item in items
            if (counted := answers.agreeing(item, group=group, organisation=organisation))
        ]
        shown = [(k, n) for k, n in told if n]
        is_blocked = bool(told) and not shown
        n = round(sum(n for _k, n in shown) / len(shown)) if shown else None
        # Answers of one person to several items are no cases of their own.
        share = sum(k for k, _n in shown) / sum(n for _k, n in shown) if shown else 0.0
        yield _measure(
            code,
            group=group,
            k=None if n is None else share * n,
            n=n,
            people=n or 0,
            policy=policy,
            verdict=LinkVerdict.BLOCKED if is_blocked else None,
        )


def _measure(
    code: str,
    *,
    group: Group,
    k: float | None,
    n: int | None,
    people: int,
    policy: Policy,
    verdict: LinkVerdict | None = None,
    subject: str | None = None,
) -> Measure:
    low, high = jeffreys(k, n, level=policy.interval_level) if k is not None and n else (None, None)
    return Measure(
        code=code,
        group=group.name,
        subject=subject,
        k=k,
        n=n,
        mean=k / n if k is not None and n else None,
        low=low,
        high=high,
        verdict=verdict,
        people=people,
    )
