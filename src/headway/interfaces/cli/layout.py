"""How the terminal's reports are laid out: titles, grids without lines, and text that is safe."""

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

WIDEST = 110
_COLUMNS = 6
_LABEL = 16
_INDENT = (0, 0, 0, 2)


def section(title: str, body: RenderableType) -> Iterable[RenderableType]:
    """A blank line, the title, and what stands under it."""
    yield Text()
    yield Text(plain(title), style="bold underline")
    yield Padding(body, _INDENT)


def notes(sentences: Sequence[str]) -> RenderableType:
    """Sentences, each on a line of its own behind a dash."""
    return Group(*(words(f"- {sentence}") for sentence in sentences))


def grid(*, right: Sequence[int] = (), whole: Sequence[int] = ()) -> Grid:
    """Columns without lines; `right` are set to the right, `whole` are never broken."""
    made = Grid.grid(padding=(0, 2, 0, 0))
    for number in range(_COLUMNS):
        made.add_column(
            justify="right" if number in right else "left",
            overflow="fold",
            no_wrap=number in whole,
            min_width=_LABEL if number == 0 else None,
        )
    return made


def joined(*parts: str) -> str:
    """The parts that say something, with dots between them."""
    return " · ".join(part for part in parts if part)


def words(text: str, *, style: str = "") -> Text:
    """Text of any origin, made safe to print."""
    return Text(plain(text), style=style)


def plain(text: str) -> str:
    """Text of files may hold what steers a terminal; it is shown, never obeyed."""
    return "".join(sign if sign.isprintable() or sign == "\u00a0" else "�" for sign in text)
