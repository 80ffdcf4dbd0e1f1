"""Small lines over weeks: hours of developing people and of inspecting, and the part of the one."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

WIDTH, HEIGHT = 340, 130
_LEFT, _RIGHT, _TOP, _FLOOR = 40, 214, 14, 108
_APART, _BASELINE = 14, 4
_FEWEST = 3


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line in pieces where weeks are missing, its end, and where its label stands."""

    pieces: tuple[str, ...]
    x: float
    y: float
    label_y: float


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """Lines on one scale from zero to `top`; `ticks` are (height, value)."""

    lines: tuple[Line, ...]
    ticks: tuple[tuple[float, float], ...]


def hours(
    development: Sequence[float | None], inspection: Sequence[float | None]
) -> Drawing | None:
    """Two lines of hours, the newest week last; None for fewer than three weeks."""
    known = [each for each in (*development, *inspection) if each is not None]
    top = max(2, 2 * ceil(max(known, default=0) / 2))
    return _drawing((development, inspection), top=top)


def shares(weeks: Sequence[float | None]) -> Drawing | None:
    """One line of shares, 0..1, the newest week last; None for fewer than three weeks."""
    return _drawing((weeks,), top=1)


def _drawing(sides: Sequence[Sequence[float | None]], *, top: float) -> Drawing | None:
    if any(sum(each is not None for each in side) < _FEWEST for side in sides):
        return None
    placed = [_pieces(side, top=top) for side in sides]
    ends = [pieces[-1][-1] for pieces in placed]
    upper = min(y for _x, y in ends)
    lower = max(*(y for _x, y in ends), upper + _APART)
    lines = tuple(
        Line(
            pieces=tuple(" ".join(f"{x},{y}" for x, y in piece) for piece in pieces),
            x=end[0],
            y=end[1],
            # The higher end has the upper label; of two equal ones the first.
            label_y=_BASELINE + (upper if end is min(ends, key=lambda one: one[1]) else lower),
        )
        for pieces, end in zip(placed, ends, strict=True)
    )
    return Drawing(
        lines=lines, ticks=tuple((_height(each, top=top), each) for each in (0, top / 2, top))
    )


def _pieces(side: Sequence[float | None], *, top: float) -> list[list[tuple[float, float]]]:
    pieces: list[list[tuple[float, float]]] = [[]]
    for number, value in enumerate(side):
        if value is None:
            pieces.append([])
        else:
            x = _LEFT + (_RIGHT - _LEFT) * number / (len(side) - 1)
            pieces[-1].append((round(x, 1), _height(value, top=top)))
    return [piece for piece in pieces if piece]


def _height(value: float, *, top: float) -> float:
    return round(_FLOOR - (_FLOOR - _TOP) * value / top, 1)
