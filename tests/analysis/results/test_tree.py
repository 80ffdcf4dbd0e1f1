"""The tree of bookings."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.analysis.results import made, tree
from headway.analysis.results.book import Book
from headway.analysis.results.history import History
from headway.analysis.results.made import Entry
from headway.analysis.results.reached import NEVER, Reached
from headway.terms.answer import Factor
from headway.terms.period import Period
from headway.terms.policy import DEFAULT

BEFORE = Period(first=date(2025, 1, 1), end=date(2025, 4, 1))
NOW = Period(first=date(2026, 1, 1), end=date(2026, 4, 1))
FIRST, LAST = date(2024, 1, 1), date(2026, 6, 30)


def entries(period: Period, *, won: int, lost: int, amount: float, owners: int) -> list[Entry]:
    return [
        Entry(
            outcome="won" if place < won else "lost",
            decided_on=period.first + timedelta(days=place % 90),
            amount=amount,
            owner=f"p{place % owners}" if owners else None,
        )
        for place in range(won + lost)
    ]


def book_of(found: list[Entry], **more: object) -> Book:
    return made.book(found, as_of=LAST, data_from=FIRST, **more)  # type: ignore[arg-type]  # presence


def grown(book: Book, *, history: History | None = None) -> dict[str, Factor]:
    found = tree.of(book, base=BEFORE, actual=NOW, policy=DEFAULT, seed=1, history=history)
    return {factor.code: factor for factor in found}


def test_the_worked_figures_of_the_domain_model() -> None:
    # 200 x .25 x 40,000 -> 230 x .19 x 43,000 has 43.7 won; with 1,000 times as many it is whole.
    before = entries(BEFORE, won=5000, lost=15000, amount=4.0, owners=1)
    now = entries(NOW, won=4370, lost=18630, amount=4.3, owners=1)
    found = grown(book_of(before + now))
    assert found["opportunities_per_seller"].contribution == pytest.approx(2709.87, abs=0.01)
    assert found["win_rate"].contribution == pytest.approx(-5321.12, abs=0.01)
    assert found["average_amount"].contribution == pytest.approx(1402.24, abs=0.01)
    assert found["sellers"].contribution == 0.0


@settings(max_examples=60)
@given(st.integers(0, 10_000))
def test_contributions_sum_to_the_change_of_bookings_and_parts_to_their_factor(seed: int) -> None:
    random = np.random.default_rng(seed)
    found = [
        Entry(
            outcome=str(random.choice(["won", "lost", "open", "no_decision"])),
            decided_on=date(2025, 1, 1) + timedelta(days=int(random.integers(0, 480))),
            amount=None if random.random() < 0.1 else round(float(random.normal(50, 80)), 2),
            owner=str(random.choice(["anna", "bert", "cleo"])) if random.random() < 0.9 else None,
        )
        for _ in range(int(random.integers(1, 40)))
    ]
    book = book_of(found, presence={"anna": (date(2025, 2, 1), None)})
    won = [book.amount[book.decided_in(period) & book.is_won] for period in (BEFORE, NOW)]
    before, now = (float(np.nansum(amounts)) for amounts in won)
    factors = tree.of(book, base=BEFORE, actual=NOW, policy=DEFAULT, seed=1)
    if not factors:
        return
    scale = max(abs(before), abs(now), *(abs(one.contribution) for one in factors), 1e-9)
    total = sum(factor.contribution for factor in factors)
    assert abs(total - (now - before)) <= 1e-9 * scale
    for factor in factors:
        if factor.parts:
            parts = sum(part.contribution for part in factor.parts)
            assert abs(parts - factor.contribution) <= 1e-9 * scale


def test_presence_cuts_opportunities_per_seller_into_capacity_and_rate() -> None:
    before = entries(BEFORE, won=20, lost=20, amount=10.0, owners=2)
    now = entries(NOW, won=15, lost=15, amount=10.0, owners=2)
    # Half of the second quarter (45 of 90 days) one of the two was not there yet.
    book = book_of(before + now, presence={"p0": (date(2026, 2, 15), None)})
    capacity, rate = grown(book)["opportunities_per_seller"].parts
    # p0 was not hired in the first period at all, but closed in it: half of the two were there.
    assert (capacity.base, capacity.actual) == pytest.approx((0.5, 0.75))
    assert (rate.base, rate.actual) == pytest.approx((40.0, 20.0))


def test_the_win_rate_is_cut_by_the_furthest_stage_reached() -> None:
    before = entries(BEFORE, won=20, lost=20, amount=10.0, owners=2)
    now = entries(NOW, won=10, lost=30, amount=10.0, owners=2)
    book = book_of(before + now)
    on = np.full((len(book), 3), NEVER)
    on[:, 0] = 0
    # Before, 30 of 40 were offered to and 20 of these bought; now 30 of 40 and 10.
    on[:30, 1] = on[40:70, 1] = 1
    history = History(reached=Reached(stages=("Talk", "Offer", "Won"), on=on))
    talk, offer = grown(book, history=history)["win_rate"].parts
    assert (talk.code, talk.base, talk.actual, talk.contribution) == ("stage:Talk", 0.75, 0.75, 0)
    assert (offer.base, offer.actual) == pytest.approx((2 / 3, 1 / 3))
    # All of the fall from 200 to 100 sits here.
    assert offer.contribution == pytest.approx(-100.0)


def test_more_stages_than_anybody_can_read_are_not_told_apart() -> None:
    book = book_of(
        entries(BEFORE, won=20, lost=20, amount=10.0, owners=2)
        + entries(NOW, won=10, lost=30, amount=10.0, owners=2)
    )
    stages = tuple(f"Stage {number}" for number in range(tree.MOST_STAGES + 2))
    history = History(reached=Reached(stages=stages, on=np.zeros((len(book), len(stages)), int)))
    assert grown(book, history=history)["win_rate"].parts == ()


def test_a_source_of_won_orders_alone_has_no_win_rate() -> None:
    before = entries(BEFORE, won=20, lost=0, amount=10.0, owners=2)
    now = entries(NOW, won=30, lost=0, amount=10.0, owners=3)
    found = grown(book_of(before + now))
    assert list(found) == ["sellers", "opportunities_per_seller", "win_rate", "average_amount"]
    assert (found["win_rate"].is_measured, found["win_rate"].contribution) == (False, 0.0)
    assert (found["sellers"].base, found["sellers"].actual) == (2.0, 3.0)
    # 2 x 10 x 10 -> 3 x 10 x 10: all of the 100 more through the third seller.
    assert found["sellers"].contribution == pytest.approx(100.0)


def test_without_owners_opportunities_stand_in_for_sellers() -> None:
    before = entries(BEFORE, won=20, lost=20, amount=10.0, owners=0)
    now = entries(NOW, won=10, lost=10, amount=10.0, owners=0)
    found = grown(book_of(before + now))
    assert list(found) == ["sellers", "opportunities", "win_rate", "average_amount"]
    assert found["sellers"].is_measured is False
    assert found["opportunities"].contribution == pytest.approx(-100.0)


def test_a_period_without_anything_gives_the_whole_change_to_what_was_nothing() -> None:
    found = grown(book_of(entries(NOW, won=10, lost=10, amount=10.0, owners=2)))
    assert found["sellers"].contribution == pytest.approx(100.0)
    assert found["win_rate"].contribution == 0.0


def test_without_amounts_there_is_no_tree() -> None:
    book = book_of([Entry(outcome="won", decided_on=NOW.first)])
    assert tree.of(book, base=BEFORE, actual=NOW, policy=DEFAULT, seed=1) == ()


def test_what_could_be_chance_says_so_and_what_could_not_does_not() -> None:
    before = entries(BEFORE, won=300, lost=700, amount=10.0, owners=5)
    now = entries(NOW, won=150, lost=850, amount=10.0, owners=5)
    found = grown(book_of(before + now))
    assert not found["win_rate"].could_be_chance
    assert found["opportunities_per_seller"].could_be_chance


def test_the_seed_decides_the_ranges_alone() -> None:
    book = book_of(
        entries(BEFORE, won=30, lost=70, amount=10.0, owners=5)
        + entries(NOW, won=20, lost=70, amount=10.0, owners=5)
    )
    one, same, other = (
        tree.of(book, base=BEFORE, actual=NOW, policy=DEFAULT, seed=seed) for seed in (1, 1, 2)
    )
    assert one == same
    assert [factor.contribution for factor in one] == [factor.contribution for factor in other]
    assert [factor.low for factor in one] != [factor.low for factor in other]
