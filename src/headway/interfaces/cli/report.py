"""An answer in the terminal: the sentences and figures of the page, drawn with characters."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from rich.console import Console, Group, RenderableType
from rich.text import Text

from headway.interfaces.cli import charts, layout
from headway.queries.results import figures
from headway.queries.results.page import (
    Line,
    ResultsPage,
    Row,
    Rung,
    Stat,
    Step,
    Table,
    Tone,
    Waterfall,
)


class FileRead(Protocol):
    """What became of the rows of one file, as sources count them."""

    @property
    def file(self) -> str:
        """Its name."""

    @property
    def rows_in(self) -> int:
        """Rows found."""

    @property
    def kept(self) -> int:
        """Rows used."""

    @property
    def rejected(self) -> int:
        """Rows that could not be read."""

    @property
    def unread_fields(self) -> int:
        """Single values in kept rows that could not be read."""


class Reading(Protocol):
    """What the cycle tells about reading a path."""

    @property
    def counts(self) -> Sequence[FileRead]:
        """One for each file."""

    @property
    def rejections(self) -> Path | None:
        """The list of what could not be read; None where all could."""

    @property
    def notes(self) -> Sequence[str]:
        """What was read otherwise than it stands."""

    @property
    def lacks(self) -> Sequence[str]:
        """What this source cannot tell."""


# Columns of the waterfall by the width of the terminal: below the last, figures take the room.
_CHARTS = ((100, 40), (76, 20))
_STRIP = 26
_STYLES = {Tone.BETTER: "green", Tone.WORSE: "red", Tone.PLAIN: ""}
_GLYPHS = {"ring": "○", "disc": "●", "half": "◆", "slip": "✗", "open": "?"}


def show(page: ResultsPage, *, console: Console) -> None:
    """Print one answer, from the finding down to what the data cannot bear."""
    width = min(console.width, layout.WIDEST)
    chart = next((drawn for least, drawn in _CHARTS if width >= least), 0)
    console.print(Group(*_sections(page, chart=chart)), width=width)


def show_lines(lines: Sequence[Line], *, title: str, console: Console) -> None:
    """Print one list under its title."""
    console.print(
        Group(*layout.section(title, _lines(lines))), width=min(console.width, layout.WIDEST)
    )


def show_reading(reading: Reading, *, console: Console) -> None:
    """Print what became of the rows of each file, and what the source cannot tell."""
    grid = layout.grid(right=(1, 2, 3), whole=(1, 2, 3))
    for count in reading.counts:
        grid.add_row(
            layout.words(count.file),
            layout.words(f"{count.rows_in:,} rows in"),
            layout.words(f"{count.kept:,} kept"),
            layout.words(f"{count.rejected:,} rejected"),
        )
    said = [*reading.notes, *reading.lacks]
    rejected = sum(count.rejected for count in reading.counts)
    unread = sum(count.unread_fields for count in reading.counts)
    if reading.rejections is not None and (rejected or unread):
        said.append(
            f"Rows rejected: {rejected:,}. Values that could not be read, left unknown: "
            f"{unread:,}. Each with line, field and reason: {reading.rejections}"
        )
    body = Group(grid, layout.notes(said))
    console.print(
        Group(*layout.section("What was read", body)), width=min(console.width, layout.WIDEST)
    )


def _sections(page: ResultsPage, *, chart: int) -> Iterable[RenderableType]:
    yield from _top(page)
    if page.stats:
        yield from layout.section("The figures", _stats(page.stats, is_narrow=not chart))
    if page.waterfall is not None:
        title = f"{page.waterfall.title} ({page.waterfall.unit})"
        yield from layout.section(title, _waterfall(page.waterfall, width=chart))
    for table in (*page.places, page.stages, page.measures):
        if table is not None:
            yield from layout.section(table.title, _table(table, is_narrow=not chart))
    yield from layout.section(
        "From the problem you see to the one you can mend", _rungs(page.rungs)
    )
    for title, lines in (
        ("Named", page.named),
        ("Candidates", page.candidates),
        ("Checked and ruled out", page.ruled_out),
        ("Not tested: the data cannot tell", page.untested),
        ("Doubts about the data", page.marks),
    ):
        if lines:
            yield from layout.section(title, _lines(lines))
    if page.notes:
        yield from layout.section("Left out, or known only in part", layout.notes(page.notes))
    yield from layout.section("Next step", layout.words(page.next_step))


def _top(page: ResultsPage) -> Iterable[RenderableType]:
    heading = page.heading
    context = (
        heading.organisation,
        heading.scope,
        heading.periods,
        heading.data_until,
        heading.doubts,
    )
    yield layout.words(" · ".join(part for part in context if part), style="dim")
    yield Text()
    finding = page.finding
    yield Text.assemble(
        (layout.plain(finding.start), "bold"),
        (layout.plain(finding.marked), "bold red"),
        (layout.plain(finding.end), "bold"),
    )
    if page.lede:
        yield layout.words(page.lede)
    bars = "▮" * page.grade.bars + "▯" * (3 - page.grade.bars)
    yield layout.words(f"{bars} {page.grade.word}. {page.grade.ground}", style="dim")


def _stats(stats: Sequence[Stat], *, is_narrow: bool) -> RenderableType:
    grid = layout.grid(right=(1,), whole=(4,))
    for stat in stats:
        words = (
            layout.words(layout.joined(stat.range, stat.ground), style="dim"),
            layout.words(stat.change, style=_STYLES[stat.tone]),
            layout.words(charts.sparkline(stat.series) if len(stat.series) > 1 else ""),
        )
        grid.add_row(
            layout.words(_marked(stat.label, is_marked=stat.is_marked)),
            layout.words(stat.value, style="dim" if stat.is_missing else "bold"),
            *([Group(*filter(None, words))] if is_narrow else words),
        )
    under = []
    if any(stat.is_marked for stat in stats):
        under.append("* touched by a doubt about the data, below")
    if any(stat.series and not stat.is_last_whole for stat in stats):
        under.append("The last step of a line is a quarter that is not complete.")
    return Group(grid, *(layout.words(text, style="dim") for text in under))


def _waterfall(fall: Waterfall, *, width: int) -> RenderableType:
    axis = charts.axis_of_steps(
        totals=[step.amount for step in fall.steps if step.is_total],
        contributions=[(step.amount, *_ends(step)) for step in fall.steps if not step.is_total],
        width=width,
    )
    grid = layout.grid(right=(2,), whole=(0, 1, 2))
    level = 0.0
    for step in fall.steps:
        grid.add_row(
            layout.words(step.label, style="bold" if step.is_largest else ""),
            layout.words(
                _bar(step, level=level, axis=axis) if width else "", style=_step_style(step)
            ),
            layout.words(step.words),
            layout.words(layout.joined(step.range_words, _doubt(step), step.detail), style="dim"),
        )
        level = step.amount if step.is_total else level + step.amount
    parts = [
        layout.joined(f"{step.label} ({step.detail}): {step.words}", step.range_words, _doubt(step))
        for step in fall.parts
    ]
    cut = (
        ""
        if axis.low <= 0 or not width
        else "The bars begin above zero, so that the steps can be seen."
    )
    under = [text for text in (cut, *parts, fall.not_measured) if text]
    return Group(grid, *(layout.words(text, style="dim") for text in under))


def _bar(step: Step, *, level: float, axis: charts.Axis) -> str:
    if step.is_total:
        return charts.total(step.amount, axis=axis)
    return charts.step(
        level,
        size=step.amount,
        ends=None if step.low is None or step.high is None else (step.low, step.high),
        could_be_chance=step.could_be_chance,
        axis=axis,
    )


def _doubt(told: Step | Row) -> str:
    return "could be chance" if told.could_be_chance else ""


def _ends(step: Step) -> tuple[float, float]:
    return (
        step.amount if step.low is None else step.low,
        step.amount if step.high is None else step.high,
    )


def _step_style(step: Step) -> str:
    if step.is_total or step.could_be_chance:
        return ""
    return _STYLES[Tone.BETTER if step.amount > 0 else Tone.WORSE]


def _table(table: Table, *, is_narrow: bool) -> RenderableType:
    if not table.rows:
        return Group(*(layout.words(text) for text in (table.empty, *table.notes) if text))
    has_strips = not is_narrow and any(row.strip for row in table.rows)
    grid = layout.grid(right=(1, 2), whole=(1, 2, 3))
    unknown = [row.label.lower() for row in table.rows if _is_unknown(row)]
    for row in table.rows:
        if _is_unknown(row):
            continue
        grid.add_row(
            layout.words(
                _marked(row.label, is_marked=row.is_marked), style="bold" if row.is_strong else ""
            ),
            layout.words(row.before, style="dim"),
            layout.words(row.now),
            layout.words(_drawn(row) if has_strips else ""),
            layout.words(layout.joined(*_row_words(row)), style="dim"),
        )
    scale = f"{table.caption} {table.scale}".strip().replace("Bar: before", "Line: before")
    missing = f"{figures.missing(None).capitalize()}: {', '.join(unknown)}." if unknown else ""
    under = [text for text in (missing, scale, *table.notes) if text]
    return Group(grid, *(layout.words(text, style="dim") for text in under))


def _is_unknown(row: Row) -> bool:
    """Whether a row says nothing but that its measure is not measured: told together, below."""
    return row.now == row.before == figures.missing(None) and not row.amount


def _row_words(row: Row) -> Iterable[str]:
    yield f"{row.amount} ({row.share} of it)" if row.share else row.amount
    yield row.range
    yield row.chance
    yield _doubt(row)
    yield row.note
    yield f"n {row.n}" if row.n else ""


def _drawn(row: Row) -> str:
    if row.strip is None:
        return ""
    strip = row.strip
    return charts.strip(
        before=strip.before,
        now=strip.now,
        ends=None if strip.low is None or strip.high is None else (strip.low, strip.high),
        axis=charts.Axis(low=strip.scale_low, high=strip.scale_high, width=_STRIP),
    )


def _rungs(rungs: Sequence[Rung]) -> RenderableType:
    grid = layout.grid(whole=(0,))
    for rung in rungs:
        grid.add_row(
            layout.words(
                f"{_GLYPHS.get(rung.glyph, '·')} {rung.level}"
                + (f" · {rung.standing}" if rung.standing else "")
            ),
            Group(
                layout.words(rung.title, style="bold" if rung.is_root else ""),
                *([layout.words(rung.evidence, style="dim")] if rung.evidence else []),
            ),
        )
    return grid


def _lines(lines: Sequence[Line]) -> RenderableType:
    grid = layout.grid()
    for line in lines:
        detail = [layout.words(line.detail, style="dim")] if line.detail else []
        grid.add_row(layout.words(line.name), Group(layout.words(line.sentence), *detail))
    return grid


def _marked(label: str, *, is_marked: bool) -> str:
    return f"{label} *" if is_marked else label
