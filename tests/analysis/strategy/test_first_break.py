"""The first break, against a chain worked out by hand and by properties."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.analysis.methods.posterior import Beta
from headway.analysis.strategy import first_break, verdict
from headway.analysis.strategy.verdict import Counted
from headway.terms.line import BreakKind, Effect, Link, LinkReason, LinkState, LinkVerdict
from headway.terms.policy import DEFAULT

# Nine sellers of whom eight answered: link, k, n, the organisation's mean, target; and what is
# known of it to the printed digit: mean, interval, P(broken), P(at target), q.
WORKED = (
    (Link.TOLD, 8, 9, 0.85, 0.80, 0.873, 0.713, 0.977, 0.017, 0.823, 0.017),
    (Link.RECALLED, 6, 8, 0.60, 0.60, 0.686, 0.473, 0.867, 0.035, 0.765, 0.034),
    (Link.UNDERSTOOD, 1, 8, 0.45, 0.60, 0.264, 0.098, 0.470, 0.933, 0.005, 0.885),
    (Link.CONNECTED, 7, 9, 0.65, 0.70, 0.727, 0.527, 0.891, 0.071, 0.622, 0.005),
    (Link.LED, 4, 5, 0.60, 0.60, 0.691, 0.452, 0.889, 0.049, 0.756, 0.003),
    (Link.PRACTISED, 2, 9, 0.40, 0.60, 0.293, 0.123, 0.496, 0.903, 0.007, 0.051),
    (Link.COACHED, 3, 9, 0.50, 0.60, 0.400, 0.206, 0.610, 0.663, 0.058, 0.004),
)
DIGIT = 0.00051


def prior(mean: float) -> Beta:
    return Beta(a=6 * mean, b=6 * (1 - mean))


def worked(*, unmeasured: Link | None = None) -> list[LinkState]:
    states = [verdict.declared(8, parts=8, is_usable=True)]
    for link, k, n, mean, target, *_ in WORKED:
        counted = Counted(link=link, target=target, k=k, n=n)
        if link is unmeasured:
            counted = Counted(link=link, target=target)
        states.append(verdict.state(counted, prior=prior(mean), policy=DEFAULT))
    moved = Counted(link=Link.MOVED, target=0.0, reason=LinkReason.TOO_EARLY)
    return [*states, verdict.state(moved, prior=prior(0.5), policy=DEFAULT)]


@pytest.mark.parametrize("row", WORKED, ids=lambda row: row[0].value)
def test_each_link_of_the_worked_chain(row: tuple) -> None:
    link, *_, mean, low, high, p_broken, p_holding, q = row
    states = worked()
    (state,) = [each for each in states if each.link is link]
    assert state.mean == pytest.approx(mean, abs=DIGIT)
    assert (state.low, state.high) == pytest.approx((low, high), abs=DIGIT)
    assert state.p_broken == pytest.approx(p_broken, abs=DIGIT)
    assert state.p_holding == pytest.approx(p_holding, abs=DIGIT)
    # The worked figures multiply rounded ones: .0045 stands there as .005.
    assert first_break.distribution(states).q[link] == pytest.approx(q, abs=2 * DIGIT)


def test_the_worked_chain_breaks_at_understanding() -> None:
    states = worked()
    broken = [state.link for state in states if state.verdict is LinkVerdict.BROKEN]
    assert broken == [Link.UNDERSTOOD, Link.PRACTISED]
    found = first_break.named(states, policy=DEFAULT)
    assert (found.kind, found.links) == (BreakKind.NAMED, (Link.UNDERSTOOD,))
    assert found.probability == pytest.approx(0.885, abs=DIGIT)
    assert first_break.distribution(states).q_none == pytest.approx(0.002, abs=DIGIT)


def test_without_understanding_measured_only_a_first_measured_break_is_claimed() -> None:
    states = worked(unmeasured=Link.UNDERSTOOD)
    q = first_break.distribution(states)
    wanted = {
        Link.UNDERSTOOD: 0.485,
        Link.PRACTISED: 0.370,
        Link.RECALLED: 0.034,
        Link.CONNECTED: 0.033,
        Link.COACHED: 0.026,
        Link.LED: 0.021,
        Link.TOLD: 0.017,
    }
    for link, share in wanted.items():
        assert q.q[link] == pytest.approx(share, abs=DIGIT), link
    assert q.q_none == pytest.approx(0.013, abs=DIGIT)
    found = first_break.named(states, policy=DEFAULT)
    assert (found.kind, found.links) == (BreakKind.FIRST_MEASURED, (Link.PRACTISED,))


WHOLE = tuple(worked())


def chain(*p_broken: float) -> list[LinkState]:
    """A whole line, moved measured, with these probabilities that each link is broken."""
    effect = Effect(estimate=0.0, low=0.0, high=0.0, unit="share")
    made = [
        replace(state, p_broken=p, verdict=LinkVerdict.UNKNOWN, reason=None)
        for state, p in zip(WHOLE, p_broken, strict=True)
    ]
    return [*made[:-1], replace(made[-1], effect=effect)]


SHARES = st.tuples(*[st.floats(0, 1) for _ in Link])


@given(SHARES)
def test_it_sums_to_one(shares: tuple[float, ...]) -> None:
    found = first_break.distribution(chain(*shares))
    assert math.fsum((*found.q.values(), found.q_none)) == pytest.approx(1)


@given(SHARES)
def test_an_undeclared_priority_is_the_first_break(shares: tuple[float, ...]) -> None:
    states = chain(1.0, *shares[1:])
    assert first_break.distribution(states).q[Link.DECLARED] == 1
    found = first_break.named(states, policy=DEFAULT)
    assert (found.kind, found.links) == (BreakKind.NAMED, (Link.DECLARED,))


@given(SHARES, st.integers(1, 6))
def test_no_later_link_exceeds_what_an_unmeasured_one_leaves(
    shares: tuple[float, ...], at: int
) -> None:
    states = chain(*shares)
    states[at] = replace(states[at], k=None, n=None, reason=LinkReason.NOT_MEASURED)
    found = first_break.distribution(states)
    left = 1 - (states[at].p_broken or 0.0)
    for state in states[at + 1 :]:
        assert found.q[state.link] <= left + 1e-12
    named = first_break.named(states, policy=DEFAULT)
    order = list(Link)
    if named.kind is BreakKind.NAMED:
        assert order.index(named.links[0]) <= at


@given(SHARES)
def test_a_set_and_none_make_up_nine_in_ten(shares: tuple[float, ...]) -> None:
    found = first_break.distribution(chain(*shares))
    told = first_break.smallest_set(found, policy=DEFAULT)
    reached = sum(found.q[link] for link in told.links)
    assert told.probability == pytest.approx(reached)
    if sum(found.q.values()) >= 0.9:
        assert reached >= 0.9 - 1e-9
        rest = [found.q[link] for link in told.links]
        assert reached - min(rest) < 0.9
    else:
        assert reached + found.q_none >= 0.9 - 1e-9


def test_a_support_counts_only_where_what_it_holds_up_does_not_hold() -> None:
    states = chain(0.0, 0.0, 0.0, 0.0, 0.0, 0.9, 0.0, 0.0, 0.0)
    assert first_break.named(states, policy=DEFAULT).links == (Link.LED,)
    states[6] = replace(states[6], verdict=LinkVerdict.HOLDING)
    assert first_break.distribution(states).q[Link.LED] == 0
    assert first_break.named(states, policy=DEFAULT).kind is BreakKind.NONE


def test_one_survey_needs_to_be_surer() -> None:
    states = chain(0.0, 0.0, 0.0, 0.82, 0.0, 0.0, 0.0, 0.0, 0.0)
    assert first_break.named(states, policy=DEFAULT).kind is BreakKind.SET
    states[2] = replace(states[2], k=None, n=None, reason=LinkReason.NOT_MEASURED, p_broken=0.0)
    # Recall is not measured: one survey decides nothing twice, but something before it is open.
    assert first_break.named(states, policy=DEFAULT).kind is not BreakKind.NAMED
    told = chain(0.0, 0.82, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    assert first_break.named(told, policy=DEFAULT).kind is BreakKind.NAMED


def test_nothing_but_a_declaration_says_nothing() -> None:
    states = [
        state if state.link is Link.DECLARED else replace(state, reason=LinkReason.NOT_MEASURED)
        for state in worked()
    ]
    assert first_break.named(states, policy=DEFAULT).kind is BreakKind.UNKNOWN


def test_the_line_holds_as_far_as_it_is_measured() -> None:
    states = chain(0.0, 0.02, 0.02, 0.02, 0.02, 0.02, 0.02, 0.4, 0.0)
    states[7] = replace(states[7], reason=LinkReason.NOT_MEASURED)
    found = first_break.named(states, policy=DEFAULT)
    assert found.kind is BreakKind.NONE
    # Six links at .98 each.
    assert found.probability == pytest.approx(0.98**6)


def test_few_of_the_published_are_expected_to_be_wrong() -> None:
    assert first_break.published([0.05, 0.15], most=0.10) == (True, True)
    assert first_break.published([0.05, 0.20], most=0.10) == (True, False)
    assert first_break.published([], most=0.10) == ()


@pytest.mark.parametrize("reason", [LinkReason.TOO_EARLY, LinkReason.NOT_MEASURED])
def test_what_nobody_measured_is_never_named(reason: LinkReason) -> None:
    """However surely its prior breaks it."""
    states = [
        replace(state, p_broken=0.99, verdict=LinkVerdict.UNKNOWN, reason=reason)
        if state.link is Link.PRACTISED
        else replace(state, p_broken=0.0, verdict=LinkVerdict.HOLDING, reason=None)
        for state in worked()
        if state.link is not Link.MOVED
    ]
    assert first_break.distribution(states).q[Link.PRACTISED] == 0.99
    assert first_break.named(states, policy=DEFAULT).kind is BreakKind.NONE
