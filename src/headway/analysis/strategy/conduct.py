"""How often the people of a place do what was declared, judged person by person.

A place is all of its people and no sample of them: that they differ is known and no chance. Chance
lies in the items of each, and these hang together: a hundred items of five people say less than a
hundred of fifty. What buyers answer to several people is a sample; see `answered`.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from headway.analysis.methods import posterior, proportion
from headway.analysis.methods.evidence import Range
from headway.analysis.methods.posterior import CONCENTRATION, JEFFREYS, Beta
from headway.terms.pattern import PatternVerdict
from headway.terms.policy import Policy

Floats = npt.NDArray[np.float64]

HABIT = 0.05
"""How alike the items of one person are beyond that person's own share: what one works on comes in
bursts. The correlation within sellers by which clustered sales are usually reckoned."""
_TAIL = 0.90
_DRAWS = 1_000
_LEAST_MARGIN, _MARGIN_SHARE = 0.05, 0.25


@dataclass(frozen=True, kw_only=True)
class Conduct:
    """`k` of `n` items show the conduct; `people` have items, and n is worth `cases` of them.

    `without_one` is the greatest share that is left when one person is left out, 1 where nobody is.
    """

    k: float
    n: float
    people: int
    cases: float
    without_one: float

    @property
    def share(self) -> float:
        """The share k of n, 0..1; 0 where there is no item."""
        return self.k / self.n if self.n else 0.0

    def shortfall(self, target: float, *, level: float) -> Range:
        """How far the share falls short of a target 0..1, with the ends of its interval.

        Raises:
            ValueError: there is no item.
        """
        if not self.n:
            raise ValueError("No item, so no share: ask for at least one before.")
        low, high = proportion.jeffreys(self.share * self.cases, self.cases, level=level)
        return Range(
            value=target - self.share, low=target - high, high=target - low, n=round(self.n)
        )

    def p_short(self, target: float, *, margin: float) -> float:
        """The probability that the share is at the target less the margin, or below.

        A place starts from doing what was declared, with the weight of six cases.
        """
        return (
            _starting_at(target).given(self.share * self.cases, self.cases).at_most(target - margin)
        )

    def p_as_declared(self, target: float) -> float:
        """The probability that the share is above the target; see `p_short`."""
        return 1 - self.p_short(target, margin=0.0)

    def verdict(self, target: float, *, margin: float, policy: Policy) -> PatternVerdict:
        """Present where it is probably short, and would be without any one of its people."""
        found = verdict_of(self.p_short(target, margin=margin), policy=policy)
        if found is PatternVerdict.PRESENT and self.without_one > target - margin:
            return PatternVerdict.CANNOT_TELL
        return found


def of(k: Floats, n: Floats, *, pieces: Floats | None = None) -> Conduct:
    """The conduct of all people of a place together.

    Args:
        k: items that show it, one entry per person.
        n: items, one entry per person; those without items do not count.
        pieces: of how many pieces of work the items of each person are steps, such as calls to one
            account; None where each is a piece of its own.

    Returns:
        The pooled share with the cases it is worth: its pieces over the design effect of `HABIT`,
        as all people are there, and of a share of two stages only the second is left to chance. Or
        what it would be worth if they stood for any people (see `answered`), with that effect on
        its items at least, where that is more: then they are so much alike that little hangs
        together.

    References:
        Kish (1965), Survey Sampling, section 8.2, for the design effect; Cochran (1977), Sampling
        Techniques, section 11.3: where all clusters are taken, only what varies in them counts.

    Examples:
        >>> apart = of(np.array([6.0, 0.0] * 10), np.array([10.0] * 20))
        >>> apart.share, round(apart.cases)
        (0.3, 138)
    """
    sizes = (n if pieces is None else pieces)[n > 0]
    k, n = _with_items(k, n)
    total, shown = float(n.sum()), float(k.sum())
    left = total - n > 0
    within, at_most = (
        posterior.effective_cases([round(each) for each in listed], correlation=HABIT)
        for listed in (sizes, n)
    )
    return Conduct(
        k=shown,
        n=total,
        people=len(n),
        cases=max(within, _between(k, n, at_most=at_most)),
        without_one=float(((shown - k)[left] / (total - n)[left]).max(initial=0.0))
        if left.any()
        else 1.0,
    )


def answered(k: Floats, n: Floats) -> Conduct:
    """What buyers answered to several people, who stand for any.

    Args:
        k: answers of the kind that is asked for, one entry per person.
        n: answers, one entry per person; those without any do not count.

    Returns:
        The pooled share with the cases it is worth: n over the design effect, which is the
        variance of the pooled share between people over that of independent answers. Few people
        tell their own spread badly: the cases are cut as the t distribution widens an interval.

    References:
        Cochran (1977), Sampling Techniques, section 9.4, for the ratio of cluster totals; the cut
        for few people is own.

    Examples:
        >>> alike = answered(np.array([3.0] * 20), np.array([10.0] * 20))
        >>> apart = answered(np.array([6.0, 0.0] * 10), np.array([10.0] * 20))
        >>> alike.share, apart.share, round(alike.cases), round(apart.cases)
        (0.3, 0.3, 186, 41)
    """
    found = of(k, n)
    return replace(found, cases=_between(*_with_items(k, n), at_most=found.n))


def _between(k: Floats, n: Floats, *, at_most: float) -> float:
    """The cases that items are worth by their spread between people."""
    people, total = len(n), float(n.sum())
    if people < 2:  # noqa: PLR2004  one person has no spread
        return at_most if people else 0.0
    share = float(k.sum()) / total
    between = people / (people - 1) * float(((k - share * n) ** 2).sum())
    alone = share * (1 - share) * total
    cases = total * alone / between if between > alone else total
    return min(cases, at_most) * _known_spread(people)


def _with_items(k: Floats, n: Floats) -> tuple[Floats, Floats]:
    has = n > 0
    return k[has].astype(float), n[has].astype(float)


def pieces_of(sums: Floats, squares: Floats) -> Floats:
    """How many pieces of equal size the items of each person are worth; 0 where there are none.

    Args:
        sums: items, one entry per person.
        squares: the squares of how many items each piece of that person has, summed.

    References:
        Kish (1965), Survey Sampling, section 11.7, on unequal weights.

    Examples:
        >>> pieces_of(np.array([6.0, 6.0]), np.array([12.0, 18.0]))
        array([3., 2.])
    """
    found: Floats = np.where(sums > 0, sums**2 / np.where(sums > 0, squares, 1.0), 0.0)
    return found


def margin_of(target: float) -> float:
    """How far below its target conduct may be and still be called there: a quarter, or .05.

    >>> margin_of(0.1), margin_of(0.4)
    (0.05, 0.1)
    """
    return max(_LEAST_MARGIN, _MARGIN_SHARE * target)


def verdict_of(p_short: float, *, policy: Policy) -> PatternVerdict:
    """Present where the conduct is probably short, absent where it surely is not.

    Short is named at the probability at which a first break is: of all that is called present
    together, only few may be wrong, so that a doubtful one is told beside sure ones alone.
    """
    if p_short >= policy.naming_probability:
        return PatternVerdict.PRESENT
    is_absent = 1 - p_short >= policy.verdict_confidence
    return PatternVerdict.ABSENT if is_absent else PatternVerdict.CANNOT_TELL


def p_lower(one: Conduct, other: Conduct, *, times: float, draws: int, seed: int) -> float:
    """The probability that one share is at most so many times the other.

    The one starts from the other's share with the weight of six cases: few cases show no
    difference.
    """
    random = np.random.default_rng(seed)
    beside = JEFFREYS.given(other.share * other.cases, other.cases)
    alone = _starting_at(other.share).given(one.share * one.cases, one.cases)
    first = random.beta(alone.a, alone.b, size=draws)
    return float((first <= times * random.beta(beside.a, beside.b, size=draws)).mean())


def p_fell(before: Conduct, after: Conduct, *, least: float, seed: int) -> float:
    """The probability that the share fell by more than so much, a difference of shares.

    Examples:
        >>> ten = np.full(20, 10.0)
        >>> p_fell(of(0.8 * ten, ten), of(0.2 * ten, ten), least=0.05, seed=1)
        1.0
        >>> p_fell(of(0.2 * ten, ten), of(0.2 * ten, ten), least=0.05, seed=1) < 0.2
        True
    """
    random = np.random.default_rng(seed)
    known = [JEFFREYS.given(each.share * each.cases, each.cases) for each in (before, after)]
    then, now = (random.beta(each.a, each.b, size=_DRAWS) for each in known)
    return float((then - now > least).mean())


def _starting_at(target: float) -> Beta:
    # A target of nothing or of everything still leaves something to be learnt.
    mean = min(max(target, 0.01), 0.99)
    return Beta(a=CONCENTRATION * mean, b=CONCENTRATION * (1 - mean))


def _known_spread(people: int) -> float:
    from scipy.special import stdtrit  # noqa: PLC0415  heavy

    normal = proportion.normal_quantile(_TAIL)
    return float((normal / stdtrit(people - 1, _TAIL)) ** 2)
