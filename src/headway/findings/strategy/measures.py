"""Shares that are no link: promises kept, word and deed of leaders, and how much people decide."""

from collections.abc import Callable, Iterable, Iterator

from headway.analysis.methods.proportion import jeffreys
from headway.analysis.strategy import groups, promises, survey
from headway.analysis.strategy import window as windows
from headway.analysis.strategy.groups import Group, Organisation
from headway.analysis.strategy.promises import Due
from headway.analysis.strategy.survey import AUTONOMY, WORD_AND_DEED, Survey
from headway.facts import Facts
from headway.terms.coaching import Measure
from headway.terms.line import LinkVerdict
from headway.terms.policy import Policy


def found(facts: Facts, *, policy: Policy) -> tuple[Measure, ...]:
    """Each measure of each group, by the last day of the facts.

    Args:
        facts: of one organisation.
        policy: the window, and the level of the ranges.

    Returns:
        `kept_on_time` and `silent_miss` of the commitments of the group's people that fell due in
        the window; `word_deed`, the share of answers that agree, averaged over the items that were
        asked, and `autonomy`. No target is declared for any of them, so that none has a verdict but
        `blocked`: too few have answered for it to be told.
    """
    window = windows.of(facts, policy=policy)
    organisation = groups.of(facts, window=window)
    due = promises.of(facts, window=window)
    answers = survey.of(facts, window=window)
    made: list[Measure] = []
    for group in organisation.groups:
        made += _promised(due, group=group, policy=policy)
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
) -> Measure:
    low, high = jeffreys(k, n, level=policy.interval_level) if k is not None and n else (None, None)
    return Measure(
        code=code,
        group=group.name,
        subject=None,
        k=k,
        n=n,
        mean=k / n if k is not None and n else None,
        low=low,
        high=high,
        verdict=verdict,
        people=people,
    )
