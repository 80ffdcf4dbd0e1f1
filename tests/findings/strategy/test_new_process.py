"""A new process and the old habits, on organisations with a planted truth."""

from datetime import datetime, timedelta

import pytest
from tests import drawn_habits
from tests.drawn_habits import WHOLE, Process, Tables

from headway.findings.strategy import patterns
from headway.terms.pattern import Pattern, PatternCode, PatternEvidence, PatternVerdict
from headway.terms.policy import DEFAULT

pytestmark = pytest.mark.slow

PRESENT, ABSENT = PatternVerdict.PRESENT, PatternVerdict.ABSENT
CANNOT_TELL = PatternVerdict.CANNOT_TELL
NOT_USED = Process(first=0.15, since=0.15)
FOR_SHOW = Process(typed_late=0.8)


def found(tables: Tables) -> dict[str, Pattern]:
    return {
        each.place: each
        for each in patterns.found(drawn_habits.kept(tables), policy=DEFAULT)
        if each.code is PatternCode.NEW_PROCESS_OLD_HABITS
    }


def told(pattern: Pattern, code: str) -> PatternEvidence | None:
    return next((each for each in pattern.evidence if each.code == code), None)


def changed(truth: Process = NOT_USED, **more: object) -> Tables:
    """An organisation with the only priority changed."""
    tables = drawn_habits.tables(truth, seed=1)
    tables["meant/priority"] = [{**tables["meant/priority"][0], **more}]
    return tables


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(
    ("truth", "verdict", "subtype"),
    [
        (NOT_USED, PRESENT, "not_used"),
        (Process(since=0.15), PRESENT, "used_then_dropped"),
        (Process(first=0.45, first_days=30, since=0.2), PRESENT, "used_then_dropped"),
        (Process(first=0.1, since=0.1, afterwards=0.8), PRESENT, "used_for_show"),
        (FOR_SHOW, PRESENT, "used_for_show"),
        (Process(first=0.8, since=0.8), ABSENT, None),
    ],
)
def test_the_planted_truth_is_found(truth, verdict, subtype, seed) -> None:
    pattern = found(drawn_habits.tables(truth, seed=seed))[WHOLE]
    assert (pattern.verdict, pattern.subtype) == (verdict, subtype)


def test_the_size_is_the_share_that_is_missing() -> None:
    pattern = found(changed())[WHOLE]
    conformance = told(pattern, "conformance")
    assert pattern.size == pytest.approx(0.60 - conformance.k / conformance.n)
    assert pattern.low < pattern.size < pattern.high


def test_each_part_of_the_sales_force_is_told() -> None:
    places = found(changed())
    assert set(places) == {WHOLE, "seller@mia", "seller@max", "seller@moe"}
    parts = [told(pattern, "conformance").n for place, pattern in places.items() if place != WHOLE]
    assert sum(parts) == told(places[WHOLE], "conformance").n


def test_what_was_typed_in_a_week_later_is_on_paper_alone() -> None:
    pattern = found(changed(FOR_SHOW))[WHOLE]
    followed, paper, show = (
        told(pattern, code) for code in ("conformance", "on_paper", "for_show")
    )
    assert paper.k / paper.n > 0.60
    assert show.k == paper.k - followed.k


def test_steps_behind_the_gate_are_for_show() -> None:
    pattern = found(changed(Process(first=0.0, since=0.0, afterwards=1.0)))[WHOLE]
    assert told(pattern, "conformance").k < 0.1 * told(pattern, "conformance").n
    assert told(pattern, "for_show").k > 0.8 * told(pattern, "for_show").n


def test_without_times_of_typing_the_order_of_the_step_still_shows() -> None:
    tables = changed(FOR_SHOW)
    for name in ("seen/activity", "seen/opportunity_change"):
        for row in tables[name]:
            del row["recorded_at"]
    pattern = found(tables)[WHOLE]
    assert told(pattern, "no_typing_time") is not None
    assert told(pattern, "conformance").k == told(pattern, "on_paper").k
    assert pattern.verdict is ABSENT


def test_three_moves_within_an_hour_are_written_down_afterwards() -> None:
    tables = changed(Process(is_new_path=True))
    as_it_was = told(found(tables)[WHOLE], "backfill")
    first: dict[str, datetime] = {}
    for row in tables["seen/opportunity_change"]:
        start = first.setdefault(row["opportunity_id"], row["changed_at"])
        if row["old_value"] is not None:
            row["changed_at"] = start + timedelta(minutes=len(row["new_value"]))
    pattern = found(tables)[WHOLE]
    assert as_it_was.k < 0.2 * as_it_was.n
    assert told(pattern, "backfill").k > 0.9 * told(pattern, "backfill").n


def test_what_an_integration_wrote_is_nobodys_conduct() -> None:
    tables = changed(FOR_SHOW)
    tables["seen/person"].append({"person_id": "bot", "is_service_user": True})
    tables["seen/opportunity_change"] = [
        {**row, "changed_by_id": "bot"} for row in tables["seen/opportunity_change"]
    ]
    assert told(found(tables)[WHOLE], "backfill").n == 0


def test_a_path_that_changed_is_told_from_one_that_did_not() -> None:
    same = found(changed(Process()))[WHOLE]
    new = found(changed(Process(is_new_path=True)))[WHOLE]
    assert told(new, "path_distance").value > 0.5 > told(same, "path_distance").value
    assert told(new, "p_path_same").value < 0.05 < told(same, "p_path_same").value


def test_nothing_is_said_of_what_is_not_due() -> None:
    pattern = found(changed(launched_on="2026-06-10"))[WHOLE]
    assert (pattern.verdict, pattern.size) == (CANNOT_TELL, None)
    assert pattern.evidence == (PatternEvidence(code="too_early", value=10),)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"behaviour": None}, "no_behaviour"),
        ({"eligibility": "{}"}, "no_behaviour"),
        (
            {
                name: drawn_habits.asks("account", ("account", "segment", "eq", "A"))
                for name in ("behaviour", "eligibility")
            },
            "behaviour_unusable",
        ),
    ],
)
def test_what_does_not_say_what_to_look_for_measures_nothing(more, code) -> None:
    pattern = found(changed(**more))[WHOLE]
    assert pattern.verdict is CANNOT_TELL
    assert pattern.evidence == (PatternEvidence(code=code, value=1),)


def test_without_a_history_of_stages_nothing_is_known() -> None:
    tables = changed()
    del tables["seen/opportunity_change"]
    assert found(tables)[WHOLE].evidence == (PatternEvidence(code="no_stage_history", value=1),)


def test_without_a_declared_share_nothing_is_short() -> None:
    tables = {**changed(), "meant/priority_target": []}
    assert found(tables)[WHOLE].evidence == (PatternEvidence(code="no_target", value=1),)


def test_an_outage_of_the_tool_refutes() -> None:
    event = {"event_id": "e1", "kind": "outage", "starts_on": "2026-05-01"}
    tables = {**changed(), "seen/business_event": [{**event, "ends_on": "2026-05-09"}]}
    assert found(tables)[WHOLE].evidence == (PatternEvidence(code="outage", value=1),)
    before = {**event, "starts_on": "2026-01-01", "ends_on": "2026-01-09"}
    assert found({**changed(), "seen/business_event": [before]})[WHOLE].verdict is PRESENT


def test_few_eligible_opportunities_say_nothing() -> None:
    tables = changed()
    kept = {
        row["opportunity_id"]
        for row in tables["seen/opportunity"]
        if row["owner_id"] in {"mia1", "mia2"}
    }
    for name in ("seen/opportunity", "seen/opportunity_change", "seen/activity"):
        tables[name] = [row for row in tables[name] if row["opportunity_id"] in kept]
    pattern = found(tables)[WHOLE]
    assert pattern.verdict is CANNOT_TELL
    assert told(pattern, "too_few_people") == PatternEvidence(code="too_few_people", k=2, n=3)
