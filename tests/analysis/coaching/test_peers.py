"""Who could learn from whom: clear differences alone, and no order of merit."""

import numpy as np
import pytest

from headway.analysis.coaching import peers
from headway.analysis.methods.posterior import Beta
from headway.terms.policy import DEFAULT

TEAM = tuple("abcdef")
USUAL = Beta(a=2.0, b=4.0)


def ahead(**counts: tuple[int, int]) -> dict[str, frozenset[str]]:
    return dict(peers.ahead(counts, among=TEAM, usual=USUAL, policy=DEFAULT))


def alike(k: int = 6, n: int = 20) -> dict[str, tuple[int, int]]:
    return dict.fromkeys(TEAM, (k, n))


def test_a_colleague_is_named_where_the_difference_is_clear() -> None:
    found = ahead(**{**alike(), "a": (19, 20), "b": (2, 20)})
    assert found == {**dict.fromkeys("bcdef", frozenset("a"))}


def test_nobody_is_named_where_all_are_alike_or_the_work_is_too_little() -> None:
    assert ahead(**alike()) == {}
    # Nine pieces of work are one too few to be looked at, on either side.
    few = {**alike(), "a": (9, 9)}
    assert ahead(**few) == {}
    assert "b" not in ahead(**{**alike(), "a": (19, 20), "b": (0, 9)})


def test_of_fewer_than_five_with_enough_work_nobody_is_held_against_another() -> None:
    # A sixth of no work makes five; with two of none there are four.
    five = {**alike(), "a": (19, 20), "f": (0, 0)}
    assert set(ahead(**five)) == set("bcde")
    assert ahead(**{**five, "e": (0, 0)}) == {}


def test_it_is_as_sure_as_draws_from_both_shares_say() -> None:
    counts = {**alike(), "a": (14, 20), "b": (4, 14)}
    random = np.random.default_rng(1)
    high, low = (
        random.beta(USUAL.a + k, USUAL.b + n - k, 400_000) for k, n in (counts["a"], counts["b"])
    )
    chance = float((high - low > DEFAULT.peer_margin).mean())
    # Named exactly where the chance reaches nine in ten; here it does not miss it by more than .02.
    assert chance == pytest.approx(0.92, abs=0.02)
    assert ("a" in ahead(**counts).get("b", ())) is (chance >= DEFAULT.verdict_confidence)


def test_people_who_differ_by_chance_alone_have_no_usual_spread() -> None:
    assert peers.usual(alike(), policy=DEFAULT) is None
    apart = {**alike(2), "a": (18, 20), "b": (15, 20)}
    found = peers.usual(apart, policy=DEFAULT)
    assert found is not None
    # (4 * 2 + 18 + 15) of 120.
    assert found.mean == pytest.approx(41 / 120)


def test_colleagues_report_to_one_manager_or_to_managers_of_one_leader() -> None:
    manager_of = {"mia": "lena", "max": "lena", "a": "mia", "b": "max", "c": "olga"}
    assert peers.near(manager_of, people={"a", "b", "c"}) == {"lena": ["a", "b"], "olga": ["c"]}


def test_the_order_says_nothing_and_differs_from_person_to_person() -> None:
    names = [f"s{number}" for number in range(40)]
    drawn = {who: peers.by_lot(who, colleagues=names, priority="p1") for who in ("x", "y", "z")}
    assert {len(each) for each in drawn.values()} == {peers.MOST_NAMED}
    assert len(set(drawn.values())) == 3
    assert peers.by_lot("x", colleagues=names[::-1], priority="p1") == drawn["x"]
