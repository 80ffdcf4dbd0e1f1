"""From a path to an answer: what was known on a day, and where the path may lead."""

import csv
import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import numpy as np
import pytest

from headway.cycle import diagnose
from headway.queries.results import wording
from headway.sources import demo
from headway.terms.answer import Kpi, Verdict
from headway.terms.question import Question

FIRST, LAST = date(2025, 1, 1), date(2026, 3, 31)
STAGES = (("Qualify", "open"), ("Offer", "open"), ("Won", "won"), ("Lost", "lost"))
GROUPS = dict(STAGES)
SELLERS = 6


@dataclass(frozen=True)
class Change:
    """One change: when it held true and when it was typed in."""

    happened: datetime
    typed: datetime
    field: str
    old: str | None
    new: str


@dataclass(frozen=True)
class Story:
    """One opportunity as it went."""

    name: str
    owner: str
    created: datetime
    typed: datetime
    product: str
    changes: list[Change] = field(default_factory=list)


def stories(seed: int, *, n: int = 260) -> list[Story]:
    random = np.random.default_rng(seed)
    told = []
    for place in range(n):
        start = FIRST + timedelta(days=int(random.integers(0, 440)))
        created = _noon(start)
        story = Story(
            name=f"o{place:04}",
            owner=f"p{int(random.integers(0, SELLERS))}",
            created=created,
            typed=_late(created, random),
            product=("Core", "Plus")[int(random.integers(0, 2))],
        )
        close = start + timedelta(days=int(random.integers(20, 70)))
        amount = f"{float(random.integers(100, 900)) * 10:.2f}"
        first = [("stage", "Qualify"), ("amount", amount), ("close_on", close.isoformat())]
        for name, value in first:
            story.changes.append(Change(created, story.typed, name, None, value))
        offered = created + timedelta(days=int(random.integers(3, 20)))
        ended = offered + timedelta(days=int(random.integers(3, 60)))
        outcome = "Won" if random.random() < 0.45 else "Lost"
        _add(story, "stage", "Offer", at=offered, random=random)
        _add(story, "close_on", ended.date().isoformat(), at=offered, random=random)
        _add(story, "amount", f"{float(amount) * 0.9:.2f}", at=offered, random=random)
        _add(story, "stage", outcome, at=ended, random=random)
        told.append(story)
    return told


def bundle(told: Sequence[Story], *, until: date, into: Path) -> Path:
    """What had been typed in by the end of a day, as a bundle."""
    end = datetime.combine(until + timedelta(days=1), time(), tzinfo=UTC)
    known = [story for story in told if story.typed < end]
    rows = {
        "seen/person": [{"person_id": f"p{i}"} for i in range(SELLERS)],
        "seen/reporting_line": [
            {
                "person_id": f"p{i}",
                "valid_from": FIRST.isoformat(),
                "role": "seller",
                "region": ("North", "South")[i % 2],
                "basis": "declared",
            }
            for i in range(SELLERS)
        ],
        "seen/product": [{"product_id": name, "name": name} for name in ("Core", "Plus")],
        "seen/stage_def": [
            {"pipeline": "Sales", "stage": stage, "sort_order": str(i), "stage_group": group}
            for i, (stage, group) in enumerate(STAGES)
        ],
        "seen/opportunity": [_row(story, end=end) for story in known],
        "seen/opportunity_line": [
            {"opportunity_id": story.name, "line_no": "1", "product_id": story.product}
            for story in known
        ],
        "seen/opportunity_change": [
            {
                "opportunity_id": story.name,
                "changed_at": _instant(change.happened),
                "field": change.field,
                "old_value": change.old,
                "new_value": change.new,
                "recorded_at": _instant(change.typed),
            }
            for story in known
            for change in story.changes
            if change.typed < end
        ],
    }
    return _written(rows, as_of=until, into=into)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)


def _late(moment: datetime, random: np.random.Generator) -> datetime:
    # One in four is typed in up to three weeks late.
    days = int(random.integers(1, 21)) if random.random() < 0.25 else 0
    return moment + timedelta(days=days, minutes=5)


def _add(story: Story, name: str, value: str, *, at: datetime, random: np.random.Generator) -> None:
    earlier = [change for change in story.changes if change.field == name][-1]
    # A change is typed in after what came before it.
    typed = max(_late(at, random), earlier.typed + timedelta(minutes=1), story.typed)
    if at.date() <= LAST:
        story.changes.append(Change(at, typed, name, earlier.new, value))


def _row(story: Story, *, end: datetime) -> dict[str, str | None]:
    then: dict[str, Change] = {}
    for change in story.changes:
        if change.typed < end:
            then[change.field] = change
    stage = then["stage"]
    group = GROUPS[stage.new]
    return {
        "opportunity_id": story.name,
        "owner_id": story.owner,
        "pipeline": "Sales",
        "stage": stage.new,
        "stage_group": group,
        "amount": then["amount"].new,
        "created_at": _instant(story.created),
        "close_on": then["close_on"].new,
        "closed_at": None if group == "open" else _instant(stage.happened),
        "recorded_at": _instant(story.typed),
    }


def _instant(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _written(
    rows: Mapping[str, Sequence[Mapping[str, str | None]]], *, as_of: date, into: Path
) -> Path:
    listed = []
    for name, table in rows.items():
        path = into / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, fieldnames=list(table[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(table)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        listed.append(
            {"name": name, "path": f"{name}.csv", "row_count": len(table), "sha256": digest}
        )
    manifest = {
        "format": "headway-bundle",
        "format_version": 1,
        "organisation": {
            "name": "Told",
            "currency": "EUR",
            "time_zone": "UTC",
            "fiscal_year_start_month": 1,
        },
        "as_of": as_of.isoformat(),
        "data_from": FIRST.isoformat(),
        "min_answer_count": 5,
        "min_text_count": 10,
        "tables": listed,
    }
    (into / "bundle.json").write_text(json.dumps(manifest), encoding="utf-8")
    return into


def found(path: Path, *, as_of: date | None = None) -> dict[str, object]:
    made = diagnose.diagnose(path, question=Question(), as_of=as_of).findings_json
    return {name: value for name, value in made.items() if name != "bundle_sha256"}


@pytest.fixture(scope="module")
def told() -> list[Story]:
    return stories(seed=4)


@pytest.fixture(scope="module")
def whole(told: list[Story], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bundle(told, until=LAST, into=tmp_path_factory.mktemp("whole"))


@pytest.mark.slow
@pytest.mark.parametrize(
    "day",
    [
        FIRST + timedelta(days=int(day))
        for day in [94, *sorted(np.random.default_rng(9).integers(90, 450, 19))]
    ],
    ids=str,
)
def test_what_was_known_on_a_day_is_what_a_bundle_of_that_day_says(
    tmp_path: Path, told: list[Story], whole: Path, day: date
) -> None:
    cut = bundle(told, until=day, into=tmp_path)
    assert found(whole, as_of=day) == found(cut)


def test_late_typed_rows_make_a_difference(told: list[Story]) -> None:
    # Without them the test above would show little.
    late = [
        change
        for story in told
        for change in story.changes
        if change.typed - change.happened > timedelta(days=1)
    ]
    assert len(late) > 200


def test_the_last_day_cuts_nothing_off(whole: Path) -> None:
    assert found(whole, as_of=LAST) == found(whole)


def test_the_asked_result_comes_first_and_all_are_written(whole: Path) -> None:
    made = diagnose.diagnose(whole, question=Question(kpi=Kpi.WIN_RATE))
    assert made.asked.kpi is Kpi.WIN_RATE
    assert [row["kpi"] for row in made.findings_json["results"]] == sorted(kpi for kpi in Kpi)


def test_progress_never_falls_and_ends_at_one(whole: Path) -> None:
    told: list[float] = []
    diagnose.diagnose(whole, question=Question(), progress=lambda share, _: told.append(share))
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_a_zip_of_a_bundle_says_the_same_as_its_folder(tmp_path: Path, whole: Path) -> None:
    packed = shutil.make_archive(str(tmp_path / "told"), "zip", whole)
    assert found(Path(packed)) == found(whole)


def test_rows_that_could_not_be_read_are_counted_and_kept_to_look_at(tmp_path: Path) -> None:
    lines = ["Opportunity ID,Stage,Amount,Created Date,Close Date,Won,Closed,Opportunity Owner"]
    for place in range(80):
        day = date(2026, 1, 1) + timedelta(days=2 * place % 150)
        won = "true" if place % 2 else "false"
        stage = "Closed Won" if place % 2 else "Closed Lost"
        lines.append(f"o{place},{stage},{1000 + place},{day},{day},{won},true,Ada")
    lines.append(",Closed Won,5,2026-01-01,2026-01-02,true,true,Ada")
    file = tmp_path / "report.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    made = diagnose.diagnose(file, question=Question())
    assert [(count.rows_in, count.kept, count.rejected) for count in made.counts] == [(81, 80, 1)]
    assert made.rejections is not None
    assert len(made.rejections.read_text(encoding="utf-8").splitlines()) == 2
    rejected = [row for row in made.findings_json["data_quality"] if row["code"] == "rejected_rows"]
    assert [row["row_count"] for row in rejected] == [1]
    made.rejections.unlink()


@pytest.fixture(scope="module")
def adventureworks() -> diagnose.Diagnosis:
    return diagnose.diagnose(demo.FOLDER, question=Question())


def test_the_sample_compares_two_quarters_with_a_year_before(
    adventureworks: diagnose.Diagnosis,
) -> None:
    comparison = adventureworks.asked.comparison
    assert comparison is not None
    spans = (comparison.actual.first, comparison.actual.end, comparison.base.first)
    assert spans == (date(2013, 4, 1), date(2013, 10, 1), date(2012, 4, 1))


def test_the_sample_has_no_win_rate_and_a_tree_of_three(
    adventureworks: diagnose.Diagnosis,
) -> None:
    by_kpi = {answer.kpi: answer for answer in adventureworks.answers}
    assert by_kpi[Kpi.WIN_RATE].verdict_reason == "verdict.not_measured"
    sentences = {
        Kpi.WIN_RATE: "The win rate is not measured in this source: it takes lost opportunities.",
        Kpi.OPPORTUNITIES_CREATED: (
            "The number of new opportunities is not measured in this source: it takes days of "
            "creation."
        ),
        Kpi.CYCLE_DAYS: (
            "The time from creation to a win is not measured in this source: it takes days of "
            "creation."
        ),
    }
    for kpi, sentence in sentences.items():
        page = wording.page(by_kpi[kpi])
        assert page.finding.sentence == sentence
        assert (page.grade.bars, page.grade.word) == (0, "Not measured")
        assert "chance" not in page.grade.ground
    factors = {factor.code: factor for factor in adventureworks.asked.tree}
    assert not factors["win_rate"].is_measured
    assert factors["win_rate"].contribution == 0.0
    product = factors["sellers"].actual
    product *= factors["opportunities_per_seller"].actual * factors["average_amount"].actual
    assert product == pytest.approx(adventureworks.asked.actual.value, rel=1e-9)
    unmeasured = {"close_rate", "cohort_win_rate", "slip", "coverage"}
    for metric in adventureworks.asked.metrics:
        if metric.code in unmeasured:
            assert metric.now.value is None


def test_stray_days_of_booking_are_no_unequal_days(adventureworks: diagnose.Diagnosis) -> None:
    line = next(line for line in adventureworks.asked.ladder if line.code == "booking_days")
    # By SQL: 12,370,651.58 on six days (2012 Q2+Q3), 16,301,337.03 on eight (2013 Q2+Q3).
    # Two of the eight hold one and two orders: as they weigh it is 5.6 days against 5.6.
    assert line.reason == "booking_days.stray_days"
    assert line.figures["effective_before"] == pytest.approx(624**2 / 69_046)
    assert line.figures["effective_now"] == pytest.approx(889**2 / 139_987)
    assert (line.figures["days_before"], line.figures["days_now"]) == (6, 8)
    assert line.figures["per_day_before"] == pytest.approx(12_370_651.58 / 6, abs=0.01)
    assert line.figures["per_day_now"] == pytest.approx(16_301_337.03 / 8, abs=0.01)


def test_the_sample_rose_and_a_new_product_family_carries_most(
    adventureworks: diagnose.Diagnosis,
) -> None:
    asked = adventureworks.asked
    assert asked.verdict is Verdict.IMPROVING
    assert asked.localisations[0].causes[0].slice == {"product_family": "Touring Bikes"}
