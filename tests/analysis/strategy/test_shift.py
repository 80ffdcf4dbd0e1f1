"""How far a place has moved is right on average, though work with one account hangs together."""

import functools
from dataclasses import replace

import numpy as np
import pytest
from tests import drawn_roles
from tests.drawn_roles import SELLERS, Roles

from headway.analysis.strategy import declared, roles, shift, window, work
from headway.analysis.strategy.roles import Role
from headway.analysis.strategy.shift import Shifts
from headway.terms.policy import DEFAULT


@functools.cache
def moved(truth: Roles, *, without_way: bool = False) -> tuple[Shifts, shift.Ways]:
    facts = drawn_roles.of(drawn_roles.tables(truth, seed=7))
    days = window.of(facts, policy=DEFAULT)
    (one,) = declared.priorities(facts, window=days)
    told, done = roles.of(facts, priority=one.priority_id), work.of(facts)
    along = shift.ways(done, roles=told.roles)
    found = shift.of(
        done,
        roles=told.roles,
        along={} if without_way else along,
        people=SELLERS,
        window=days,
        grace_days=one.grace_days,
        fewest=20,
    )
    return found, along


@pytest.mark.parametrize(
    "share", [0.5, *(pytest.param(share, marks=pytest.mark.slow) for share in (0.0, 1.0))]
)
def test_a_place_is_so_far_as_people_have_moved(share: float) -> None:
    found, _ = moved(Roles(moved=share))
    assert found.whole == pytest.approx(share, abs=0.12)
    assert found.drawn(seed=1).mean() == pytest.approx(found.whole, abs=0.05)


def test_the_way_leads_from_what_all_of_a_role_did_to_what_it_says() -> None:
    _, along = moved(Roles(moved=0.0))
    # From .25 and .75 to .80 and .20, and nothing outside.
    (way, *others) = along.values()
    assert len(others) == 1
    assert way == pytest.approx(np.array([1.0, -1.0, 0.0]) / np.sqrt(2), abs=0.05)


def test_who_was_there_before_has_no_way() -> None:
    _, along = moved(Roles(before=0.8))
    assert along == {}


@pytest.mark.slow
def test_without_a_way_the_distance_in_all_parts_counts() -> None:
    along, plain = (moved(Roles(moved=0.5), without_way=each)[0] for each in (False, True))
    # Of two parts there is but one direction.
    assert plain.whole == pytest.approx(along.whole, abs=0.02)


def test_a_half_without_work_tells_nothing() -> None:
    facts = drawn_roles.of(drawn_roles.tables(Roles(), seed=7))
    days = window.of(facts, policy=DEFAULT)
    told = roles.of(facts, priority=declared.priorities(facts, window=days)[0].priority_id)
    late: dict[str, Role] = {
        name: replace(role, effective_on=days.last) for name, role in told.roles.items()
    }
    found = shift.of(
        work.of(facts),
        roles=late,
        along={},
        people=SELLERS,
        window=days,
        grace_days=0,
        fewest=0,
    )
    assert len(found.was) < len(SELLERS)
    assert found.few == len(SELLERS) - len(found.was)
