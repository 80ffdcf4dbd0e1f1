"""Whether those who are coached do more of what a priority asks than those who are not."""

from dataclasses import dataclass

import numpy as np

from headway.analysis.strategy import declared, groups, practised, recorded
from headway.facts import Facts
from headway.terms.period import Period

_FEWEST = 10
_CHANCE = 0.05


@dataclass(frozen=True, kw_only=True)
class Dose:
    """Sellers who practise, and how many there are: of those coached, and of the others.

    Over all sellers with enough eligible work; nobody is coached or not by lot, so that it supports
    and proves nothing.
    """

    coached: tuple[int, int]
    others: tuple[int, int]

    @property
    def is_clear(self) -> bool:
        """Whether ten or more stand on either side and chance gives as much in one of twenty.

        References:
            Fisher (1935), The logic of inductive inference, JRSS 98:39-82: exact test, one-sided.

        Examples:
            >>> Dose(coached=(17, 20), others=(4, 15)).is_clear
            True
            >>> Dose(coached=(12, 20), others=(8, 15)).is_clear
            False
        """
        from scipy.stats import fisher_exact  # noqa: PLC0415  heavy

        if min(self.coached[1], self.others[1]) < _FEWEST:
            return False
        table = np.array([[k, n - k] for k, n in (self.coached, self.others)])
        return float(fisher_exact(table, alternative="greater").pvalue) <= _CHANCE


def of(facts: Facts, priority_id: str, *, window: Period) -> Dose | None:
    """The dose of one priority over all sellers; None where either side is not on record."""
    priority = next(
        each
        for each in declared.priorities(facts, window=window)
        if each.priority_id == priority_id
    )
    organisation = groups.of(facts, window=window)
    coached = recorded.of(facts, organisation=organisation, window=window).coached
    practice = practised.of(facts, priority, window=window)
    widest = next((each for each in organisation.groups if each.role == "seller"), None)
    if coached is None or practice is None or widest is None:
        return None
    practising = practice.practising(priority, group=widest)
    if practising is None:
        return None
    able = practice.able(widest)
    with_coach = {who for who in able if (priority_id, who) in coached}
    return Dose(
        coached=(len(with_coach & practising), len(with_coach)),
        others=(len((able - with_coach) & practising), len(able - with_coach)),
    )
