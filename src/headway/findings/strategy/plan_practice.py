"""What the work of one person shows of their plan: at its start, and now. For its two alone."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from functools import cache

from headway.analysis.methods import proportion
from headway.analysis.strategy import declared, items
from headway.analysis.strategy import window as windows
from headway.analysis.strategy.items import Items
from headway.analysis.strategy.practised import Counts
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
    @cache
    def counts(priority: str, first: date, until: date) -> Counts:
        return work[priority].counts(first=first, end=until)

    @cache
    def last(priority: str) -> Mapping[str, date]:
        return work[priority].last_shown(end=end)

    def shown(plan: PlanAsked, *, first: date, until: date) -> Shown:
        k, n = counts(plan.priority, first, until).get(plan.person, (0, 0))
        if n < policy.min_cases_for_rate:
            return Shown(k=k, n=n)
        low, high = proportion.jeffreys(k, n, level=policy.interval_level)
        return Shown(k=k, n=n, low=low, high=high)

    for plan in sorted(asked, key=lambda one: one.plan_id):
        if plan.priority in work:
            began = plan.started_on
            yield PlanPractice(
                plan_id=plan.plan_id,
                start=shown(plan, first=began - _DAYS, until=began),
                now=shown(plan, first=max(began, end - _DAYS), until=end),
                last_on=last(plan.priority).get(plan.person),
            )
