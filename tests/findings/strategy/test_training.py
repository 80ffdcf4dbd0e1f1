"""Training that does not stick, on organisations with a planted truth."""

import pytest
from tests import drawn_habits
from tests.drawn_habits import WHOLE, Tables, Training

from headway.findings.strategy import patterns
from headway.terms.pattern import Pattern, PatternCode, PatternEvidence, PatternVerdict
from headway.terms.policy import DEFAULT

pytestmark = pytest.mark.slow

PRESENT, ABSENT = PatternVerdict.PRESENT, PatternVerdict.ABSENT
CANNOT_TELL = PatternVerdict.CANNOT_TELL
DECAYED = Training(late=0.0)


def found(tables: Tables) -> dict[str, Pattern]:
    return {
        each.place: each
        for each in patterns.found(drawn_habits.kept(tables), policy=DEFAULT)
        if each.code is PatternCode.TRAINING_NOT_STICKING
    }


def of(truth: Training, *, seed: int = 1) -> Pattern:
    return found(drawn_habits.tables(truth, seed=seed))[WHOLE]


def told(pattern: Pattern, code: str) -> PatternEvidence | None:
    return next((each for each in pattern.evidence if each.code == code), None)


def changed(name: str, **more: object) -> Tables:
    """An organisation in which training decays, with every row of a table changed."""
    tables = drawn_habits.tables(DECAYED, seed=1)
    tables[name] = [{**row, **more} for row in tables[name]]
    return tables


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(
    ("truth", "verdict", "subtype"),
    [
        (Training(early=0.0, late=-0.05), PRESENT, "never_transferred"),
        (DECAYED, PRESENT, "decayed"),
        (Training(late=0.0, trained=1.0), PRESENT, "decayed"),
        (Training(), ABSENT, "stuck"),
        (Training(early=0.0), ABSENT, "rose_later"),
    ],
)
def test_the_planted_truth_is_found(truth, verdict, subtype, seed) -> None:
    pattern = of(truth, seed=seed)
    assert (pattern.verdict, pattern.subtype) == (verdict, subtype)


def test_what_everybody_does_more_is_not_the_training() -> None:
    pattern = of(Training(early=0.0, late=-0.05, season=0.25))
    late, before = told(pattern, "shown_late"), told(pattern, "shown_before")
    assert late.k / late.n - before.k / before.n > 0.1
    assert told(pattern, "lift_late").value < 0.05
    assert told(pattern, "untrained_late").value == pytest.approx(0.25, abs=0.08)
    assert (pattern.verdict, pattern.subtype) == (PRESENT, "never_transferred")


def test_where_everybody_was_trained_nobody_stands_beside_and_it_is_said() -> None:
    pattern = of(Training(trained=1.0, late=0.2))
    late, before = told(pattern, "shown_late"), told(pattern, "shown_before")
    assert told(pattern, "no_comparison") is not None
    assert told(pattern, "untrained") is None
    assert told(pattern, "lift_late").value == pytest.approx(late.k / late.n - before.k / before.n)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_rise_of_those_chosen_because_they_were_weak_is_no_success(seed) -> None:
    pattern = of(Training(early=0.0, late=0.0, is_of_weak=True), seed=seed)
    # They rise by nothing but chance that is over.
    assert told(pattern, "p_chosen_weak").value > 0.5
    assert told(pattern, "change_before").value < -0.05
    assert told(pattern, "lift_late").value < 0.05
    assert pattern.verdict is not ABSENT


def test_the_size_is_what_the_late_lift_lacks() -> None:
    pattern = of(DECAYED)
    least, late, early = (
        told(pattern, code).value for code in ("least_lift", "lift_late", "lift_early")
    )
    assert least == pytest.approx(early / 2)
    assert pattern.size == pytest.approx(least - late)
    assert pattern.low < pattern.size < pattern.high
    assert told(pattern, "retention").value == pytest.approx(late / early)


def test_each_part_of_the_sales_force_is_told() -> None:
    places = found(drawn_habits.tables(DECAYED, seed=1))
    assert set(places) == {WHOLE, "seller@mia", "seller@max", "seller@moe"}
    parts = [told(pattern, "trained").k for place, pattern in places.items() if place != WHOLE]
    assert sum(parts) == told(places[WHOLE], "trained").k == 30


def test_who_was_invited_and_did_not_come_was_not_trained() -> None:
    tables = drawn_habits.tables(DECAYED, seed=1)
    absent = {row["person_id"] for row in tables["seen/training_attendance"][:5]}
    for row in tables["seen/training_attendance"]:
        if row["person_id"] in absent:
            row["attended_on"] = None
    assert told(found(tables)[WHOLE], "trained") == PatternEvidence(code="trained", k=25, n=30)


def test_trainings_of_one_priority_are_told_together() -> None:
    tables = drawn_habits.tables(DECAYED, seed=1)
    as_it_was = found(tables)[WHOLE]
    tables["meant/training"].append({**tables["meant/training"][0], "training_id": "t2"})
    for row in tables["seen/training_attendance"][::2]:
        row["training_id"] = "t2"
    assert found(tables)[WHOLE] == as_it_was


def test_a_training_in_something_else_is_left_out_and_said() -> None:
    tables = drawn_habits.tables(DECAYED, seed=1)
    other = drawn_habits.asks("activity", ("activity", "purpose", "eq", "demo"))
    training = tables["meant/training"][0]
    tables["meant/training"].append({**training, "training_id": "t2", "behaviour": other})
    pattern = found(tables)[WHOLE]
    assert told(pattern, "other_behaviour").value == 1
    assert (pattern.verdict, pattern.subtype) == (PRESENT, "decayed")


def test_nothing_is_said_before_the_late_phase_is_seen() -> None:
    pattern = found(changed("seen/training_attendance", attended_on="2026-03-05"))[WHOLE]
    # The late phase begins 91 days later, and 30 days of it are to be over: on 4 July.
    assert pattern.verdict is CANNOT_TELL
    assert told(pattern, "too_early").value == 3


def test_without_attendance_or_behaviour_nothing_is_known() -> None:
    tables = drawn_habits.tables(DECAYED, seed=1)
    del tables["seen/training_attendance"]
    assert found(tables)[WHOLE].evidence == (PatternEvidence(code="no_attendance", value=1),)
    unsaid = found(changed("meant/priority", behaviour=None))[WHOLE]
    assert unsaid.evidence == (PatternEvidence(code="no_behaviour", value=1),)
    unusable = found(changed("meant/training", behaviour="{}"))[WHOLE]
    assert unusable.evidence == (PatternEvidence(code="no_behaviour", value=1),)


def test_without_a_training_there_is_no_pattern() -> None:
    assert found(changed("meant/training", priority_id=None)) == {}
    assert found(changed("meant/training", held_on="2026-07-02")) == {}


def test_few_people_with_little_work_say_nothing() -> None:
    pattern = of(Training(late=0.0, team=5, a_month=3.0))
    few = told(pattern, "too_few_items")
    assert pattern.verdict is CANNOT_TELL
    assert few.k < few.n == 30


def test_a_small_team_is_told_as_all_its_people() -> None:
    small = found(drawn_habits.tables(Training(late=0.0, trained=1.0, team=6), seed=1))
    assert {place: each.verdict for place, each in small.items()} == dict.fromkeys(small, PRESENT)
    assert told(small["seller@mia"], "trained") == PatternEvidence(code="trained", k=6, n=6)


def test_two_people_say_nothing_however_much_they_do() -> None:
    tables = drawn_habits.tables(DECAYED, seed=1)
    two = sorted({row["person_id"] for row in tables["seen/training_attendance"]})[:2]
    tables["seen/training_attendance"] = [
        row for row in tables["seen/training_attendance"] if row["person_id"] in two
    ]
    pattern = found(tables)[WHOLE]
    assert pattern.verdict is CANNOT_TELL
    assert told(pattern, "too_few_trained") == PatternEvidence(code="too_few_trained", k=2, n=3)


def test_without_anything_to_do_there_is_nothing_to_see() -> None:
    nothing = drawn_habits.asks("activity", ("activity", "kind", "eq", "task"))
    pattern = found(changed("meant/priority", eligibility=nothing))[WHOLE]
    assert told(pattern, "no_eligible") == PatternEvidence(code="no_eligible", k=0, n=0)
