"""The middle of a distribution."""

import numpy as np

from headway.analysis.methods import quantiles
from headway.analysis.methods.evidence import Range, TooFew


def test_the_interval_lies_between_two_ordered_values() -> None:
    # n = 20: P(Binomial(20, 1/2) <= 5) = .0207, <= 6 = .0577: the 6th and the 15th value.
    found = quantiles.median(np.arange(1.0, 21.0)[::-1], level=0.90, min_cases=10)
    assert found == Range(value=10.5, low=6.0, high=15.0, n=20)


def test_the_median_is_covered_at_least_as_often_as_promised() -> None:
    random = np.random.default_rng(2)
    hits = 0
    for _ in range(400):
        found = quantiles.median(random.exponential(size=25), level=0.90, min_cases=10)
        assert isinstance(found, Range)
        hits += found.low <= np.log(2) <= found.high
    # At least 90 %, standard error 1.5 %.
    assert hits >= 0.87 * 400


def test_few_people_have_no_middle() -> None:
    assert quantiles.median(np.ones(9), level=0.90, min_cases=10) == TooFew(seen=9, needed=10)
