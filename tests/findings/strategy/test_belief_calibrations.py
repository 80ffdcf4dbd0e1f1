"""Each leader's calibration, and the profile of each level that five or more leaders make up."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.small_line import line, people, priority
from tests.small_line import of as facts_of

from findings.strategy.test_belief_gaps import belief
from findings.strategy.test_chains import receipts
from headway.analysis.strategy import belief_levels
from headway.facts import Facts
from headway.findings import strategy
from headway.terms.belief import Calibration, Level, LevelProfile, RangeVerdict
from headway.terms.policy import DEFAULT
from headway.terms.strategy import StrategyFindings

QUARTER = date(2026, 4, 1)


def organisation(managers: int, beliefs: list[dict[str, Any]], *, priorities: int = 1) -> Facts:
    """Lena over so many managers with six sellers each, none of whom was told anything."""
    lines = [line("lena", None, "leader")]
    for number in range(managers):
        lines.append(line(f"m{number}", "lena", "manager"))
        lines += [line(f"m{number}s{seller}", f"m{number}", "seller") for seller in range(6)]
    return facts_of(
        {
            "seen/person": [{"person_id": row["person_id"]} for row in lines],
            "seen/reporting_line": lines,
            "meant/priority": [priority(priority_id=f"p{n + 1}") for n in range(priorities)],
            **{
                name.replace("__", "/"): rows
                for name, rows in receipts({"mia": 0, "max": 0}).items()
            },
            "said/belief": beliefs,
        }
    )


def of_manager(number: int, point: float, *, link: str = "told", **more: object) -> dict[str, Any]:
    whose = {"person_id": f"m{number}", "group": f"seller@m{number}"}
    return belief(link, point, **{**whose, **more})


def found(*args: Any, **more: Any) -> StrategyFindings:
    return strategy.found(organisation(*args, **more), policy=DEFAULT)


def test_ten_measured_predictions_make_a_calibration() -> None:
    beliefs = [
        of_manager(0, 0.9, priority_id=f"p{number}", low_share=0.85, high_share=0.95)
        for number in range(1, 11)
    ]
    [one] = found(2, beliefs, priorities=10).calibrations
    gaps = [gap.gap for gap in found(2, beliefs, priorities=10).belief_gaps]
    # Nobody was told anything: every range lies far above, and every gap is the same.
    assert (one.person, one.level, one.prediction_count) == ("m0", Level.MANAGER, 10)
    assert one.bias == one.low == one.high == pytest.approx(gaps[0])
    assert (one.coverage.k, one.coverage.n, one.width) == (0, 10, pytest.approx(0.1))
    assert one.verdict is RangeVerdict.TOO_NARROW


def test_what_was_not_measured_does_not_count() -> None:
    beliefs = [of_manager(0, 0.5, priority_id=f"p{number}") for number in range(1, 10)]
    beliefs.append(of_manager(0, 0.5, link="recalled"))
    [one] = found(2, beliefs, priorities=9).calibrations
    assert one == Calibration(person="m0", level=Level.MANAGER, prediction_count=9)
    assert one.verdict is RangeVerdict.CANNOT_TELL


def test_whoever_believed_nothing_has_no_calibration() -> None:
    assert found(2, []).calibrations == ()
    assert found(2, []).level_profiles == ()


def test_five_managers_make_a_profile_and_the_one_above_them_none() -> None:
    beliefs = [of_manager(number, 0.5) for number in range(5)]
    made = found(5, [*beliefs, belief("told", 0.9)])
    profiles = {each.level: each for each in made.level_profiles}
    shares = {gap.person: gap.measured for gap in made.belief_gaps}
    told = profiles[Level.MANAGER]
    assert (told.quarter_on, told.leader_count, told.predicted) == (QUARTER, 5, 0.5)
    assert told.measured == pytest.approx(shares["m0"])
    assert told.gap == pytest.approx(0.5 - shares["m0"])
    # One executive: that she predicted is told, and nothing of what.
    assert profiles[Level.EXECUTIVE] == LevelProfile(quarter_on=QUARTER, level=Level.EXECUTIVE)


def test_of_four_managers_no_profile_is_told() -> None:
    [only] = found(5, [of_manager(number, 0.5) for number in range(4)]).level_profiles
    assert only == LevelProfile(quarter_on=QUARTER, level=Level.MANAGER)


def test_quarters_are_never_put_together() -> None:
    early = {"sealed_at": "2026-03-31T20:00:00Z"}
    beliefs = [of_manager(n, 0.5, **(early if n < 3 else {})) for n in range(6)]
    profiles = found(6, beliefs).level_profiles
    assert {(each.quarter_on, each.gap) for each in profiles} == {
        (date(2026, 1, 1), None),
        (QUARTER, None),
    }


def test_a_raised_minimum_of_the_survey_holds_here_too() -> None:
    facts = organisation(5, [of_manager(number, 0.5) for number in range(5)])
    strict = replace(facts, min_answer_count=6)
    [only] = strategy.found(strict, policy=DEFAULT).level_profiles
    assert only.leader_count is None


def test_levels_follow_whom_somebody_leads() -> None:
    tables = people()
    tables["seen/reporting_line"] += [
        line("dora", "lena", "leader"),
        line("mo", "dora", "manager"),
        line("n9", "mo", "seller"),
        # An assistant leads nobody up.
        line("assistant", "n1", "other"),
    ]
    tables["seen/person"] += [{"person_id": p} for p in ("dora", "mo", "n9", "assistant")]
    assert belief_levels.of(facts_of(tables)) == {
        "lena": Level.EXECUTIVE,
        "dora": Level.DIRECTOR,
        "mia": Level.MANAGER,
        "max": Level.MANAGER,
        "mo": Level.MANAGER,
    }
