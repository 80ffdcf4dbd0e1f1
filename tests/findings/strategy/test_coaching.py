"""Whom coaching reaches, what the time goes into, and who decides too much for their people."""

from typing import Any

import pytest
from tests import drawn_oversight
from tests.drawn_oversight import ALL
from tests.small_line import NORTH, line, people, session, with_tables
from tests.small_line import of as of_tables

from headway.facts import Facts
from headway.findings.strategy import coaching
from headway.terms.coaching import Coaching, EffectGate, EffectVerdict, Micromanagement
from headway.terms.policy import DEFAULT

# How often it is right over many more is measured by `benchmarks/micromanagement.py`.
SEEDS = (2, 3, 4)


def found(facts: Facts) -> dict[str, Coaching]:
    return {each.scope: each for each in coaching.found(facts, policy=DEFAULT).whole}


def sessions(*rows: dict[str, Any], **more: list[dict[str, Any]]) -> Facts:
    return with_tables(said__coaching_session=list(rows), **more)


def test_covered_are_those_with_a_session_that_counts_in_the_last_thirty_days() -> None:
    told = found(
        sessions(
            session(1, "n1", "2026-06-01"),
            session(2, "n1", "2026-06-30"),
            # Too long ago by a day; no practice; inspection; on another priority.
            session(3, "n2", "2026-05-31"),
            session(4, "n3", "2026-06-10", is_practice_agreed=False),
            session(5, "n4", "2026-06-10", kind="forecast_call"),
            session(6, "n5", "2026-06-10", priority_id="p2"),
        )
    )
    # One of six in the north, of twelve in all.
    assert {scope: (each.covered, each.people) for scope, each in told.items()} == {
        "seller@lena": (1, 12),
        "seller@mia": (1, 6),
        "seller@max": (0, 6),
        "lena": (0, 2),
        "mia": (1, 6),
        "max": (0, 6),
    }


def test_without_sessions_on_record_nothing_is_known_and_no_share_made_up() -> None:
    assert found(with_tables())["seller@mia"] == Coaching(
        scope="seller@mia",
        priority="p1",
        covered=None,
        people=None,
        effect=None,
        allocation=None,
        inspection_share=None,
        micromanagement=None,
        verdict=EffectVerdict.DESCRIPTION_ONLY,
        missing=(EffectGate.WORK,),
        coach_count=1,
    )


def test_inspection_is_a_share_of_the_minutes() -> None:
    told = found(
        sessions(
            session(1, "n1", "2026-06-01", minutes=30.0),
            session(2, "n2", "2026-06-01", minutes=60.0, kind="pipeline_review", priority_id=None),
            session(3, "s1", "2026-06-01", minutes=30.0, kind="status_check", coach_id="lena"),
            # Before the window.
            session(4, "n1", "2026-04-01", minutes=500.0),
        )
    )
    # 60 of Mia's 90 minutes; all of Lena's 30; 90 of all 120.
    assert told["mia"].inspection_share == pytest.approx(2 / 3)
    assert told["seller@mia"].inspection_share == pytest.approx(2 / 3)
    assert told["lena"].inspection_share == 1.0
    assert told["seller@lena"].inspection_share == pytest.approx(0.75)
    assert told["max"].inspection_share is None


def test_what_a_manager_logged_of_a_week_stands_for_it_and_is_theirs_alone() -> None:
    log = {"person_id": "mia", "week_on": "2026-06-01"}
    facts = sessions(
        session(1, "n1", "2026-06-03", minutes=60.0),
        session(2, "n1", "2026-06-10", minutes=60.0, kind="status_check"),
        said__time_log=[
            {**log, "category": "inspection", "hours": 3.0},
            {**log, "category": "development", "hours": 1.0},
            {**log, "category": "own_selling", "hours": 30.0},
        ],
    )
    told = coaching.found(facts, policy=DEFAULT)
    whole = {each.scope: each.inspection_share for each in told.whole}
    others = {each.scope: each.inspection_share for each in told.for_others}
    # Three hours and one of the second week, of five; the session of the logged week is in it.
    assert whole["mia"] == pytest.approx(0.8)
    assert others["mia"] == pytest.approx(0.5)
    assert whole["seller@mia"] == others["seller@mia"] == pytest.approx(0.5)


def test_a_small_team_stands_by_its_manager_and_as_no_group() -> None:
    tables = people()
    tables["seen/reporting_line"] += [line("ina", "lena", "manager"), line("i1", "ina", "seller")]
    tables["seen/person"] += [{"person_id": "ina"}, {"person_id": "i1"}]
    tables["said/coaching_session"] = [session(1, "i1", "2026-06-20", coach_id="ina")]
    told = found(of_tables(tables))
    assert (told["ina"].covered, told["ina"].people) == (1, 1)
    assert "seller@ina" not in told


def test_with_three_managers_nobody_can_be_set_beside_the_others() -> None:
    rows = [
        session(number, NORTH[number % 6], "2026-06-01", kind="status_check")
        for number in range(30)
    ]
    assert found(sessions(*rows))["mia"].micromanagement is Micromanagement.CANNOT_TELL


@pytest.fixture(scope="module")
def drawn() -> dict[int, tuple[dict[str, frozenset[str]], dict[str, Coaching]]]:
    made = {seed: drawn_oversight.of(seed, planted=2) for seed in SEEDS}
    return {
        seed: ({each.person_id: each.signs for each in one.managers}, found(one.facts))
        for seed, one in made.items()
    }


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_who_shows_all_three_signs_is_found_and_who_shows_two_is_not(
    drawn: dict[int, tuple[dict[str, frozenset[str]], dict[str, Coaching]]], seed: int
) -> None:
    signs, told = drawn[seed]
    present = {
        scope for scope, each in told.items() if each.micromanagement is Micromanagement.PRESENT
    }
    assert present == {manager for manager, own in signs.items() if own == ALL}


def test_without_answers_of_the_team_nobody_can_be_told_to_decide_too_much() -> None:
    drawn = drawn_oversight.of(SEEDS[0], planted=2)
    tables = {name: rows for name, rows in drawn.tables.items() if "survey" not in name}
    told = {
        each.micromanagement for each in found(of_tables(tables)).values() if each.micromanagement
    }
    assert told == {Micromanagement.ABSENT, Micromanagement.CANNOT_TELL}


def test_without_who_changed_what_the_touches_are_not_known() -> None:
    drawn = drawn_oversight.of(SEEDS[0], planted=2)
    tables = {**drawn.tables}
    del tables["seen/activity"]
    tables["seen/opportunity_change"] = [
        {name: value for name, value in row.items() if name != "changed_by_id"}
        for row in tables["seen/opportunity_change"]
    ]
    told = found(of_tables(tables))
    planted = {each.person_id for each in drawn.managers if each.signs == ALL}
    assert {told[manager].micromanagement for manager in planted} == {Micromanagement.CANNOT_TELL}
