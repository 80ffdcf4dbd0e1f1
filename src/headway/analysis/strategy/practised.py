"""The link `practised`: whether it is done where it could be done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from headway.analysis.methods.posterior import (
    JEFFREYS,
    Beta,
    correlation_within,
    effective_cases,
    unusual_from,
)
from headway.analysis.strategy import items
from headway.analysis.strategy.declared import Priority
from headway.analysis.strategy.groups import Group
from headway.analysis.strategy.verdict import Counted, Work
from headway.facts import Facts
from headway.terms.line import Link, LinkReason
from headway.terms.period import Period

_FEWEST_ITEMS = 5
_FEWEST_PEOPLE = 5
# Independent eligible items of a group that are enough where too few people have enough of them.
_FEWEST_IN_ALL = 20
_UNUSUAL = 0.05
_BEFORE = timedelta(days=90)
# The end of the window, in which is seen whether those who began keep it up.
_LATE = timedelta(days=30)

Counts = Mapping[str, tuple[int, int]]
"""Per person how many eligible items (second) there are, and how many show the behaviour."""


@dataclass(frozen=True, kw_only=True)
class Practice:
    """The eligible work of everybody, in the window from the launch on and in 90 days before it.

    `early` is the part of the window before its last 30 days, from the launch on, and `late` those
    30 days. `correlation` is that of two items of one person, over everybody, and
    `correlation_before` the same before the launch.
    """

    since: Counts
    early: Counts
    late: Counts
    before: Counts
    correlation: float
    correlation_before: float

    def counted(self, priority: Priority, *, group: Group, window: Period) -> Counted:
        """Members who practise, of those with five eligible items or more since the launch.

        A person practises whose share of eligible items with the behaviour reaches the declared
        one, or who shows it in more of them than anybody would in twenty who goes on as the group
        did in the 90 days before the launch. Whoever shows it more than before, and yet in fewer
        than one in twenty would who does as declared, does not: 8 % is not 30 %.
        """
        since = _of(self.since, group.members)
        able = _able(since)
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
            reason=self._reason(priority, since=since, able=len(able), window=window),
            work=self._work(priority, since=since),
        )

    def practising(self, priority: Priority, *, group: Group) -> frozenset[str] | None:
        """Who practises; None where nothing says what practising would be."""
        return self._practising(self.since, priority, group=group)

    def kept(self, priority: Priority, *, group: Group) -> Counted | None:
        """Members who still practise, of those who practised before the last 30 days.

        Whoever has not five eligible items in the last 30 days can show neither. None where there
        are not five people of whom it can be said.
        """
        began = self._practising(self.early, priority, group=group)
        practising = self._practising(self.late, priority, group=group)
        if began is None or practising is None:
            return None
        able = began & _able(self.late)
        if len(able) < _FEWEST_PEOPLE:
            return None
        return Counted(
            link=Link.COACHED,
            target=priority.kept_target,
            k=len(able & practising),
            n=len(able),
            asked=len(group.members),
            is_kept=True,
        )

    def _practising(
        self, counts: Counts, priority: Priority, *, group: Group
    ) -> frozenset[str] | None:
        usual = self._usual(group)
        level = priority.depth_target
        if usual is None and level is None:
            return None
        able = {
            who: (k, n) for who, (k, n) in _of(counts, group.members).items() if n >= _FEWEST_ITEMS
        }
        sizes = {n for _, n in able.values()}
        least = {} if usual is None else unusual_from(usual, sizes, chance=_UNUSUAL)
        return frozenset(
            who
            for who, (k, n) in able.items()
            if (k >= least.get(n, n + 1) and _may_reach(level, k=k, n=n))
            or (level is not None and k / n >= level)
        )

    def _usual(self, group: Group) -> Beta | None:
        """The shares of people who go on as before; None where nothing could lie above them.

        As far apart as everybody's shares were before: a seller's few items scatter by chance, and
        sellers differ.
        """
        before = _of(self.before, group.members)
        k, n = (sum(each) for each in zip(*before.values(), strict=True)) if before else (0, 0)
        if k >= n:
            return None
        found = JEFFREYS.given(k, n)
        alike = self.correlation_before
        return found if alike <= 0 else found.at_most_worth(max(1 / alike - 1, 1.0))

    def able(self, group: Group) -> frozenset[str]:
        """Members with enough eligible work to be looked at."""
        return _able(_of(self.since, group.members))

    def _reason(
        self, priority: Priority, *, since: Counts, able: int, window: Period
    ) -> LinkReason | None:
        if (window.last - priority.launched_on).days < priority.grace_days:
            return LinkReason.TOO_EARLY
        sizes = [n for _, n in since.values()]
        cases = effective_cases(sizes, correlation=self.correlation)
        is_enough = able >= _FEWEST_PEOPLE or cases >= _FEWEST_IN_ALL
        return None if able and is_enough else LinkReason.TOO_FEW

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
    first, turn = max(window.first, launch), window.end - _LATE
    since = found.counts(first=first, end=window.end)
    before = found.counts(first=launch - _BEFORE, end=launch)
    return Practice(
        since=since,
        early=found.counts(first=first, end=turn),
        late=found.counts(first=max(first, turn), end=window.end),
        before=before,
        correlation=correlation_within(list(since.values())),
        correlation_before=correlation_within(list(before.values())),
    )


def unmeasured(priority: Priority, *, group: Group) -> Counted:
    """The link without a number."""
    target, asked = priority.targets[Link.PRACTISED], len(group.members)
    return Counted(link=Link.PRACTISED, target=target, asked=asked)


def _of(counts: Counts, people: Iterable[str]) -> Counts:
    return {person: counts[person] for person in sorted(people) if person in counts}


def _may_reach(level: float | None, *, k: int, n: int) -> bool:
    """Whether so few are not unusual for somebody who does as declared."""
    from scipy.special import bdtr  # noqa: PLC0415  heavy

    return level is None or bool(bdtr(k, n, level) >= _UNUSUAL)


def _able(counts: Counts) -> frozenset[str]:
    return frozenset(who for who, (_, n) in counts.items() if n >= _FEWEST_ITEMS)
