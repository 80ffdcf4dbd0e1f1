"""What was declared beside the files of a system: the patterns of AdventureWorks."""

from pathlib import Path

import pytest

from headway.cycle import diagnose
from headway.sources import demo
from headway.terms.pattern import Pattern, PatternCode, PatternEvidence, PatternVerdict
from headway.terms.question import Question

pytestmark = pytest.mark.slow

WHOLE = "seller@273"


@pytest.fixture(scope="module")
def adventureworks() -> diagnose.Diagnosis:
    return diagnose.diagnose(demo.FOLDER, question=Question(), meant=demo.DECLARED)


def pattern(made: diagnose.Diagnosis, code: PatternCode, priority: str) -> Pattern:
    return next(
        each
        for each in made.strategy.patterns
        if (each.code, each.priority, each.place) == (code, priority, WHOLE)
    )


def told(found: Pattern, code: str) -> PatternEvidence:
    return next(each for each in found.evidence if each.code == code)


def share(*parts: PatternEvidence) -> float:
    return sum(each.k or 0 for each in parts) / sum(each.n or 0 for each in parts)


def test_every_declared_row_is_kept(adventureworks: diagnose.Diagnosis) -> None:
    declared = [each for each in adventureworks.counts if each.file.startswith("meant/")]
    assert {each.file.removeprefix("meant/") for each in declared} == {
        path.stem for path in (demo.DECLARED / "meant").iterdir()
    }
    assert sum(each.rejected + each.unread_fields for each in declared) == 0
    assert adventureworks.rejections is None


def test_the_reorganisation_shows_in_what_is_sold_outside_of_territories(
    adventureworks: diagnose.Diagnosis,
) -> None:
    found = pattern(adventureworks, PatternCode.REORGANISED_NOT_ACTED, "territories")
    # By SQL over the files: 17,226,792.03 of 80,450,597.00 are outside; of seller 280's
    # 3,325,102.63, whose territory ended, 1,587,198.46 came after it had.
    outside = share(told(found, "outside_territory_before"), told(found, "outside_territory"))
    assert outside == pytest.approx(0.2141, abs=5e-5)
    assert share(told(found, "after_handover")) == pytest.approx(0.4773, abs=5e-5)
    # Three people had a territory before: too few to call it anything.
    assert found.verdict is PatternVerdict.CANNOT_TELL
    assert told(found, "too_few_people") == PatternEvidence(code="too_few_people", k=3, n=5)
    assert told(found, "orders_only").value == 1
    # Of 119 accounts that passed, 26 were last sold to by who should have given them away.
    assert (told(found, "handed_over").k, told(found, "handed_over").n) == (93, 119)


def test_both_product_launches_are_sold_and_both_markets_are_counted(
    adventureworks: diagnose.Diagnosis,
) -> None:
    for priority in ("touring", "parts-and-clothing"):
        found = pattern(adventureworks, PatternCode.NEW_PRODUCT_OLD_MIX, priority)
        assert found.verdict is PatternVerdict.ABSENT
    for priority in ("france-and-uk", "germany-and-australia"):
        found = pattern(adventureworks, PatternCode.NEW_MARKET_OLD_ACCOUNTS, priority)
        assert told(found, "attention").k > 50
        assert told(found, "no_target") is not None


def test_rows_that_cannot_be_read_are_counted_and_listed(tmp_path: Path) -> None:
    (tmp_path / "meant").mkdir()
    (tmp_path / "meant" / "priority.csv").write_text(
        "priority_id,kind,declared_on\np1,product,soon\np2,product,2012-01-01\n", encoding="utf-8"
    )
    made = diagnose.diagnose(demo.FOLDER, question=Question(), meant=tmp_path)
    count = next(each for each in made.counts if each.file == "meant/priority")
    assert (count.rows_in, count.kept, count.rejected) == (2, 1, 1)
    assert made.rejections is not None
    listed = made.rejections.read_text(encoding="utf-8").splitlines()
    made.rejections.unlink()
    assert len(listed) == 2
    assert listed[1].startswith("meant/priority,2,declared_on,soon,")
    quality = [each for each in made.findings_json["data_quality"] if each["table"] == count.file]
    assert [(each["code"], each["row_count"]) for each in quality] == [("rejected_rows", 1)]
