"""The verdict of one link, against tables worked out beforehand."""

from dataclasses import replace

import pytest
from scipy import stats

from headway.analysis.methods.posterior import JEFFREYS, Beta
from headway.analysis.strategy import verdict
from headway.analysis.strategy.verdict import Counted
from headway.terms.line import Link, LinkReason, LinkState, LinkVerdict
from headway.terms.policy import DEFAULT

BROKEN, HOLDING = LinkVerdict.BROKEN, LinkVerdict.HOLDING


def judged(
    k: float, n: float, *, target: float = 0.7, prior: Beta = JEFFREYS, **more: object
) -> LinkState:
    counted = Counted(link=Link.TOLD, target=target, k=k, n=n, **more)
    return verdict.state(counted, prior=prior, policy=DEFAULT)


@pytest.mark.parametrize(
    ("n", "broken_to", "holding_from"), [(8, 2, 8), (12, 4, 11), (20, 8, 17), (30, 13, 25)]
)
def test_what_a_group_must_show(n: int, broken_to: int, holding_from: int) -> None:
    verdicts = [judged(k, n).verdict for k in range(n + 1)]
    assert [k for k in range(n + 1) if verdicts[k] is BROKEN] == list(range(broken_to + 1))
    assert [k for k in range(n + 1) if verdicts[k] is HOLDING] == list(range(holding_from, n + 1))
    between = LinkVerdict.STRAINED if n >= 12 else LinkVerdict.UNKNOWN
    assert set(verdicts[broken_to + 1 : holding_from]) == {between}


@pytest.mark.parametrize(
    ("n", "truth", "broken", "holding"),
    [
        (8, 0.30, 0.55, 0.00),
        (8, 0.70, 0.01, 0.06),
        (8, 0.90, 0.00, 0.43),
        (12, 0.30, 0.72, 0.00),
        (20, 0.30, 0.89, 0.00),
        (20, 0.90, 0.00, 0.87),
        (40, 0.30, 0.97, 0.00),
        (100, 0.55, 0.10, 0.00),
        (100, 0.70, 0.00, 0.11),
    ],
)
def test_how_often_a_truth_is_found(n: int, truth: float, broken: float, holding: float) -> None:
    """Each probability is the sum of the binomial over the counts with that verdict."""
    chance = [stats.binom(n, truth).pmf(k) for k in range(n + 1)]
    verdicts = [judged(k, n).verdict for k in range(n + 1)]
    found = {
        one: sum(p for p, v in zip(chance, verdicts, strict=True) if v is one) for one in verdicts
    }
    assert found.get(BROKEN, 0.0) == pytest.approx(broken, abs=0.0051)
    assert found.get(HOLDING, 0.0) == pytest.approx(holding, abs=0.0051)


def test_few_cases_say_how_many_more_would_settle_it() -> None:
    state = judged(5, 8)
    assert (state.verdict, state.reason) == (LinkVerdict.UNKNOWN, LinkReason.TOO_FEW)
    # Near the target, four more make the twelve from which it is strained.
    assert state.more == 4
    # At six of seven, two more of the same kind already show that it holds: no, three.
    one_by_one = [judged(6 / 7 * (7 + more), 7 + more).verdict for more in range(12)]
    first = next(more for more, one in enumerate(one_by_one) if one is not LinkVerdict.UNKNOWN)
    assert judged(6, 7).more == first


def test_those_who_did_not_answer_could_turn_it() -> None:
    # 5 of 20 answered, none of them yes: with the silent it could be 0 or 15 of 20.
    silent = judged(0, 5, asked=20)
    assert (silent.verdict, silent.reason) == (LinkVerdict.UNKNOWN, LinkReason.LOW_RESPONSE)
    # 12 of 20 is 60 %: enough.
    assert judged(0, 12, asked=20).verdict is BROKEN
    # 11 of 20, none yes: at most 9 of 20 = .45, still under .55, so nobody could turn it.
    assert judged(0, 11, asked=20).verdict is BROKEN


def test_what_may_not_be_shown_is_blocked_and_stands_with_its_prior() -> None:
    hidden = Counted(link=Link.RECALLED, target=0.6, reason=LinkReason.ANONYMITY)
    state = verdict.state(hidden, prior=Beta(a=3, b=3), policy=DEFAULT)
    assert (state.verdict, state.k, state.n) == (LinkVerdict.BLOCKED, None, None)
    assert state.mean == 0.5


def test_what_is_not_measured_is_unknown() -> None:
    state = verdict.state(
        Counted(link=Link.COACHED, target=0.6), prior=Beta(a=2, b=2), policy=DEFAULT
    )
    assert (state.verdict, state.reason) == (LinkVerdict.UNKNOWN, LinkReason.NOT_MEASURED)


def test_a_count_that_says_why_it_cannot_tell_is_heeded() -> None:
    state = judged(0, 2, reason=LinkReason.TOO_FEW)
    assert (state.verdict, state.reason) == (LinkVerdict.UNKNOWN, LinkReason.TOO_FEW)


def test_cases_that_hang_together_weigh_less() -> None:
    assert judged(8, 20).verdict is BROKEN
    # Worth 8 cases, 8 of 20 are 3.2 of 8: not enough.
    assert judged(8, 20, cases=8.0).verdict is LinkVerdict.UNKNOWN


def test_a_priority_is_declared_when_all_its_parts_are_there() -> None:
    whole = verdict.declared(8, parts=8, is_usable=True)
    assert (whole.verdict, whole.p_broken, whole.reason) == (HOLDING, 0.0, None)
    lacking = verdict.declared(7, parts=8, is_usable=True)
    assert (lacking.verdict, lacking.p_broken) == (LinkVerdict.STRAINED, 0.0)
    unusable = verdict.declared(7, parts=8, is_usable=False)
    assert (unusable.verdict, unusable.p_broken) == (BROKEN, 1.0)
    assert unusable.reason is lacking.reason is LinkReason.MISSING_PARTS
    assert replace(unusable, verdict=whole.verdict).k == 7


# --- coached and kept up ------------------------------------------------------------------------


def kept_up(k: int, n: int, *, coached: LinkState) -> LinkState:
    kept = Counted(link=Link.COACHED, target=0.7, k=k, n=n, is_kept=True)
    return verdict.kept_up(coached, kept, prior=JEFFREYS, policy=DEFAULT)


# At 0.7, of twenty: 4 is broken, 14 strained, 20 holding; of eight 5 is neither.
@pytest.mark.parametrize(
    ("coached", "k", "n", "expected"),
    [
        (20, 4, 20, BROKEN),
        (20, 14, 20, LinkVerdict.STRAINED),
        (20, 20, 20, HOLDING),
        (20, 5, 8, HOLDING),
        (4, 20, 20, BROKEN),
        (4, 14, 20, BROKEN),
    ],
)
def test_coaching_is_worth_what_is_kept_up(
    coached: int, k: int, n: int, expected: LinkVerdict
) -> None:
    before = judged(coached, 20)
    after = kept_up(k, n, coached=before)
    assert after.verdict is expected
    # The people coached stay what they are; beside them stand those who kept it up.
    assert (after.k, after.n, after.mean) == (before.k, before.n, before.mean)
    assert after.kept is not None
    assert (after.kept.k, after.kept.n, after.kept.target) == (k, n, 0.7)


def test_the_worse_of_the_two_counts_where_there_is_evidence_enough() -> None:
    before = judged(20, 20)
    lapsed = judged(4, 20)
    after = kept_up(4, 20, coached=before)
    assert (after.p_broken, after.p_holding) == (lapsed.p_broken, lapsed.p_holding)
    few = kept_up(5, 8, coached=before)
    assert (few.p_broken, few.p_holding) == (before.p_broken, before.p_holding)


def test_what_is_not_known_of_coaching_stays_unknown_where_practice_is_kept_up() -> None:
    after = kept_up(20, 20, coached=judged(5, 8))
    assert (after.verdict, after.reason) == (LinkVerdict.UNKNOWN, LinkReason.TOO_FEW)
    assert after.more is not None


def test_what_is_too_early_stands_with_its_prior() -> None:
    prior = Beta(a=2.0, b=2.0)
    found = judged(0, 9, prior=prior, reason=LinkReason.TOO_EARLY)
    assert (found.k, found.n, found.mean) == (0, 9, prior.mean)
    assert (found.verdict, found.reason) == (LinkVerdict.UNKNOWN, LinkReason.TOO_EARLY)


def test_how_many_more_would_settle_it_is_not_said_where_another_floor_is_not_reached() -> None:
    assert judged(0, 2, reason=LinkReason.TOO_FEW).more is None
