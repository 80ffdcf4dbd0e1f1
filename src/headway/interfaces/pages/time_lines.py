"""Two lines of hours by week: developing people, and inspecting."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

WIDTH, HEIGHT = 340, 130
_LEFT, _RIGHT, _TOP, _FLOOR = 26, 214, 14, 108
_APART = 14

_Week = tuple[float | None, float | None]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line in pieces where weeks are missing, its dot at the end and its label's height."""

    pieces: tuple[str, ...]
    x: float
    y: float
    label_y: float


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """Both lines on one scale from zero; `ticks` are (height, hours)."""

    development: Line
    inspection: Line
    ticks: tuple[tuple[float, int], ...]


def lines(weeks: Sequence[_Week]) -> Drawing | None:
    """Draw weeks from left to right, the newest last; None for fewer than three.

    Args:
        weeks: hours of development and of inspection; None where a week was not logged.
    """
    known = [each for week in weeks for each in week if each is not None]
    if sum(week[0] is not None for week in weeks) < 3:  # noqa: PLR2004  numbers are written then
        return None
    top = max(2, 2 * ceil(max(known) / 2))

    def point(number: int, hours: float) -> tuple[float, float]:
        x = _LEFT + (_RIGHT - _LEFT) * number / (len(weeks) - 1)
        return round(x, 1), round(_FLOOR - (_FLOOR - _TOP) * hours / top, 1)

    found = []
    for side in (0, 1):
        pieces: list[list[tuple[float, float]]] = [[]]
        for number, week in enumerate(weeks):
            hours = week[side]
            if hours is None:
                pieces.append([])
            else:
                pieces[-1].append(point(number, hours))
        found.append([piece for piece in pieces if piece])
    coached, seen = (line[-1][-1] for line in found)
    upper = min(coached[1], seen[1])
    lower = max(coached[1], seen[1], upper + _APART)
    labels = (upper, lower) if coached[1] <= seen[1] else (lower, upper)
    return Drawing(
        development=_line(found[0], label_y=labels[0]),
        inspection=_line(found[1], label_y=labels[1]),
        ticks=tuple((point(0, hours)[1], hours) for hours in (0, top // 2, top)),
    )


def _line(pieces: Sequence[Sequence[tuple[float, float]]], *, label_y: float) -> Line:
    x, y = pieces[-1][-1]
    return Line(
        pieces=tuple(" ".join(f"{one},{other}" for one, other in piece) for piece in pieces),
        x=x,
        y=y,
        label_y=label_y + 4,
    )
