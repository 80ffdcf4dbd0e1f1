"""Colleagues from whom somebody could learn a practice, by what the work of both shows.

It compares two people and puts nobody in an order: who is named beside whom is drawn by lot.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping

import numpy as np

from headway.analysis.methods.posterior import Beta, correlation_within
from headway.analysis.methods.proportion import normal_quantile
from headway.analysis.strategy.practised import Counts
from headway.terms.policy import Policy
from headway.terms.survey import LEAST_ANSWERS

MOST_NAMED = 30


def near(
    manager_of: Mapping[str, str], *, people: Collection[str]
) -> Mapping[str, Collection[str]]:
    """Colleagues of one another: who reports to one manager, or to managers of one leader.

    Args:
        manager_of: whom each person reports to.
        people: of one role.

    Returns:
        By the leader they have in common: the manager of their manager, where there is one.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for person in sorted(people):
        if person in manager_of:
            manager = manager_of[person]
            found[manager_of.get(manager, manager)].append(person)
    return found


def usual(counts: Counts, *, policy: Policy) -> Beta | None:
    """How the shares of people of one role lie, before one is looked at.

    Args:
        counts: of everybody of that role, eligible items (second) and how many show the behaviour.
        policy: how many items of somebody are enough to look at.

    Returns:
        None where fewer than five people have enough items, and where they differ no more than
        chance alone makes them: then nobody can be told from anybody.

    References:
        Casella (1985), The American Statistician 39:83-87: drawn towards what is usual by how
        alike people are, the one who stands out among many does so no more than they should. The
        weight is that of the beta-binomial with this correlation within people, 1 / r - 1 items.
    """
    known = [(k, n) for k, n in counts.values() if n >= policy.min_cases_for_rate]
    alike = correlation_within(known)
    k, n = sum(k for k, _ in known), sum(n for _, n in known)
    if len(known) < LEAST_ANSWERS or not 0 < alike < 1 or not 0 < k < n:
        return None
    weight = 1 / alike - 1
    return Beta(a=weight * k / n, b=weight * (1 - k / n))


def ahead(
    counts: Counts, *, among: Collection[str], usual: Beta, policy: Policy
) -> Mapping[str, frozenset[str]]:
    """Who surely shows the behaviour more often than somebody, by a tenth of their work or more.

    Args:
        counts: see `usual`.
        among: colleagues of one another.
        usual: how the shares of people of their role lie.
        policy: how much more is enough, and how sure it has to be.

    Returns:
        By person, where there is somebody. Empty where fewer than five of them have enough items.

    Examples:
        >>> told = {"a": (19, 20), **{name: (4, 20) for name in "bcdef"}}
        >>> found = ahead(
        ...     told, among=told, usual=Beta(a=2.0, b=4.0), policy=Policy(min_cases_for_rate=10)
        ... )
        >>> sorted(found), sorted(found["b"])
        (['b', 'c', 'd', 'e', 'f'], ['a'])
    """
    least = policy.min_cases_for_rate
    known = [each for each in sorted(among) if counts.get(each, (0, 0))[1] >= least]
    if len(known) < LEAST_ANSWERS:
        return {}
    k, n = np.array([counts[each] for each in known], dtype=float).T
    weight = usual.a + usual.b + n
    mean = (usual.a + k) / weight
    variance = mean * (1 - mean) / (weight + 1)
    # Of two shares that each rest on a dozen items and more the difference is as good as normal.
    sure = normal_quantile(policy.verdict_confidence)
    found = {}
    for place, person in enumerate(known):
        more = mean - mean[place] - policy.peer_margin
        is_ahead = more >= sure * np.sqrt(variance + variance[place])
        if is_ahead.any():
            found[person] = frozenset(known[each] for each in np.flatnonzero(is_ahead))
    return found


def by_lot(person: str, *, colleagues: Collection[str], priority: str) -> tuple[str, ...]:
    """At most thirty of them, in an order that follows from nothing but their ids.

    So that not everybody is sent to the same one, and nobody can read an order of merit from it.
    """

    def lot(colleague: str) -> str:
        return hashlib.sha256(f"{priority}\0{person}\0{colleague}".encode()).hexdigest()

    return tuple(sorted(colleagues, key=lot)[:MOST_NAMED])
