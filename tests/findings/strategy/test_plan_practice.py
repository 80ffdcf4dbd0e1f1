"""What the work of one person shows of their plan: in the 90 days before it, and since."""

from collections.abc import Sequence
from datetime import date

import pytest
from scipy.stats import beta
from tests import small_work
from tests.small_line import of

from headway.findings.strategy import plan_practice
from headway.terms.plan_practice import PlanAsked, PlanPractice, Shown
from headway.terms.policy import DEFAULT

BEGAN = date(2026, 4, 10)


def found(
    *work: small_work.Work, person: str = "n1", priority: str = "p1"
) -> Sequence[PlanPractice]:
    asked = PlanAsked(plan_id=7, person=person, priority=priority, started_on=BEGAN)
    return plan_practice.found(of(small_work.worked(*work)), asked=(asked,), policy=DEFAULT)


def test_the_work_before_and_since_is_told_with_its_range() -> None:
    (told,) = found(
        ("n1", "2026-03-05", 20, 4), ("n1", "2026-05-05", 20, 12), ("n2", "2026-05-05", 9, 9)
    )
    assert (told.plan_id, told.start.k, told.start.n) == (7, 4, 20)
    assert (told.now.k, told.now.n) == (12, 20)
    for shown, a, b in ((told.start, 4.5, 16.5), (told.now, 12.5, 8.5)):
        assert (shown.low, shown.high) == pytest.approx(tuple(beta.ppf([0.05, 0.95], a, b)))


def test_the_day_it_began_belongs_to_it_and_longer_ago_to_neither() -> None:
    (told,) = found(
        ("n1", "2026-04-10", 10, 3), ("n1", "2026-04-09", 12, 2), ("n1", "2025-12-31", 5, 5)
    )
    assert ((told.start.k, told.start.n), (told.now.k, told.now.n)) == ((2, 12), (3, 10))


def test_the_last_day_that_shows_it_is_told_also_from_before_the_plan() -> None:
    (told,) = found(
        ("n1", "2026-02-05", 3, 1), ("n1", "2026-05-05", 3, 0), ("n2", "2026-06-05", 1, 1)
    )
    assert told.last_on == date(2026, 2, 5)
    (never,) = found(("n1", "2026-05-05", 3, 0))
    assert never.last_on is None


def test_of_too_little_work_no_share_is_told() -> None:
    (told,) = found(("n1", "2026-05-05", 9, 3))
    assert (told.start, told.now) == (Shown(k=0, n=0), Shown(k=3, n=9))


def test_nothing_is_told_of_a_priority_that_nobody_declared() -> None:
    assert found(("n1", "2026-05-05", 20, 12), priority="p9") == ()
