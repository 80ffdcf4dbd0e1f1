"""Chains in the terminal: each priority's widest group whole, the groups below it in a row each."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.console import Console, Group, RenderableType

from headway.interfaces.cli import layout
from headway.queries.strategy.wording import ChainPage
from headway.terms.line import LinkVerdict

_GLYPHS = {
    LinkVerdict.HOLDING: "●",
    LinkVerdict.STRAINED: "◐",
    LinkVerdict.BROKEN: "✗",
    LinkVerdict.UNKNOWN: "?",
    LinkVerdict.BLOCKED: "▢",
}
_STYLES = {LinkVerdict.HOLDING: "green", LinkVerdict.BROKEN: "red"}
_KEY = "● holding  ◐ strained  ✗ broken  ? not enough evidence  ▢ not shown"


def show(pages: Sequence[ChainPage], *, console: Console) -> None:
    """Print the line of sight of each priority; nothing where there is none.

    The pages of one priority stand together, its widest group first.
    """
    if pages:
        width = min(console.width, layout.WIDEST)
        console.print(Group(*_sections(pages)), width=width)


def _sections(pages: Sequence[ChainPage]) -> Iterable[RenderableType]:
    for priority, of_priority in groupby(pages, key=lambda page: page.priority):
        widest, *others = of_priority
        yield from layout.section(f"Line of sight: {priority}", _whole(widest))
        if others:
            yield from layout.section(f"{priority}, group by group", _row_each(others))
    yield layout.words(_KEY, style="dim")


def _whole(page: ChainPage) -> RenderableType:
    grid = layout.grid(right=(2, 3), whole=(0, 1, 2, 3))
    for link in page.links:
        grid.add_row(
            layout.words(
                f"{_GLYPHS[link.verdict]} {link.name}", style=_STYLES.get(link.verdict, "")
            ),
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
    )


def _row_each(pages: Sequence[ChainPage]) -> RenderableType:
    grid = layout.grid(whole=(0, 1))
    for page in pages:
        grid.add_row(
            layout.words(page.group),
            layout.words("".join(_GLYPHS[link.verdict] for link in page.links)),
            layout.words(page.finding, style="bold" if page.is_break else ""),
        )
    return grid
