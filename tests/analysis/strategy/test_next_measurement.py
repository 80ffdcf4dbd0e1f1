"""The next measurement is worked out again by going through every possible answer."""

from dataclasses import replace

import pytest
from scipy import stats

from headway.analysis.methods.posterior import ALONE, Beta
from headway.analysis.strategy import first_break, next_measurement, verdict
from headway.analysis.strategy.verdict import Counted
from headway.terms.line import Link, LinkState, LinkVerdict
from headway.terms.policy import DEFAULT

TARGETS = {Link.TOLD: 0.8, Link.CONNECTED: 0.7}
PRIORS = {Link.RECALLED: Beta(a=5, b=1), Link.UNDERSTOOD: Beta(a=3, b=3)}


def states(*measured: Counted) -> list[LinkState]:
    counted = {each.link: each for each in measured}
    return [
        verdict.declared(8, parts=8, is_usable=True),
        *(
            verdict.state(
                counted.get(link, Counted(link=link, target=TARGETS.get(link, 0.6))),
                prior=PRIORS.get(link, ALONE),
                policy=DEFAULT,
            )
            for link in list(Link)[1:]
        ),
    ]


def posteriors() -> dict[Link, Beta]:
    return {link: PRIORS.get(link, ALONE) for link in Link}


def expected(line: list[LinkState], link: Link, *, people: int) -> float:
    """Bits that the answers take away, going through each number of yes by itself."""
    prior = posteriors()[link]
    (one,) = [state for state in line if state.link is link]
    after = 0.0
    for yes in range(people + 1):
        chance = stats.betabinom(people, prior.a, prior.b).pmf(yes)
        p = prior.given(yes, people).at_most(one.target - 0.15)
        told = [replace(state, p_broken=p) if state.link is link else state for state in line]
        after += chance * first_break.distribution(told).entropy_bits
    return first_break.distribution(line).entropy_bits - after


def test_it_is_the_link_whose_answers_take_most_uncertainty_away() -> None:
    line = states(Counted(link=Link.TOLD, target=0.8, k=40, n=40, asked=40))
    found = next_measurement.best(line, posteriors=posteriors(), people=9, policy=DEFAULT)
    assert found is not None
    bits = {link: expected(line, link, people=9) for link in (*PRIORS, Link.CONNECTED)}
    assert found.link is max(bits, key=bits.__getitem__)
    assert found.entropy_bits == pytest.approx(bits[found.link])
    assert found.answer_count == 9
    assert found.minutes == 9 * next_measurement.MINUTES[found.link]


def test_what_is_known_or_recorded_by_itself_is_not_asked() -> None:
    line = [
        replace(state, verdict=LinkVerdict.HOLDING, p_broken=0.0)
        if state.link in next_measurement.MINUTES
        else state
        for state in states()
    ]
    assert next_measurement.best(line, posteriors=posteriors(), people=9, policy=DEFAULT) is None


def test_where_the_first_link_is_broken_nothing_behind_it_tells_more() -> None:
    line = [verdict.declared(7, parts=8, is_usable=False), *states()[1:]]
    assert next_measurement.best(line, posteriors=posteriors(), people=9, policy=DEFAULT) is None
