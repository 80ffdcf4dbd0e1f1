"""What the work of one person shows of their plan: at its start, and now. For its two alone."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta

from headway.analysis.methods import proportion
from headway.analysis.strategy import declared, items
from headway.analysis.strategy import window as windows
from headway.analysis.strategy.items import Items
from headway.facts import Facts
from headway.terms.plan_practice import PlanAsked, PlanPractice, Shown
from headway.terms.policy import Policy

_DAYS = timedelta(days=90)
_DAY = timedelta(days=1)


def found(
    facts: Facts, *, asked: Collection[PlanAsked], policy: Policy
) -> tuple[PlanPractice, ...]:
    """The eligible work of each plan's person, before the plan began and since.

    Args:
        facts: of one organisation.
        asked: the plans.
        policy: how many items are enough to show a share of, and how wide its range is.

    Returns:
        One for each plan on a priority in force whose practice can be measured, in the order of
        their ids. Shares have Jeffreys intervals.
    """
    window = windows.of(facts, policy=policy)
    work: dict[str, Items] = {}
    for priority in declared.priorities(facts, window=window):
        if priority.eligibility is None or priority.behaviour is None:
            continue
        of = items.of(facts, eligibility=priority.eligibility, behaviour=priority.behaviour)
        if of is not None:
            work[priority.priority_id] = of
    return tuple(_told(asked, work=work, end=facts.as_of + _DAY, policy=policy))


def _told(
    asked: Collection[PlanAsked], *, work: Mapping[str, Items], end: date, policy: Policy
) -> Iterator[PlanPractice]:
    for each in sorted(asked, key=lambda one: one.plan_id):
        if each.priority in work:
            own = work[each.priority].of_people({each.person})
            began = each.started_on
            yield PlanPractice(
                plan_id=each.plan_id,
                start=_shown(own, first=began - _DAYS, end=began, policy=policy),
                now=_shown(own, first=max(began, end - _DAYS), end=end, policy=policy),
            )


def _shown(own: Items, *, first: date, end: date, policy: Policy) -> Shown:
    k, n = next(iter(own.counts(first=first, end=end).values()), (0, 0))
    if n < policy.min_cases_for_rate:
        return Shown(k=k, n=n)
    low, high = proportion.jeffreys(k, n, level=policy.interval_level)
    return Shown(k=k, n=n, low=low, high=high)
