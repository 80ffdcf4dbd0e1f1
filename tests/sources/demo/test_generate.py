"""An invented organisation is a sound bundle, the same each time, and its days move along."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.sources.demo.organisations import AS_OF, made

from headway import facts
from headway.facts import collect
from headway.sources import demo

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("scenario", "seed", "sellers"),
    [("sample", 1, None), ("broken", 4, 24), ("small", 2, 20), ("decoys", 3, 24)],
)
def test_it_is_a_sound_bundle(
    tmp_path: Path, scenario: str, seed: int, sellers: int | None
) -> None:
    bundle = facts.bundle.write(made(scenario, seed, sellers).facts, tmp_path / "bundle")
    assert list(facts.bundle.violations(bundle)) == []
    loaded = facts.bundle.load(bundle)
    assert [count for count in loaded.counts if count.rejected] == []
    assert sum(count.kept for count in loaded.counts) > 10_000


def test_the_same_options_give_the_same_bytes(tmp_path: Path) -> None:
    options = demo.DemoOptions(as_of=AS_OF, seed=5)
    one, two = (
        facts.bundle.write(demo.generate(options).facts, tmp_path / name) for name in ("a", "b")
    )
    files = [path.relative_to(one) for path in one.rglob("*") if path.is_file()]
    assert len(files) > 30
    assert [f for f in files if (one / f).read_bytes() != (two / f).read_bytes()] == []


def test_the_same_options_give_the_same_truth() -> None:
    options = demo.DemoOptions(as_of=AS_OF, seed=6, scenario=demo.Scenario.BROKEN)
    assert demo.generate(options).truth.to_json() == demo.generate(options).truth.to_json()


def test_another_seed_gives_another_organisation() -> None:
    one, two = (
        collect(made("sample", seed).facts.columns("seen/opportunity", "amount")).column("amount")
        for seed in (1, 2)
    )
    assert len(one) != len(two) or (one != two).any()


def test_its_days_move_with_the_last_day() -> None:
    later = demo.generate(demo.DemoOptions(as_of=AS_OF + timedelta(days=7)))
    moved = {
        row["priority_id"]: row["launched_on"] - timedelta(days=7)
        for row in collect(later.facts.columns("meant/priority")).records()
    }
    rows = collect(made("sample").facts.columns("meant/priority")).records()
    assert {row["priority_id"]: row["launched_on"] for row in rows} == moved


def test_it_begins_ten_quarters_back() -> None:
    assert made("sample").facts.data_from == date(2024, 7, 1)


def test_no_survey_row_carries_a_person() -> None:
    known = made("sample").facts
    people = set(collect(known.columns("seen/person", "person_id")).column("person_id"))
    leaders = set(collect(known.columns("said/survey_cell", "manager_id")).column("manager_id"))
    lines = collect(known.columns("seen/reporting_line")).records()
    assert leaders <= {row["manager_id"] for row in lines} | {"p001"}
    counts = collect(known.columns("said/survey_count")).records()
    assert not people & {str(value) for row in counts for value in row.values()}


def test_leavers_own_nothing_after_they_left() -> None:
    known = made("broken", 4).facts
    left = {
        row["person_id"]: row["left_on"]
        for row in collect(known.columns("seen/person", "person_id", "left_on")).records()
        if row["left_on"]
    }
    acts = collect(known.columns("seen/activity", "person_id", "occurred_at")).records()
    late = [
        a
        for a in acts
        if a["person_id"] in left and a["occurred_at"].date() >= left[a["person_id"]]
    ]
    assert left
    assert late == []


@pytest.mark.parametrize(
    "wrong",
    [{"seller_count": 19}, {"seller_count": 401}, {"seed": -1}, {"as_of": date(1999, 1, 1)}],
)
def test_what_cannot_be_invented_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(demo.DemoOptionsError, match="expected"):
        demo.DemoOptions(**{"as_of": AS_OF, **wrong})
