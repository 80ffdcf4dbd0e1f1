"""The link `practised`: whether it is done where it could be done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from headway.analysis.methods import proportion
from headway.analysis.methods.posterior import correlation_within
from headway.analysis.strategy import items
from headway.analysis.strategy.declared import Priority
from headway.analysis.strategy.groups import Group
from headway.analysis.strategy.verdict import Counted, Work
from headway.facts import Facts
from headway.terms.line import Link, LinkReason
from headway.terms.period import Period

_FEWEST_ITEMS = 5
_FEWEST_PEOPLE = 5
# Eligible items of a group that are enough where too few people have enough of them.
_FEWEST_IN_ALL = 20
_LEVEL = 0.90
_BEFORE = timedelta(days=90)

Counts = Mapping[str, tuple[int, int]]
"""Per person how many eligible items (second) there are, and how many show the behaviour."""


@dataclass(frozen=True, kw_only=True)
class Practice:
    """The eligible work of everybody, in the window from the launch on and in 90 days before it.

    `correlation` is that of two items of one person, over everybody.
    """

    since: Counts
    before: Counts
    correlation: float

    def counted(self, priority: Priority, *, group: Group, window: Period) -> Counted:
        """Members who practise, of those with five eligible items or more since the launch.

        A person practises whose share of eligible items with the behaviour reaches the declared
        one, or lies above the upper end of what the group did in the 90 days before the launch.
        """
        since = _of(self.since, group.members)
        able = {who: counts for who, counts in since.items() if counts[1] >= _FEWEST_ITEMS}
        practising = self.practising(priority, group=group)
        made = unmeasured(priority, group=group)
        if practising is None:
            return made
        return Counted(
            link=Link.PRACTISED,
            target=made.target,
            k=len(practising),
            n=len(able),
            asked=made.asked,
            reason=_reason(priority, since=since, able=len(able), window=window),
            work=self._work(priority, since=since),
        )

    def practising(self, priority: Priority, *, group: Group) -> frozenset[str] | None:
        """Who practises; None where nothing says what practising would be."""
        bound = _bound(_of(self.before, group.members))
        level = priority.depth_target
        if bound is None and level is None:
            return None
        return frozenset(
            who
            for who, (k, n) in _of(self.since, group.members).items()
            if n >= _FEWEST_ITEMS
            and ((bound is not None and k / n > bound) or (level is not None and k / n >= level))
        )

    def able(self, group: Group) -> frozenset[str]:
        """Members with enough eligible work to be looked at."""
        since = _of(self.since, group.members)
        return frozenset(who for who, (_, n) in since.items() if n >= _FEWEST_ITEMS)

    def _work(self, priority: Priority, *, since: Counts) -> Work | None:
        if not since or priority.depth_target is None:
            return None
        return Work(
            k=sum(k for k, _ in since.values()),
            sizes=tuple(n for _, n in since.values()),
            correlation=self.correlation,
            target=priority.depth_target,
        )


def of(facts: Facts, priority: Priority, *, window: Period) -> Practice | None:
    """The eligible work of a priority; None where practice cannot be measured."""
    if priority.eligibility is None or priority.behaviour is None:
        return None
    found = items.of(facts, eligibility=priority.eligibility, behaviour=priority.behaviour)
    if found is None:
        return None
    launch = priority.launched_on
    since = found.counts(first=max(window.first, launch), end=window.end)
    return Practice(
        since=since,
        before=found.counts(first=launch - _BEFORE, end=launch),
        correlation=correlation_within(list(since.values())),
    )


def unmeasured(priority: Priority, *, group: Group) -> Counted:
    """The link without a number."""
    target, asked = priority.targets[Link.PRACTISED], len(group.members)
    return Counted(link=Link.PRACTISED, target=target, asked=asked)


def _of(counts: Counts, people: Iterable[str]) -> Counts:
    return {person: counts[person] for person in sorted(people) if person in counts}


def _bound(before: Counts) -> float | None:
    n = sum(n for _, n in before.values())
    if not n:
        return None
    return proportion.jeffreys(sum(k for k, _ in before.values()), n, level=_LEVEL)[1]


def _reason(priority: Priority, *, since: Counts, able: int, window: Period) -> LinkReason | None:
    if (window.last - priority.launched_on).days < priority.grace_days:
        return LinkReason.TOO_EARLY
    is_enough = able >= _FEWEST_PEOPLE or sum(n for _, n in since.values()) >= _FEWEST_IN_ALL
    return None if able and is_enough else LinkReason.TOO_FEW
