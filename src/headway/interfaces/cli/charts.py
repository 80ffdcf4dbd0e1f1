"""Small drawings of characters: bars from then to now, lines of a series, strips of a place.

Each gives plain text of a fixed width. Colour is laid on by the report, never with a meaning alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

_LEVELS = "▁▂▃▄▅▆▇█"
_FULL, _CHANCE, _LINE, _LOW, _HIGH, _AT, _BEFORE = "█", "▒", "─", "├", "┤", "●", "│"
# Below this share of the largest total, steps would be too short to see: the axis starts later.
_FIRST_SHOWN = 0.6


@dataclass(frozen=True, kw_only=True)
class Axis:
    """Numbers laid on columns: `low` stands on column 0, `high` on the last of `width`."""

    low: float
    high: float
    width: int

    def column(self, number: float) -> int:
        """The column of a number; numbers beyond an end stand on it."""
        span = self.high - self.low
        share = (number - self.low) / span if span else 0.0
        return round(min(max(share, 0.0), 1.0) * (self.width - 1))


def sparkline(series: Sequence[float | None]) -> str:
    """One character per number, from the least to the largest; a gap where there is none.

    >>> sparkline([1, 2, None, 4])
    '▁▃ █'
    """
    known = [number for number in series if number is not None]
    if not known:
        return ""
    low, span = min(known), max(known) - min(known)
    steps = len(_LEVELS) - 1
    return "".join(
        " " if number is None else _LEVELS[round((number - low) / span * steps) if span else 0]
        for number in series
    )


def axis_of_steps(
    *, totals: Sequence[float], contributions: Sequence[tuple[float, float, float]], width: int
) -> Axis:
    """The axis that holds both totals and each step with its range.

    Args:
        totals: then and now.
        contributions: for each step between them its size, and the ends of its range.
        width: columns.
    """
    reached = [*totals]
    level = totals[0]
    for size, low, high in contributions:
        reached += [level + low, level + high, level + size]
        level += size
    least, most = min(reached), max(reached)
    starts_at_zero = least < _FIRST_SHOWN * most
    low = min(0.0, least) if starts_at_zero else least - (most - least) * 0.15
    return Axis(low=low, high=most, width=width)


def total(amount: float, *, axis: Axis) -> str:
    """A bar from the start of the axis.

    >>> total(2.0, axis=Axis(low=0.0, high=4.0, width=5))
    '███  '
    """
    return (_FULL * (axis.column(amount) + 1)).ljust(axis.width)


def step(
    start: float,
    *,
    size: float,
    ends: tuple[float, float] | None,
    could_be_chance: bool,
    axis: Axis,
) -> str:
    """A bar from `start` by `size`, with the range of its end drawn over it.

    >>> step(4.0, size=-2.0, ends=(-3.0, -1.0), could_be_chance=False,
    ...      axis=Axis(low=0.0, high=4.0, width=9))
    '  ├─██┤██'
    """
    cells = [" "] * axis.width
    first, last = sorted((axis.column(start), axis.column(start + size)))
    filled = (_CHANCE if could_be_chance else _FULL) * (last - first + 1)
    if ends is None:
        cells[first : last + 1] = filled
    else:
        low, high = axis.column(start + ends[0]), axis.column(start + ends[1])
        cells[low : high + 1] = _LINE * (high - low + 1)
        cells[first : last + 1] = filled
        cells[high], cells[low] = _HIGH, _LOW
    return "".join(cells)


def strip(
    *,
    before: float | None,
    now: float | None,
    ends: tuple[float, float] | None,
    axis: Axis,
) -> str:
    """Before as an upright line, now as a dot with its range.

    >>> strip(before=8.0, now=4.0, ends=(2.0, 6.0), axis=Axis(low=0.0, high=10.0, width=11))
    '  ──●── │  '
    """
    cells = [" "] * axis.width
    if ends is not None:
        low, high = axis.column(ends[0]), axis.column(ends[1])
        cells[low : high + 1] = _LINE * (high - low + 1)
    if before is not None:
        cells[axis.column(before)] = _BEFORE
    if now is not None:
        cells[axis.column(now)] = _AT
    return "".join(cells)


def bar(share: float, *, width: int) -> str:
    """A share of the whole as a bar of at most `width`.

    >>> bar(0.5, width=4)
    '██  '
    """
    return (_FULL * round(min(abs(share), 1.0) * width)).ljust(width)
