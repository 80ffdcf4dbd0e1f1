"""Chains in the terminal: each priority's widest group whole, the groups below it in a row each."""

from collections.abc import Iterable, Sequence

from rich.console import Console, Group, RenderableType

from headway.interfaces.cli import layout
from headway.queries.strategy.wording import ChainPage, PriorityPage

_GLYPHS = {"disc": "●", "half": "◐", "slip": "✗", "open": "?", "dash": "▢"}
_STYLES = {"disc": "green", "slip": "red"}
_KEY = "● holding  ◐ strained  ✗ broken  ? not enough evidence  ▢ not shown"


def show(pages: Sequence[PriorityPage], *, console: Console) -> None:
    """Print the line of sight of each priority; nothing where there is none."""
    if pages:
        width = min(console.width, layout.WIDEST)
        console.print(Group(*_sections(pages)), width=width)


def _sections(pages: Sequence[PriorityPage]) -> Iterable[RenderableType]:
    for page in pages:
        yield from layout.section(f"Line of sight: {page.priority}", _whole(page))
        if page.others:
            yield from layout.section(f"{page.priority}, group by group", _row_each(page.others))
    yield layout.words(_KEY, style="dim")


def _whole(priority: PriorityPage) -> RenderableType:
    page = priority.widest
    grid = layout.grid(right=(2, 3), whole=(0, 1, 2, 3))
    for link in page.links:
        grid.add_row(
            layout.words(f"{_GLYPHS[link.glyph]} {link.name}", style=_STYLES.get(link.glyph, "")),
            layout.words(link.word),
            layout.words(link.count),
            layout.words(link.range, style="dim"),
            layout.words(link.note, style="dim"),
        )
    return Group(
        layout.words(layout.joined(page.group, page.window), style="dim"),
        grid,
        layout.words(page.finding, style="bold" if page.is_break else ""),
        *([layout.words(page.next_step)] if page.next_step else []),
        *(layout.words(each) for each in priority.patterns),
    )


def _row_each(pages: Sequence[ChainPage]) -> RenderableType:
    grid = layout.grid(whole=(0, 1))
    for page in pages:
        grid.add_row(
            layout.words(page.group),
            layout.words("".join(_GLYPHS[link.glyph] for link in page.links)),
            layout.words(page.finding, style="bold" if page.is_break else ""),
        )
    return grid
