"""A link held against its baseline: what was predicted, and what happened."""

from dataclasses import replace

import pytest
from tests.worked_line import CHAIN, measured, state

from headway.findings.strategy import remeasured
from headway.terms.line import Chain, Link, LinkReason, LinkVerdict
from headway.terms.remeasured import Done, Measured, Moved, Remeasured

BEFORE = Measured(n=9, mean=0.3, low=0.1, high=0.5)


def chain(**figures: float) -> Chain:
    links = list(CHAIN.links)
    links[list(Link).index(Link.TOLD)] = measured(Link.TOLD, 8, 9, LinkVerdict.HOLDING, **figures)
    return replace(CHAIN, links=tuple(links))


def outcome(predicted: float = 0.8, *, is_compared: bool = False, **figures: float) -> Remeasured:
    found = remeasured.of(
        BEFORE, chain(**figures), link=Link.TOLD, predicted=predicted, is_compared=is_compared
    )
    assert found is not None
    return found


def test_a_rise_that_no_chance_explains_is_one() -> None:
    found = outcome(mean=0.8, low=0.65, high=0.95)
    # 0.5 apart; the ends lie sqrt(0.15^2 + 0.2^2) = 0.25 from it, on both sides.
    assert (found.change, found.low, found.high) == pytest.approx((0.5, 0.25, 0.75))
    assert (found.moved, found.is_in_range, found.is_compared) == (Moved.UP, True, False)


def test_a_rise_within_the_ranges_may_be_chance() -> None:
    found = outcome(mean=0.5, low=0.3, high=0.7)
    # 0.2 apart; the lower end lies sqrt(0.2^2 + 0.2^2) = 0.283 below it.
    assert found.low == pytest.approx(0.2 - 0.2828, abs=1e-4)
    assert (found.moved, found.is_in_range) == (Moved.CANNOT_TELL, False)


def test_a_fall_is_told_too() -> None:
    assert outcome(mean=0.01, low=0.0, high=0.02).moved is Moved.DOWN


def test_what_is_not_measured_on_the_day_has_no_outcome() -> None:
    whole = chain()
    links = tuple(state(each.link, reason=LinkReason.NOT_MEASURED) for each in whole.links)
    now = replace(whole, links=links)
    found = remeasured.of(BEFORE, now, link=Link.TOLD, predicted=0.8, is_compared=False)
    assert (found, remeasured.measured(now.at(Link.TOLD))) == (None, None)


def done(owner: str, *, is_done: bool = True, is_measured: bool = True) -> Done:
    made = outcome(mean=0.8, low=0.65, high=0.95) if is_measured else None
    return Done(owner=owner, is_done=is_done, outcome=made)


def test_a_remedy_of_fewer_than_five_people_is_not_told() -> None:
    assert remeasured.together([done("a"), *map(done, "abcd")], least=5) is None


def test_outcomes_of_fewer_than_five_people_are_not_told_either() -> None:
    four = [*map(done, "abcd"), done("e", is_done=False, is_measured=False)]
    found = remeasured.together(four, least=5)
    assert found is not None
    assert (found.made, found.done) == (5, 4)
    assert (found.measured, found.rose, found.predicted, found.happened) == (None,) * 4


def test_what_was_predicted_stands_beside_what_happened() -> None:
    found = remeasured.together([*map(done, "abcde")], least=5)
    assert found is not None
    assert (found.measured, found.rose, found.compared) == (5, 5, 0)
    # From 30 %: predicted 80 %, measured 80 %.
    assert (found.predicted, found.happened) == pytest.approx((0.5, 0.5))
