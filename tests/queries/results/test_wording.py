"""What Results says: sentences from answers, and never more than the answer carries."""

import re
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from tests.interfaces.pages import answers

from headway.queries.results import choices, figures, wording
from headway.queries.results.evidence import figures_of
from headway.queries.results.reasons import PERIODS, REASONS, VERDICTS
from headway.queries.results.sentences import CAVEATS, MARKS, OMITTED
from headway.terms.answer import (
    Answer,
    Cause,
    CauseKind,
    Factor,
    Figure,
    Kpi,
    LadderLine,
    Mark,
    Standing,
    Unit,
    Verdict,
)
from headway.terms.period import Period

REFERENCE = Path(__file__).parents[3] / "docs" / "reference"


def everything_said(answer: Answer) -> str:
    page = wording.page(answer)
    opened = [asdict(wording.evidence(answer, figure=each)) for each in figures_of(answer)]
    return f"{asdict(page)} {opened}"


def codes_of(name: str, *, under: str = "") -> set[str]:
    """The codes in backticks in the first columns of the tables of a page of the reference."""
    path = REFERENCE / name
    if not path.exists():
        pytest.skip(f"{name} is not written yet.")
    text = path.read_text(encoding="utf-8")
    if under:
        text = text.split(under, maxsplit=1)[1].split("\n## ", maxsplit=1)[0]
    rows = [line.split("|") for line in text.splitlines() if line.startswith("|")]
    return {code for row in rows for cell in row[1:3] for code in re.findall(r"`([\w.]+)`", cell)}


def test_a_fall_with_a_place_says_so_in_one_sentence() -> None:
    assert wording.page(answers.FALLING).finding.sentence == (
        "Bookings are 12% down. The win rate points to one place: "
        "product Service contract, region West."
    )


def test_a_change_that_chance_could_make_is_not_called_a_change() -> None:
    page = wording.page(answers.CANNOT_TELL)
    assert page.finding.sentence == (
        "We cannot tell whether bookings moved. The figures are 3% lower. "
        "Chance alone could do that."
    )
    assert (page.grade.bars, page.grade.word) == (0, "Not enough evidence")


def test_what_is_level_is_called_level() -> None:
    assert wording.page(answers.FLAT).finding.sentence == (
        "Bookings are about level (+0.9%). Nothing moved more than chance."
    )


def test_a_source_without_losses_never_shows_a_win_rate() -> None:
    page = wording.page(answers.WON_ONLY)
    rates = [(stat.label, stat.value) for stat in page.stats if "Win rate" in stat.label]
    assert rates == [("Win rate, decided opportunities", "not measured")]
    assert page.waterfall is not None
    assert page.waterfall.not_measured == "Win rate: not measured in this source."
    assert "100%" not in everything_said(answers.WON_ONLY)


def test_two_periods_that_do_not_exist_are_not_compared() -> None:
    page = wording.page(answers.NO_HISTORY)
    assert page.finding.sentence == "There is not enough history to compare yet."
    assert (page.waterfall, page.places, page.is_comparable) == (None, (), False)


@pytest.mark.parametrize("name", answers.ALL)
def test_nothing_is_ever_said_to_cause_anything(name: str) -> None:
    said = everything_said(answers.ALL[name]).lower()
    assert re.findall(r"caused|because of|due to|drives|driver of", said) == []


@pytest.mark.parametrize("name", answers.ALL)
def test_every_figure_of_the_page_can_be_opened(name: str) -> None:
    answer = answers.ALL[name]
    page = wording.page(answer)
    rows = [row for table in page.places for row in table.rows]
    lines = (*page.named, *page.candidates, *page.ruled_out, *page.untested, *page.marks)
    steps = page.waterfall.steps if page.waterfall else ()
    shown = [each.figure for each in (*page.stats, *rows, *lines, *steps)]
    assert [figure for figure in shown if wording.evidence(answer, figure=figure) is None] == []


@pytest.mark.parametrize("standing", [Standing.NAMED, Standing.CANDIDATE])
def test_each_cause_is_told_once_and_opens(standing: Standing) -> None:
    rungs = {"coaching", "leadership"}
    answer = replace(
        answers.FALLING,
        ladder=tuple(
            replace(each, standing=standing, missing=()) if each.code in rungs else each
            for each in answers.FALLING.ladder
        ),
    )
    page = wording.page(answer)
    on_ladder = [each.figure for each in page.rungs if each.standing]
    assert on_ladder == ["ladder-coaching", "ladder-leadership"]
    assert page.has_root is (standing is Standing.NAMED)
    listed = [each.figure for each in (*page.named, *page.candidates)]
    told = (*on_ladder, *listed, *(each.figure for each in (*page.ruled_out, *page.untested)))
    assert sorted(told) == sorted(
        f"ladder-{each.code}" for each in answer.ladder if each.code != "conduct"
    )
    assert [each for each in on_ladder if wording.evidence(answer, figure=each) is None] == []


@pytest.mark.parametrize("figure", ["", "stat-nothing", "place-9-9", "stage-99", "mark-x", "x-y"])
def test_a_figure_that_is_not_there_opens_nothing(figure: str) -> None:
    assert wording.evidence(answers.FALLING, figure=figure) is None


def test_beside_another_result_the_steps_lead_from_bookings_to_bookings() -> None:
    of_bookings = wording.page(answers.FALLING).waterfall
    asked = replace(
        answers.FALLING, kpi=Kpi.WIN_RATE, base=Figure(value=0.31), actual=Figure(value=0.24)
    )
    beside = wording.page(asked).waterfall
    assert of_bookings is not None
    assert beside is not None
    assert beside.title == "Why bookings changed"
    assert [step.words for step in beside.steps] == [step.words for step in of_bookings.steps]


def test_silence_names_a_place_and_the_smallest_fall_that_would_have_been_seen() -> None:
    said = everything_said(answers.FALLING)
    assert "The smallest fall we would have seen in product Pumps is 31%." in said
    assert "The smallest fall we would have seen in a typical region is 12 points." in said


def test_a_place_whose_range_holds_zero_could_be_chance() -> None:
    first, *rest = answers.FALLING.localisations
    unsure = replace(first, causes=(replace(first.causes[0], low=-0.071, high=0.004),))
    for localisation, expected in ((first, False), (unsure, True)):
        answer = replace(answers.FALLING, localisations=(localisation, *rest))
        row = wording.page(answer).places[0].rows[0]
        assert (row.could_be_chance, row.chance) == (expected, "p 0.002")


def test_the_finding_says_how_it_was_reached_and_what_would_change_it() -> None:
    said = wording.page(answers.FALLING).explained
    assert said == (
        (
            "Compared: bookings in April to September 2026 with April to September 2025. They rest "
            "on 118 and 131 cases."
        ),
        "286 places were looked at, in the win rate and bookings; named: 2.",
        "The 90% range of the change is −€1.50M to −€260k.",
        "If that range held zero, we would say that nobody can tell.",
    )
    assert wording.page(answers.CANNOT_TELL).explained != said


def test_the_place_opens_with_its_slice_and_its_chance() -> None:
    opened = wording.evidence(answers.FALLING, figure="place-1-1")
    assert opened is not None
    assert opened.slice == (("product", "Service contract"), ("region", "West"))
    assert ("Chance", "p 0.002") in [(line.name, line.sentence) for line in opened.looked_at]


def test_a_general_move_is_no_place_and_not_called_alike_everywhere() -> None:
    general = Cause(
        slice={}, kind=CauseKind.RATE, contribution=-0.05, low=-0.07, high=-0.03, p=0.001, n=400,
        share=0.9, before=Figure(value=0.3, n=200), now=Figure(value=0.25, n=200),
        measure=Unit.SHARE,
    )  # fmt: skip
    moved = replace(answers.FALLING.localisations[0], causes=(general,))
    chance = tuple(replace(each, low=-2e6, high=2e6) for each in answers.TREE)
    answer = replace(answers.FALLING, localisations=(moved,), tree=chance)
    assert wording.page(answer).finding.sentence == (
        "Bookings are 12% down. No single place stands out beyond chance."
    )


def test_a_share_of_the_whole_is_not_called_a_win_rate() -> None:
    cause = replace(answers.CAUSES[0], kind=CauseKind.MIX)
    moved = replace(answers.FALLING.localisations[0], causes=(cause,))
    page = wording.page(replace(answers.FALLING, localisations=(moved,)))
    assert "There its part of the whole went from 38% to 19%" in page.lede
    assert page.places[0].scale == "Share, 10 to 50%"


def test_three_places_are_shown_and_the_others_are_counted() -> None:
    five = tuple(replace(answers.CAUSES[0], slice={"region": f"R{k}"}) for k in range(5))
    everywhere = replace(answers.CAUSES[0], slice={})
    moved = replace(answers.FALLING.localisations[0], causes=(*five, everywhere))
    table = wording.page(replace(answers.FALLING, localisations=(moved,))).places[0]
    assert [row.figure for row in table.rows] == [f"place-1-{k}" for k in (1, 2, 3, 6)]
    assert "And 2 more places moved more than chance; they carry less than these." in table.notes


def test_a_doubt_that_touches_a_figure_takes_one_bar_away() -> None:
    clean = replace(answers.FALLING, marks=())
    bars = [wording.page(answer).grade.bars for answer in (clean, answers.FALLING)]
    assert bars == [3, 2]


def test_stages_are_said_to_have_moved_only_beyond_their_range() -> None:
    table = wording.page(answers.FALLING).stages
    assert table is not None
    moved = [(row.label, row.strip.tone.value) for row in table.rows if row.strip]
    # Before 61 % lies above 48 to 58 %; every other before lies inside.
    assert [label for label, tone in moved if tone == "worse"] == ["Proposal to Short list"]
    assert {tone for _, tone in moved} == {"worse", "plain"}


def test_few_cases_are_counted_and_many_are_per_cent() -> None:
    assert [figures.share_of(0.25, n=n) for n in (8, 20, 0)] == ["2 of 8", "25%", "25%"]


def test_a_reason_without_its_figures_still_reads() -> None:
    line = LadderLine(code="mix", standing=Standing.RULED_OUT, reason="mix.small")
    page = wording.page(replace(answers.FALLING, ladder=(line,)))
    assert page.ruled_out[0].sentence == "the largest effect of mix, by –, is – of –."


def test_what_decided_the_verdict_is_said() -> None:
    answer = replace(
        answers.CANNOT_TELL,
        verdict_reason="verdict.too_few",
        verdict_figures={"n_now": 7, "n_before": 12, "needed": 10},
    )
    assert wording.page(answer).finding.end == (
        " The figures are 3% lower. There are too few cases: 7 now and 12 before, it takes 10 each."
    )


def test_a_doubt_names_at_most_a_few_of_what_it_touches() -> None:
    touched = tuple(f"measure_{number}" for number in range(9))
    mark = Mark(
        code="open_at_end", table="seen/opportunity", row_count=5, share=0.1, affects=touched
    )
    assert wording.doubt(mark, currency="EUR").detail == (
        "Affects measure 0, measure 1, measure 2 and 6 more."
    )


@pytest.mark.parametrize(
    ("reference", "under", "sentences"),
    [
        ("findings.md", "## Why these two periods", PERIODS),
        ("findings.md", "## What decided the verdict", VERDICTS),
        ("findings.md", "## What was left out", OMITTED),
    ],
)
def test_every_code_of_the_reference_has_its_sentence(reference, under, sentences) -> None:
    assert codes_of(reference, under=under) - set(sentences) == set()


def test_every_reason_of_the_reference_has_its_sentence() -> None:
    named = {code for code in codes_of("findings.md", under="## The ladder") if "." in code}
    assert named - set(REASONS) == set()


def test_every_check_of_the_reference_has_its_sentence() -> None:
    assert {code for code in codes_of("checks.md") if code.islower()} - set(MARKS) == set()


def test_every_caveat_in_the_analysis_has_its_sentence() -> None:
    source = Path(__file__).parents[3] / "src" / "headway" / "analysis" / "results"
    said = set()
    for path in source.glob("*.py"):
        for found in re.findall(r"caveats\s*=\s*[\[(]([^\])]*)[\])]", path.read_text("utf-8")):
            said |= set(re.findall(r'"(\w+)"', found))
    assert "open_censored" in said
    assert said - set(CAVEATS) == set()


@given(some.floats(min_value=-1e12, max_value=1e12))
def test_money_keeps_its_sign_and_three_figures(amount: float) -> None:
    text = figures.money(amount, currency="EUR")
    assert text.startswith("−€") == (amount < 0)
    number = float(re.sub(r"[^\d.]", "", text)) * {"k": 1e3, "M": 1e6, "B": 1e9}.get(text[-1], 1)
    assert number == pytest.approx(abs(amount), rel=0.051, abs=0.5)


@given(some.dates(date(1990, 1, 1), date(2090, 1, 1)), some.integers(1, 900))
def test_a_comparison_is_read_as_it_was_written(first: date, days: int) -> None:
    end = date.fromordinal(first.toordinal() + days)
    actual = Period(first=end, end=date.fromordinal(end.toordinal() + days))
    base = Period(first=first, end=end)
    code = choices.comparison_code(actual, base=base)
    assert choices.periods(code) == (actual, base)


@pytest.mark.parametrize(
    "text",
    ["", "x", "2026-01-01..2026-02-01", "2026-01-01..2026-02-01~2026-01-15..2026-02-15",
     "2026-02-30..2026-03-01~2026-01-01..2026-02-01",
     "2026-02-01..2026-01-01~2025-01-01..2025-02-01"],
)  # fmt: skip
def test_a_comparison_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(choices.ComparisonTextError, match="is no comparison"):
        choices.periods(text)


def test_a_factor_beyond_chance_that_carries_half_is_named() -> None:
    factor = Factor(code="sellers", base=9, actual=6, contribution=-0.6e6, low=-0.9e6, high=-0.3e6)
    rest = Factor(code="average_amount", base=1, actual=1, contribution=-0.29e6, low=-1e6, high=1e6)
    answer = replace(answers.FALLING, tree=(factor, rest), localisations=())
    assert wording.page(answer).finding.sentence == (
        "Bookings are 12% down. Sellers carries most of it, and no single place stands out."
    )
    assert replace(answer, verdict=Verdict.FALLING) == answer
