"""An answer in the terminal: the sentences and figures of the page, drawn with characters."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from headway.interfaces.cli import charts
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


WIDEST = 110
# Columns of the waterfall by the width of the terminal: below the last, figures take the room.
_CHARTS = ((100, 40), (76, 20))
_STRIP = 26
_COLUMNS = 6
_LABEL = 16
_STYLES = {Tone.BETTER: "green", Tone.WORSE: "red", Tone.PLAIN: ""}
_GLYPHS = {"ring": "○", "disc": "●", "half": "◆", "slip": "✗", "open": "?"}
_INDENT = (0, 0, 0, 2)


def show(page: ResultsPage, *, console: Console) -> None:
    """Print one answer, from the finding down to what the data cannot bear."""
    width = min(console.width, WIDEST)
    chart = next((drawn for least, drawn in _CHARTS if width >= least), 0)
    console.print(Group(*_sections(page, chart=chart)), width=width)


def show_lines(lines: Sequence[Line], *, title: str, console: Console) -> None:
    """Print one list under its title."""
    console.print(Group(*_section(title, _lines(lines))), width=min(console.width, WIDEST))


def show_reading(reading: Reading, *, console: Console) -> None:
    """Print what became of the rows of each file, and what the source cannot tell."""
    grid = _grid(right=(1, 2, 3), whole=(1, 2, 3))
    for count in reading.counts:
        grid.add_row(
            _words(count.file),
            _words(f"{count.rows_in:,} rows in"),
            _words(f"{count.kept:,} kept"),
            _words(f"{count.rejected:,} rejected"),
        )
    said = [*reading.notes, *reading.lacks]
    is_listed = any(count.rejected or count.unread_fields for count in reading.counts)
    if reading.rejections is not None and is_listed:
        said.append(f"What could not be read, with line, field and reason: {reading.rejections}")
    body = Group(grid, _notes(said))
    console.print(Group(*_section("What was read", body)), width=min(console.width, WIDEST))


def _sections(page: ResultsPage, *, chart: int) -> Iterable[RenderableType]:
    yield from _top(page)
    if page.stats:
        yield from _section("The figures", _stats(page.stats, is_narrow=not chart))
    if page.waterfall is not None:
        title = f"{page.waterfall.title} ({page.waterfall.unit})"
        yield from _section(title, _waterfall(page.waterfall, width=chart))
    for table in (*page.places, page.stages, page.measures):
        if table is not None:
            yield from _section(table.title, _table(table, is_narrow=not chart))
    yield from _section("From the problem you see to the one you can mend", _rungs(page.rungs))
    for title, lines in (
        ("Named", page.named),
        ("Candidates", page.candidates),
        ("Checked and ruled out", page.ruled_out),
        ("Not tested: the data cannot tell", page.untested),
        ("Doubts about the data", page.marks),
    ):
        if lines:
            yield from _section(title, _lines(lines))
    if page.notes:
        yield from _section("Left out, or known only in part", _notes(page.notes))
    yield from _section("Next step", _words(page.next_step))


def _top(page: ResultsPage) -> Iterable[RenderableType]:
    heading = page.heading
    context = (
        heading.organisation,
        heading.scope,
        heading.periods,
        heading.data_until,
        heading.doubts,
    )
    yield _words(" · ".join(part for part in context if part), style="dim")
    yield Text()
    finding = page.finding
    yield Text.assemble(
        (_plain(finding.start), "bold"),
        (_plain(finding.marked), "bold red"),
        (_plain(finding.end), "bold"),
    )
    if page.lede:
        yield _words(page.lede)
    bars = "▮" * page.grade.bars + "▯" * (3 - page.grade.bars)
    yield _words(f"{bars} {page.grade.word}. {page.grade.ground}", style="dim")


def _section(title: str, body: RenderableType) -> Iterable[RenderableType]:
    yield Text()
    yield Text(_plain(title), style="bold underline")
    yield Padding(body, _INDENT)


def _stats(stats: Sequence[Stat], *, is_narrow: bool) -> RenderableType:
    grid = _grid(right=(1,), whole=(4,))
    for stat in stats:
        words = (
            _words(_joined(stat.range, stat.ground), style="dim"),
            _words(stat.change, style=_STYLES[stat.tone]),
            _words(charts.sparkline(stat.series) if len(stat.series) > 1 else ""),
        )
        grid.add_row(
            _words(_marked(stat.label, is_marked=stat.is_marked)),
            _words(stat.value, style="dim" if stat.is_missing else "bold"),
            *([Group(*filter(None, words))] if is_narrow else words),
        )
    under = []
    if any(stat.is_marked for stat in stats):
        under.append("* touched by a doubt about the data, below")
    if any(stat.series and not stat.is_last_whole for stat in stats):
        under.append("The last step of a line is a quarter that is not complete.")
    return Group(grid, *(_words(text, style="dim") for text in under))


def _waterfall(fall: Waterfall, *, width: int) -> RenderableType:
    axis = charts.axis_of_steps(
        totals=[step.amount for step in fall.steps if step.is_total],
        contributions=[(step.amount, *_ends(step)) for step in fall.steps if not step.is_total],
        width=width,
    )
    grid = _grid(right=(2,), whole=(0, 1, 2))
    level = 0.0
    for step in fall.steps:
        grid.add_row(
            _words(step.label, style="bold" if step.is_largest else ""),
            _words(_bar(step, level=level, axis=axis) if width else "", style=_step_style(step)),
            _words(step.words),
            _words(_joined(step.range_words, _doubt(step), step.detail), style="dim"),
        )
        level = step.amount if step.is_total else level + step.amount
    parts = [
        _joined(f"{step.label} ({step.detail}): {step.words}", step.range_words, _doubt(step))
        for step in fall.parts
    ]
    cut = (
        ""
        if axis.low <= 0 or not width
        else "The bars begin above zero, so that the steps can be seen."
    )
    under = [text for text in (cut, *parts, fall.not_measured) if text]
    return Group(grid, *(_words(text, style="dim") for text in under))


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


def _doubt(step: Step) -> str:
    return "could be chance" if step.could_be_chance else ""


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
        return Group(*(_words(text) for text in (table.empty, *table.notes) if text))
    has_strips = not is_narrow and any(row.strip for row in table.rows)
    grid = _grid(right=(1, 2), whole=(1, 2, 3))
    unknown = [row.label.lower() for row in table.rows if _is_unknown(row)]
    for row in table.rows:
        if _is_unknown(row):
            continue
        grid.add_row(
            _words(
                _marked(row.label, is_marked=row.is_marked), style="bold" if row.is_strong else ""
            ),
            _words(row.before, style="dim"),
            _words(row.now),
            _words(_drawn(row) if has_strips else ""),
            _words(_joined(*_row_words(row)), style="dim"),
        )
    scale = f"{table.caption} {table.scale}".strip().replace("Bar: before", "Line: before")
    missing = f"{figures.missing(None).capitalize()}: {', '.join(unknown)}." if unknown else ""
    under = [text for text in (missing, scale, *table.notes) if text]
    return Group(grid, *(_words(text, style="dim") for text in under))


def _is_unknown(row: Row) -> bool:
    """Whether a row says nothing but that its measure is not measured: told together, below."""
    return row.now == row.before == figures.missing(None) and not row.amount


def _row_words(row: Row) -> Iterable[str]:
    yield f"{row.amount} ({row.share} of it)" if row.share else row.amount
    yield row.range
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
    grid = _grid(whole=(0,))
    for rung in rungs:
        grid.add_row(
            _words(f"{_GLYPHS.get(rung.glyph, '·')} {rung.level}"),
            Group(
                _words(rung.title, style="bold" if rung.is_root else ""),
                *([_words(rung.evidence, style="dim")] if rung.evidence else []),
            ),
        )
    return grid


def _lines(lines: Sequence[Line]) -> RenderableType:
    grid = _grid()
    for line in lines:
        detail = [_words(line.detail, style="dim")] if line.detail else []
        grid.add_row(_words(line.name), Group(_words(line.sentence), *detail))
    return grid


def _notes(notes: Sequence[str]) -> RenderableType:
    return Group(*(_words(f"- {note}") for note in notes))


def _grid(*, right: Sequence[int] = (), whole: Sequence[int] = ()) -> Grid:
    """Columns without lines; `right` are set to the right, `whole` are never broken."""
    grid = Grid.grid(padding=(0, 2, 0, 0))
    for number in range(_COLUMNS):
        grid.add_column(
            justify="right" if number in right else "left",
            overflow="fold",
            no_wrap=number in whole,
            min_width=_LABEL if number == 0 else None,
        )
    return grid


def _marked(label: str, *, is_marked: bool) -> str:
    return f"{label} *" if is_marked else label


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _words(text: str, *, style: str = "") -> Text:
    return Text(_plain(text), style=style)


def _plain(text: str) -> str:
    """Text of files may hold what steers a terminal; it is shown, never obeyed."""
    return "".join(sign if sign.isprintable() or sign == "\u00a0" else "�" for sign in text)
