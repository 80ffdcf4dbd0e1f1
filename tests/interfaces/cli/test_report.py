import io
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from rich.console import Console

from headway.interfaces.cli import charts, layout, report
from headway.queries.results import wording
from headway.terms.answer import Answer
from interfaces.pages import answers


@dataclass(frozen=True, kw_only=True)
class Count:
    file: str
    rows_in: int
    kept: int
    rejected: int
    unread_fields: int = 0


@dataclass(frozen=True, kw_only=True)
class Read:
    counts: tuple[Count, ...] = ()
    rejections: Path | None = None
    notes: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


def printed(answer: Answer, *, width: int = 110) -> str:
    console = Console(file=io.StringIO(), width=width, color_system=None)
    report.show(wording.page(answer), console=console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def reading(read: Read) -> str:
    console = Console(file=io.StringIO(), width=110, color_system=None)
    report.show_reading(read, console=console)
    assert isinstance(console.file, io.StringIO)
    return " ".join(console.file.getvalue().split())


@pytest.mark.parametrize("answer", answers.ALL.values(), ids=answers.ALL)
@pytest.mark.parametrize("width", [40, 80, 200])
def test_every_state_fits_the_width(answer: Answer, width: int) -> None:
    lines = printed(answer, width=width).splitlines()
    assert [line for line in lines if len(line) > min(width, layout.WIDEST)] == []


def test_a_narrow_terminal_gets_every_figure_and_no_line_cut_short() -> None:
    page = wording.page(answers.FALLING)
    text = printed(answers.FALLING, width=60)
    lines = [charts.sparkline(stat.series) for stat in page.stats if len(stat.series) > 1]
    assert [line for line in lines if line not in text] == []
    assert page.waterfall is not None
    said = " ".join(text.split())
    for step in page.waterfall.steps:
        assert step.words in said
        assert all(end in said for end in step.range_words.split(" to "))


def test_the_finding_stands_above_everything_else() -> None:
    page = wording.page(answers.FALLING)
    text = " ".join(printed(answers.FALLING).split())
    assert text.index(page.finding.sentence) < text.index("The figures")


def test_all_that_is_not_named_is_told() -> None:
    page = wording.page(answers.FALLING)
    text = " ".join(printed(answers.FALLING).split())
    for line in (*page.candidates, *page.ruled_out, *page.untested, *page.marks):
        assert line.name in text


def test_chance_is_said_in_words() -> None:
    uncertain = [step for step in answers.FALLING.tree if step.could_be_chance]
    text = " ".join(printed(answers.FALLING).split())
    assert text.count("could be chance") >= len(uncertain) > 0


def test_what_steers_a_terminal_is_shown_and_not_obeyed() -> None:
    organisation = replace(answers.FALLING.organisation, name="Calder\x1b[2J\x07\u202eWorks")
    text = printed(replace(answers.FALLING, organisation=organisation))
    assert "Calder�[2J��Works" in text


def test_what_was_read_is_counted_and_rejections_are_listed() -> None:
    counts = (Count(file="deals.csv", rows_in=8_800, kept=8_798, rejected=2),)
    text = reading(
        Read(counts=counts, rejections=Path("no.csv"), lacks=("There are no lost opportunities.",))
    )
    assert text == (
        "What was read deals.csv 8,800 rows in 8,798 kept 2 rejected "
        "- There are no lost opportunities. "
        "- Rows rejected: 2. Values that could not be read, left unknown: 0. "
        "Each with line, field and reason: no.csv"
    )


def test_without_rejections_no_file_is_named() -> None:
    counts = (Count(file="deals.csv", rows_in=3, kept=3, rejected=0),)
    read = Read(counts=counts, rejections=Path("empty.csv"))
    assert reading(read) == "What was read deals.csv 3 rows in 3 kept 0 rejected"
