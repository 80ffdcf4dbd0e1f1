"""Geometry of the beam: how wide a priority still is at each link, and the thin lines of teams.

One unit is one pixel of the drawing's own width. The seven stations of the line stand side by side;
what holds it up stands below, before the station that it holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from headway.queries.strategy.page import LineRow, Reach
from headway.terms.line import Link

WIDTH, HEIGHT, THIN = 490, 108, 34
_MIDDLE, _HALF = 34, 22
_FIRST, _GAP = 35, 70
_BEND = 16
STATIONS = (
    Link.DECLARED,
    Link.TOLD,
    Link.RECALLED,
    Link.UNDERSTOOD,
    Link.CONNECTED,
    Link.PRACTISED,
    Link.MOVED,
)
PROPS = {Link.LED: Link.PRACTISED, Link.COACHED: Link.MOVED}


@dataclass(frozen=True, kw_only=True)
class Station:
    """One link where it stands; `reach` is what is known of it."""

    x: float
    reach: Reach


@dataclass(frozen=True, kw_only=True)
class Segment:
    """The way from one station to the next: `tone` is whole, thin, broken or open."""

    start: float
    end: float
    tone: str


@dataclass(frozen=True, kw_only=True)
class Beam:
    """A wide line: `body` as far as it is measured, `unknown` from there, `belief` its outline."""

    stations: tuple[Station, ...]
    props: tuple[Station, ...]
    body: str
    unknown: str
    belief: str
    cut: float | None


@dataclass(frozen=True, kw_only=True)
class Thin:
    """A team's thin line."""

    stations: tuple[Station, ...]
    props: tuple[Station, ...]
    segments: tuple[Segment, ...]


def beam(row: LineRow) -> Beam:
    """A priority's line, as wide as the people it still reaches."""
    shares = [_share(row.at(link), row.people) for link in STATIONS]
    known = next((n for n, share in enumerate(shares) if share is None), len(shares))
    # The last station is the result, which carries nobody: the line ends there as wide as before.
    known = len(STATIONS) if known == len(STATIONS) - 1 else known
    measured = [share for share in shares[:known] if share is not None]
    xs = [_x(link) for link in STATIONS]
    ends = [*measured, *([measured[-1]] if known == len(STATIONS) else [])][: len(STATIONS)]
    return Beam(
        stations=_stations(row),
        props=_props(row),
        body=_band(xs[: len(ends)], ends),
        unknown=_band([xs[known - 1], *xs[known:]], [ends[-1]] * (len(xs) - known + 1))
        if known < len(xs)
        else "",
        belief=_belief(row),
        cut=_cut(row),
    )


def thin(row: LineRow) -> Thin:
    """A team's line: solid while it holds, thin when strained, dotted after a break."""
    tones = []
    is_broken = False
    for link in STATIONS[:-1]:
        glyph = row.at(link).glyph
        is_broken = is_broken or glyph == "slip"
        tones.append(
            "broken" if is_broken else {"disc": "whole", "half": "thin"}.get(glyph, "open")
        )
    xs = [_x(link) for link in STATIONS]
    return Thin(
        stations=_stations(row),
        props=_props(row),
        segments=tuple(
            Segment(start=start, end=end, tone=tone)
            for start, end, tone in zip(xs, xs[1:], tones, strict=False)
        ),
    )


def _share(reach: Reach, people: int) -> float | None:
    return None if reach.reached is None or not people else reach.reached / people


def _stations(row: LineRow) -> tuple[Station, ...]:
    return tuple(Station(x=_x(link), reach=row.at(link)) for link in STATIONS)


def _props(row: LineRow) -> tuple[Station, ...]:
    return tuple(Station(x=_x(held) - _GAP / 2, reach=row.at(link)) for link, held in PROPS.items())


def _x(link: Link) -> float:
    return _FIRST + _GAP * STATIONS.index(link)


def _cut(row: LineRow) -> float | None:
    """Where the first broken station cuts the line."""
    broken = [link for link in STATIONS[1:-1] if row.at(link).glyph == "slip"]
    return _x(broken[0]) - 4 if broken and row.at(broken[0]).reached is not None else None


def _belief(row: LineRow) -> str:
    """The outline of what the viewer believes; a link they said nothing about changes nothing."""
    if all(row.at(link).believed is None for link in STATIONS[1:-1]):
        return ""
    width, widths = 1.0, [1.0]
    for link in STATIONS[1:-1]:
        believed = row.at(link).believed
        width = width if believed is None else min(width, believed)
        widths.append(width)
    return _band([_x(link) for link in STATIONS], [*widths, width])


def _band(xs: Sequence[float], shares: Sequence[float]) -> str:
    """A closed path as wide as the shares, with soft bends before each station."""
    if len(xs) < 2:  # noqa: PLR2004  a band has two ends
        return ""
    halves = [max(_HALF * share, 0.8) for share in shares]
    upper = _edge(xs, [_MIDDLE - half for half in halves])
    back = _edge(xs[::-1], [_MIDDLE + half for half in halves[::-1]], is_back=True)
    begin, turn = _MIDDLE - halves[0], _MIDDLE + halves[-1]
    return f"M{xs[0]:.1f} {begin:.1f}{upper}L{xs[-1]:.1f} {turn:.1f}{back}Z"


def _edge(xs: Sequence[float], ys: Sequence[float], *, is_back: bool = False) -> str:
    parts = []
    sign = -1 if is_back else 1
    for (x0, y0), (x1, y1) in zip(
        zip(xs, ys, strict=True), zip(xs[1:], ys[1:], strict=True), strict=False
    ):
        # The width changes at the station where the people are lost, seen in the line's direction.
        bend = x0 if is_back else x1
        start, end = bend - sign * _BEND, bend + sign * _BEND
        start, end = _within(start, x0, x1), _within(end, x0, x1)
        middle = (start + end) / 2
        parts.append(
            f"L{start:.1f} {y0:.1f}C{middle:.1f} {y0:.1f} {middle:.1f} {y1:.1f} {end:.1f} {y1:.1f}"
            f"L{x1:.1f} {y1:.1f}"
        )
    return "".join(parts)


def _within(x: float, a: float, b: float) -> float:
    low, high = min(a, b), max(a, b)
    return min(max(x, low), high)
