"""Geometry of the drawings: from numbers to small frozen values that templates write out.

Lengths are in the units of each drawing's view box. Colours are the style sheet's: a shape carries
the name of a class, never a colour, because the policy for content forbids styles in the page.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import floor, log10

WIDTH, HEIGHT = 760, 268
_LEFT, _TOP, _FLOOR, _BAR = 40, 30, 222, 58
NARROW_WIDTH, _NARROW_ROW = 340, 46
STRIP_WIDTH, STRIP_HEIGHT = 300, 22
SPARK_WIDTH, SPARK_HEIGHT = 150, 26
# A total that begins so far from zero that its bar would hide the steps is cut, and says so.
_CUT_BELOW = 0.45
_INSIDE_FROM = 36
_LINE_LETTERS, _LINES = 13, 2
_MOST_DECIMALS = 3

_Axis = Callable[[float], float]


@dataclass(frozen=True, kw_only=True)
class Amount:
    """One bar to draw: a total, or a contribution with its range."""

    label: str
    words: str
    amount: float
    low: float | None
    high: float | None
    is_total: bool
    could_be_chance: bool
    is_largest: bool


@dataclass(frozen=True, kw_only=True)
class Whisker:
    """The range of one bar, from `start` to `end` along the axis of amounts, at `at` across it."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar with its words; `kind` is the class that colours it."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    words: str
    words_x: float
    words_y: float
    is_inside: bool
    is_largest: bool
    lines: tuple[tuple[str, float, float], ...]
    whisker: Whisker | None
    zigzag: str


@dataclass(frozen=True, kw_only=True)
class Tick:
    """One line of the grid with its number."""

    at: float
    words: str


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """A waterfall. `joins` are (x1, y1, x2, y2); `cut_at` is where a cut axis starts."""

    width: float
    height: float
    bars: tuple[Bar, ...]
    joins: tuple[tuple[float, float, float, float], ...]
    ticks: tuple[Tick, ...]
    cut_at: str | None


@dataclass(frozen=True, kw_only=True)
class Strip:
    """Before (a bar), now (a dot) and the range of now; None where there is no figure."""

    before: float | None
    now: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, kw_only=True)
class Spark:
    """A small line: `path` through whole periods, `part` to one not complete, `end` its dot."""

    path: str
    part: str
    end: tuple[float, float]


def waterfall(amounts: Sequence[Amount], *, divisor: float) -> Drawing:
    """From the first total over the steps to the last total, as upright bars.

    Args:
        amounts: two totals at the ends, and between them steps that sum to their difference.
        divisor: the unit the ticks are written in, such as a million.
    """
    levels = _levels(amounts)
    bottom, top, is_cut = _extent(amounts, levels=levels)
    gap = (WIDTH - _LEFT - _BAR) / max(1, len(amounts) - 1)

    def y(level: float) -> float:
        return round(_FLOOR - (level - bottom) / (top - bottom) * (_FLOOR - _TOP), 1)

    bars = tuple(
        _upright(
            each, level=level, x=round(_LEFT + number * gap, 1), y=y, bottom=bottom, is_cut=is_cut
        )
        for number, (each, level) in enumerate(zip(amounts, levels, strict=True))
    )
    joins = tuple(
        (round(bar.x + bar.width, 1), y(level[1]), following.x, y(level[1]))
        for bar, following, level in zip(bars, bars[1:], levels, strict=False)
    )
    step = _tick_step(top - bottom)
    shown = [step * number for number in range(floor(bottom / step), floor(top / step) + 1)]
    ticks = tuple(
        Tick(at=y(level), words=_number(level / divisor, step=step / divisor))
        for level in shown
        if level >= bottom
    )
    return Drawing(
        width=WIDTH,
        height=HEIGHT,
        bars=bars,
        joins=joins,
        ticks=ticks,
        cut_at=f"{bottom / divisor:,.3f}".rstrip("0").rstrip(".") if is_cut else None,
    )


def waterfall_lying(amounts: Sequence[Amount]) -> Drawing:
    """The same steps as lying bars, one below the other, for small screens."""
    levels = _levels(amounts)
    bottom, top, is_cut = _extent(amounts, levels=levels)

    def x(level: float) -> float:
        return round((level - bottom) / (top - bottom) * (NARROW_WIDTH - 8) + 2, 1)

    bars = tuple(
        _lying(each, level=level, y=number * _NARROW_ROW, x=x, is_cut=is_cut)
        for number, (each, level) in enumerate(zip(amounts, levels, strict=True))
    )
    joins = tuple(
        (x(level[1]), bar.y + bar.height, x(level[1]), following.y)
        for bar, following, level in zip(bars, bars[1:], levels, strict=False)
    )
    height = len(amounts) * _NARROW_ROW + 2
    return Drawing(
        width=NARROW_WIDTH,
        height=height,
        bars=bars,
        joins=joins,
        ticks=(),
        cut_at="" if is_cut else None,
    )


def strip(
    *,
    before: float | None,
    now: float | None,
    low: float | None,
    high: float | None,
    scale: tuple[float, float],
) -> Strip:
    """Where before, now and its range lie on the scale; beyond it, they stand at its end.

    >>> strip(before=0.5, now=0.0, low=None, high=None, scale=(0.0, 1.0))
    Strip(before=150.0, now=5.0, low=None, high=None)
    """

    def x(share: float | None) -> float | None:
        if share is None:
            return None
        held = min(max(share, scale[0]), scale[1])
        return round(5 + (held - scale[0]) / (scale[1] - scale[0]) * (STRIP_WIDTH - 10), 1)

    return Strip(before=x(before), now=x(now), low=x(low), high=x(high))


def spark(series: Sequence[float | None], *, is_last_whole: bool = True) -> Spark | None:
    """A line through at least three known values, gaps left open; None for fewer.

    >>> spark([1.0, None, 2.0]) is None
    True
    """
    known = [(number, value) for number, value in enumerate(series) if value is not None]
    if len(known) < 3:  # noqa: PLR2004  no chart for fewer than three numbers
        return None
    low, high = min(value for _, value in known), max(value for _, value in known)
    wide = (SPARK_WIDTH - 8) / max(1, len(series) - 1)

    def point(number: int, value: float) -> tuple[float, float]:
        share = 0.5 if high == low else (value - low) / (high - low)
        return round(2 + number * wide, 1), round(SPARK_HEIGHT - 4 - share * (SPARK_HEIGHT - 9), 1)

    spots = [(number, *point(number, value)) for number, value in known]
    whole = spots if is_last_whole else spots[:-1]
    path, last = "", -2
    for number, x, y in whole:
        path += f"{'L' if number == last + 1 else 'M'}{x} {y}"
        last = number
    _, end_x, end_y = spots[-1]
    part = "" if is_last_whole else f"M{whole[-1][1]} {whole[-1][2]}L{end_x} {end_y}"
    return Spark(path=path, part=part, end=(end_x, end_y))


def _levels(amounts: Sequence[Amount]) -> list[tuple[float, float]]:
    """Where each bar starts and ends: totals stand on zero, steps on where the one before ended."""
    levels, at = [], 0.0
    for each in amounts:
        start = 0.0 if each.is_total else at
        at = each.amount if each.is_total else at + each.amount
        levels.append((start, at))
    return levels


def _extent(
    amounts: Sequence[Amount], *, levels: Sequence[tuple[float, float]]
) -> tuple[float, float, bool]:
    ends = [end for _, end in levels]
    for each, (start, _end) in zip(amounts, levels, strict=True):
        ends += [start + reach for reach in (each.low, each.high) if reach is not None]
    low, high = min(ends), max(ends)
    spread = (high - low) or abs(high) or 1.0
    is_cut = low > _CUT_BELOW * high
    if is_cut:
        step = _tick_step(spread)
        return floor((low - 0.18 * spread) / step) * step, high + 0.04 * spread, True
    return min(0.0, low - 0.04 * spread if low < 0 else 0.0), high + 0.04 * spread, False


def _upright(
    each: Amount, *, level: tuple[float, float], x: float, y: _Axis, bottom: float, is_cut: bool
) -> Bar:
    start, end = (max(bottom, level[0]), level[1])
    upper, lower = y(max(start, end)), y(min(start, end))
    height = max(1.5, round(lower - upper, 1))
    is_inside = height >= _INSIDE_FROM and not each.is_total and not each.could_be_chance
    middle = round(x + _BAR / 2, 1)
    lines = _wrapped(each.label)
    return Bar(
        x=x,
        y=upper,
        width=_BAR,
        height=height,
        kind=_kind(each),
        words=each.words,
        words_x=middle,
        is_inside=is_inside,
        is_largest=each.is_largest,
        words_y=round(upper + height / 2 + 4.5, 1) if is_inside else upper - 7,
        lines=tuple(
            (line, middle, _FLOOR + 18.0 + 14 * number) for number, line in enumerate(lines)
        ),
        whisker=None
        if each.low is None or each.high is None
        else Whisker(at=x + _BAR + 7, start=y(start + each.low), end=y(start + each.high)),
        zigzag=f"M{x - 3} {_FLOOR - 9}l16-5 16 5 16-5 16 5" if each.is_total and is_cut else "",
    )


def _lying(each: Amount, *, level: tuple[float, float], y: float, x: _Axis, is_cut: bool) -> Bar:
    start = x(level[0]) if not each.is_total or not is_cut else 2.0
    left, right = min(start, x(level[1])), max(start, x(level[1]))
    top = y + 18.0
    return Bar(
        x=round(left, 1),
        y=top,
        width=max(1.5, round(right - left, 1)),
        height=16,
        kind=_kind(each),
        words=each.words,
        words_x=NARROW_WIDTH - 2,
        words_y=y + 13.0,
        is_inside=False,
        is_largest=each.is_largest,
        lines=((each.label, 2, y + 13.0),),
        whisker=None
        if each.low is None or each.high is None
        else Whisker(at=top + 20, start=x(level[0] + each.low), end=x(level[0] + each.high)),
        zigzag=f"M14 {top - 1}l4 6-4 6 4 6" if each.is_total and is_cut else "",
    )


def _kind(each: Amount) -> str:
    if each.is_total:
        return "total"
    return ("up" if each.amount >= 0 else "down") + (" chance" if each.could_be_chance else "")


def _wrapped(label: str) -> list[str]:
    """A label in at most three lines of a bar's width."""
    lines: list[str] = []
    for word in label.split():
        if lines and len(lines[-1]) + 1 + len(word) <= _LINE_LETTERS:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return [*lines[:2], " ".join(lines[2:])] if len(lines) > _LINES else lines


def _tick_step(spread: float) -> float:
    """The step that gives two to five ticks: 1, 2, 2.5 or 5 times a power of ten."""
    rough = spread / 4.6
    power = 10.0 ** floor(log10(rough))
    return next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= rough)


def _number(amount: float, *, step: float) -> str:
    """A tick in its unit, with as many decimals as its step needs.

    >>> _number(7.5, step=0.5), _number(6, step=0.25), _number(-20, step=10)
    ('7.5', '6.00', '−20')
    """
    whole = (float(round(step * 10**count, 6)).is_integer() for count in range(_MOST_DECIMALS))
    digits = next((count for count, is_whole in enumerate(whole) if is_whole), _MOST_DECIMALS)
    return f"{amount:,.{digits}f}".replace("-", "−")
